import { alarmKinds, priorities } from '@carebell/contracts/alarm-kinds.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import { dropCallee, endCallingsOf } from '../escalation/callings.ts';
import type { EscalationStep, Notice } from '../escalation/escalation-state.ts';
import { keepHeld, replan, withTold } from '../escalation/escalation-machine.ts';
import { endAsked } from '../dispatch/dispatch-cells.ts';
import { cancelFall, confirmFall, seeMovement, suspectFall } from '../escalation/fall-life.ts';
import { planFor, unknownSubject } from '../escalation/plan.ts';
import type { AcknowledgedAlarm, AlarmDecision, AlarmState, RaisedAlarm } from './alarm-state.ts';
import { becomes, escalationOf, hasResponder, reassure, settled } from './alarm-table.ts';
import type { AlarmPolicy, Input } from './alarm-table.ts';

type OpenAlarm = RaisedAlarm | AcknowledgedAlarm;

/** A further press joins the open alarm; a graver kind of the same group lifts it and asks for a screen again. */
export function join(
  state: OpenAlarm,
  input: Input<'pressed'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const { deviceId, pressedAtMs, kind } = input;
  const isLifted = lifts(state, kind);
  const deviceIds =
    input.tellsResident && !state.deviceIds.includes(deviceId)
      ? [...state.deviceIds, deviceId]
      : state.deviceIds;
  const joined = {
    ...state,
    deviceIds,
    presses: state.presses + 1,
    lastPressedAtMs: Math.max(state.lastPressedAtMs, pressedAtMs),
  };
  const told: ReassuranceState = state.phase === 'raised' ? 'received' : 'answered';
  const effects = input.tellsResident ? [{ type: 'reassure' as const, deviceId, state: told }] : [];
  if (isLifted) {
    // What was heard of the resident before is no proof for what is graver.
    const { shown: _, ...unproven } = liftedTo(joined, kind, pressedAtMs, nowMs, policy);
    return becomes(unproven, [{ step: 'lifted', kind, deviceId, pressedAtMs }], effects);
  }
  const escalation = escalationOf(state, nowMs, policy);
  const { fall, steps } =
    kind === 'fall-suspected' && state.kind === kind
      ? suspectFall(escalation.plan, escalation.fall, nowMs)
      : { fall: escalation.fall, steps: [] };
  return becomes(
    { ...joined, escalation: { ...escalation, fall } },
    [{ step: 'pressed-again', deviceId, pressedAtMs }, ...steps],
    effects,
  );
}

export function lifts({ priority }: Pick<AlarmState, 'priority'>, kind: AlarmState['kind']): boolean {
  return priorities.indexOf(alarmKinds[kind].priority) < priorities.indexOf(priority);
}

/** Goes by the policy of the graver kind from its first step on, and must be displayed anew. */
export function liftedTo<S extends OpenAlarm>(
  state: S,
  kind: S['kind'],
  sinceMs: number,
  nowMs: number,
  policy: AlarmPolicy,
): S {
  const plan = policy.plan ?? planFor(unknownSubject(kind));
  const isHeld = state.phase === 'acknowledged';
  const escalation = replan(escalationOf(state, nowMs, policy), plan, { sinceMs, isHeld }, nowMs);
  return {
    ...state,
    kind,
    priority: alarmKinds[kind].priority,
    escalation: { ...escalation, fall: confirmFall(plan, escalation.fall, Math.min(sinceMs, nowMs)) },
    ...(isHeld ? {} : { displayedAtMs: null, displayDeadlineAtMs: nowMs + policy.displayWithinMs }),
  };
}

/** Recorded and shown, never closing: who cancels may be confused, or not alone. */
export function cancel(
  state: OpenAlarm,
  { deviceId, eventKind }: Input<'cancelled-by-resident'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const escalation = escalationOf(state, nowMs, policy);
  const { fall, steps } = cancelFall(escalation.fall);
  return becomes({ ...state, cancelledAtMs: nowMs, escalation: { ...escalation, fall } }, [
    { step: 'cancelled-by-resident', deviceId, eventKind },
    ...steps,
  ]);
}

export function see(
  state: OpenAlarm,
  { deviceId, movedAtMs }: Input<'moved'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const escalation = escalationOf(state, nowMs, policy);
  const { fall, steps } = seeMovement(escalation.plan, escalation.fall, { deviceId, movedAtMs });
  if (fall === escalation.fall) return becomes(state);
  return becomes({ ...state, escalation: { ...escalation, fall } }, steps);
}

/** Whose it is was found out: its record has the resident now. */
export function enterDevice(state: OpenAlarm, { user, deviceId }: Input<'device-entered'>): AlarmDecision {
  return becomes(state, [{ step: 'device-entered', user, deviceId }]);
}

export function note(
  state: OpenAlarm,
  { user, note: text }: Input<'note'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const escalation = keepHeld(escalationOf(state, nowMs, policy), hasResponder(state), nowMs);
  return becomes({ ...state, escalation }, [{ step: 'noted', user, note: text }]);
}

