import type { AcknowledgedAlarm, AlarmCore, AlarmDecision, AlarmState } from '../alarm/alarm-state.ts';
import { becomes, escalationOf, hasResponder, refuse } from '../alarm/alarm-table.ts';
import type { AlarmPolicy, Input } from '../alarm/alarm-table.ts';
import { mayBeTold } from '../drill/drill-audience.ts';
import { personOf } from '../escalation/callings.ts';
import { keepHeld, withTold } from '../escalation/escalation-machine.ts';
import type { Notice } from '../escalation/escalation-state.ts';
import type { Asked } from './dispatch-state.ts';

/** Asked again in the same way within a minute, somebody is not asked twice: a key was pressed twice, or by two. */
export const joinedWithinMs = 60_000;

/** Whoever has the alarm asks somebody to go there: by their link, or in a call that was made. */
export function askResponder(
  state: AcknowledgedAlarm,
  input: Input<'responder-asked'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const { user, responder, linked, scriptStep } = input;
  if (state.owner.id !== user.id) return refuse('not-owner');
  const joined = joinedTo(state, input, nowMs);
  if (joined === 'asked') return becomes(state);
  const isTold = mayBeTold(state, responder);
  // A test may be a real call: then somebody says so first, and the resident's people are asked in earnest.
  if (!isTold && !state.drill && input.way === 'link') return refuse('still-a-test');
  const way = !isTold && state.drill ? 'practised' : input.way;
  const isJoined = way === 'link' && joined === 'linked' && linked !== null;
  const notificationId = way !== 'link' ? null : isJoined ? linked.notificationId : input.notificationId;
  const before = state.asked ?? [];
  const stepKey = scriptStep ? { stepKey: scriptStep.key } : {};
  const asked: Asked = { ...personOf(responder), way, atMs: nowMs, notificationId, ...stepKey };
  const notices: Notice[] =
    way !== 'link' || isJoined
      ? []
      : [
          {
            type: 'notify',
            stepKey: `dispatch-${before.length + 1}`,
            purpose: 'help-needed',
            callees: [responder],
            notificationId: input.notificationId,
          },
        ];
  const escalation = withTold(
    keepHeld(escalationOf(state, nowMs, policy), hasResponder(state), nowMs),
    notices,
  );
  return becomes(
    { ...state, asked: [...before, asked], escalation },
    [
      ...(scriptStep ? [{ step: 'script-step-done' as const, user, ...scriptStep }] : []),
      {
        step: 'responder-asked',
        user,
        responder: personOf(responder),
        way,
        notificationId,
        ...(isJoined ? { isJoined } : {}),
      },
    ],
    notices,
  );
}

/**
 * What a further asking of the same person in the same way joins: their having been asked a moment ago, or the link that
 * the policy has just sent them; `null` where it is a new one.
 */
export function joinedTo(
  { asked = [] }: AlarmCore,
  {
    responder,
    way,
    linked,
  }: Pick<Input<'responder-asked'>, 'way' | 'linked'> & { responder: { id: string } },
  nowMs: number,
): 'asked' | 'linked' | null {
  const isRecent = ({ atMs }: { atMs: number }): boolean => nowMs - atMs < joinedWithinMs;
  const isSame = ({ id, way: before, ended }: Asked): boolean =>
    id === responder.id && (before === way || before === 'practised') && ended === undefined;
  if (asked.some((one) => isSame(one) && isRecent(one))) return 'asked';
  return way === 'link' && linked !== null && isRecent(linked) ? 'linked' : null;
}

/** A link opens nothing any more; whoever was only on the way by it is no longer waited for. */
export function withdrawLink(
  state: AlarmState,
  { user, responder, notificationId }: Input<'link-withdrawn'>,
): AlarmDecision {
  const responders = state.responders?.filter(
    ({ id, report }) => id !== responder.id || (report !== 'taken' && report !== 'on-the-way'),
  );
  const after: AlarmState = {
    ...endAsked(state, notificationId, 'withdrawn'),
    ...(responders ? { responders } : {}),
  };
  return becomes(after, [{ step: 'link-withdrawn', user, responder, notificationId }]);
}

/** Nobody is waited for whom this notification was to send. */
export function endAsked<S extends AlarmState>(
  state: S,
  notificationId: string,
  ended: NonNullable<Asked['ended']>,
): S {
  if (!state.asked?.some((one) => one.notificationId === notificationId && one.ended === undefined))
    return state;
  const asked = state.asked.map((one) => (one.notificationId === notificationId ? { ...one, ended } : one));
  return { ...state, asked };
}