/** An operator has called somebody by telephone. */
export function tryContact(
  state: OpenAlarm,
  { user, contact, isResident = false, outcome, note: text }: Input<'contact-tried'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const after = afterCall(state, { contact, outcome }, nowMs, policy);
  const isHeard = isResident && outcome === 'reached';
  const shown = { ...state.shown, telephone: { proof: 'voice-contact' as const, atMs: nowMs } };
  const line = { step: 'contact-tried', user, contact, outcome, note: text } as const;
  return becomes(
    isHeard ? { ...after.state, shown } : after.state,
    [isResident ? { ...line, isResident } : line, ...after.steps],
    after.notices,
  );
}

/** Somebody is on it, and whoever was to be called next hears at once when this one refused. */
export function afterCall<S extends OpenAlarm>(
  state: S,
  { contact, outcome }: Pick<Input<'contact-tried'>, 'contact' | 'outcome'>,
  nowMs: number,
  policy: AlarmPolicy,
): { state: S; steps: EscalationStep[]; notices: Notice[] } {
  const hasHelp = outcome === 'coming' || hasResponder(state);
  const escalation = keepHeld(escalationOf(state, nowMs, policy), hasHelp, nowMs);
  if (outcome === 'no-answer') return { state: { ...state, escalation }, steps: [], notices: [] };
  if (outcome === 'coming' || outcome === 'reached') {
    const callings = endCallingsOf(escalation.callings, contact.id);
    const calmed = { ...state, escalation: { ...escalation, callings } };
    const comes = { ...contact, way: 'phone' as const, atMs: nowMs, notificationId: null };
    return {
      state: outcome === 'coming' ? { ...calmed, asked: [...(state.asked ?? []), comes] } : calmed,
      steps: [],
      notices: [],
    };
  }
  const called = dropCallee(escalation.plan, escalation.callings, { ...contact, because: 'refused' }, nowMs);
  const after = withTold({ ...escalation, callings: called.callings }, called.notices);
  return { state: { ...state, escalation: after }, steps: called.steps, notices: called.notices };
}

export function reassured(
  state: AlarmState,
  { deviceId, state: told, commandId, ok, reason }: Input<'reassurance-answered'>,
): AlarmDecision {
  return becomes(state, [
    ok
      ? { step: 'reassurance-shown', deviceId, state: told, commandId }
      : { step: 'reassurance-failed', deviceId, state: told, commandId, reason },
  ]);
}

/** What becomes of a notification stands on the time line, a closed alarm's too. */
export function notified(state: AlarmState, { step }: Input<'notification-went-on'>): AlarmDecision {
  return becomes(state, [step]);
}

/** Who cannot be reached is no longer waited for: in order, the next one is called at once. */
export function notifiedWhileOpen(
  state: OpenAlarm,
  { step }: Input<'notification-went-on'>,
  nowMs: number,
): AlarmDecision {
  if (step.step !== 'notification-gave-up') return becomes(state, [step]);
  const unreached = endAsked(state, step.notificationId, 'not-reached');
  const { escalation } = unreached;
  if (!escalation || escalation.callings.length === 0) return becomes(unreached, [step]);
  const { id } = step.recipient;
  const called = dropCallee(escalation.plan, escalation.callings, { id, because: 'not-reached' }, nowMs);
  const after = withTold({ ...escalation, callings: called.callings }, called.notices);
  return becomes({ ...unreached, escalation: after }, [step, ...called.steps], called.notices);
}

/** A second press of the same button changes nothing; the first that somebody is on the way is told to the resident. */
export function respond(
  state: OpenAlarm,
  { report, responder, notificationId }: Input<'responder-reported'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const before = state.responders ?? [];
  if (before.some(({ id, report: last }) => id === responder.id && last === report)) return becomes(state);
  const isFirstOnTheWay =
    report === 'on-the-way' &&
    !before.some((other) => other.report === 'on-the-way' || other.report === 'on-site');
  const responders = [
    ...before.filter(({ id }) => id !== responder.id),
    { ...responder, report, atMs: nowMs },
  ];
  const { escalation, steps } = settled(state, nowMs, policy);
  const isThere = report === 'on-site' || report === 'help-needed' || report === 'done';
  const next = {
    ...keepHeld(escalation, hasResponder({ ...state, responders }), nowMs),
    callings: endCallingsOf(escalation.callings, responder.id),
    ...(isThere ? { onSiteDueAtMs: null } : {}),
    // Who stands at the bed and asks for more help does not wait for the next step.
    ...(report === 'help-needed' && state.phase === 'raised' ? { stepDueAtMs: nowMs } : {}),
  };
  return becomes(
    { ...state, responders, escalation: next },
    [...steps, { step: 'responder-reported', report, responder, notificationId }],
    isFirstOnTheWay ? reassure(state, 'on-the-way') : [],
  );
}
