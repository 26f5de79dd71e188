import { dispositionsThatNeedANote } from '@carebell/contracts/dispositions.ts';
import { isAskedAfterwards } from '@carebell/contracts/follow-ups.ts';
import { endNotices, hold } from '../escalation/escalation-machine.ts';
import { becomes, escalationOf, hasResponder, reassure, refuse, settled } from './alarm-table.ts';
import type { AlarmPolicy, AlarmRow, Input } from './alarm-table.ts';
import type { AcknowledgedAlarm, AlarmDecision, RaisedAlarm } from './alarm-state.ts';
import { passWhileHeld, passWhileRaised } from './deadline-cells.ts';
import { notice, seeLife } from '../detection/detection-cells.ts';
import { takeAsReal, takenAsReal } from './test-cells.ts';
import { askResponder, withdrawLink } from '../dispatch/dispatch-cells.ts';
import { closingProof } from '../handling/closing-proof.ts';
import { doScriptStep, endCallBack, setCallBack, viewAccess } from '../handling/handling-cells.ts';
import {
  cancel,
  enterDevice,
  join,
  note,
  notifiedWhileOpen,
  reassured,
  respond,
  see,
  tryContact,
} from './open-cells.ts';

/** Nobody has it: it waits for somebody, and its policy goes on. */
export const raisedRow: AlarmRow<'raised'> = {
  pressed: join,
  'cancelled-by-resident': cancel,
  moved: see,
  'device-entered': enterDevice,
  displayed: (state, { user, screenId }, nowMs) =>
    state.displayedAtMs === null
      ? becomes({ ...state, displayedAtMs: nowMs, displayDeadlineAtMs: null }, [
          { step: 'displayed', user, screenId },
        ])
      : becomes(state),
  'deadline-passed': passWhileRaised,
  acknowledge,
  'take-over': () => refuse('not-acknowledged'),
  'hand-over': () => refuse('not-acknowledged'),
  'take-as-real': takeAsReal,
  noticed: notice,
  'life-seen': seeLife,
  note,
  'contact-tried': tryContact,
  'script-step': () => refuse('not-acknowledged'),
  'access-viewed': () => refuse('not-acknowledged'),
  'call-back': () => refuse('not-acknowledged'),
  'call-back-done': () => refuse('not-acknowledged'),
  'responder-asked': () => refuse('not-acknowledged'),
  'link-withdrawn': withdrawLink,
  'resident-asked': () => refuse('not-closed'),
  'miss-reviewed': () => refuse('not-closed'),
  close: () => refuse('not-acknowledged'),
  reopen: () => refuse('not-closed'),
  'reassurance-answered': reassured,
  'notification-went-on': notifiedWhileOpen,
  'responder-reported': respond,
};

/** Somebody has it, until it is closed or nothing follows. */
export const acknowledgedRow: AlarmRow<'acknowledged'> = {
  pressed: join,
  'cancelled-by-resident': cancel,
  moved: see,
  'device-entered': enterDevice,
  displayed: (state, { user, screenId }, nowMs) =>
    state.displayedAtMs === null
      ? becomes({ ...state, displayedAtMs: nowMs }, [{ step: 'displayed', user, screenId }])
      : becomes(state),
  'deadline-passed': passWhileHeld,
  acknowledge: (state, { user }) =>
    state.owner.id === user.id ? becomes(state) : refuse('already-acknowledged'),
  'take-over': (state, { user }, nowMs, policy) =>
    state.owner.id === user.id
      ? refuse('own-alarm')
      : becomes({ ...heldAnew(state, nowMs, policy), owner: user, acknowledgedAtMs: nowMs }, [
          { step: 'taken-over', user, from: state.owner },
        ]),
  'hand-over': handOver,
  'take-as-real': takeAsReal,
  noticed: notice,
  'life-seen': seeLife,
  note,
  'contact-tried': tryContact,
  'script-step': doScriptStep,
  'access-viewed': viewAccess,
  'call-back': setCallBack,
  'call-back-done': endCallBack,
  'responder-asked': askResponder,
  'link-withdrawn': withdrawLink,
  'resident-asked': () => refuse('not-closed'),
  'miss-reviewed': () => refuse('not-closed'),
  close,
  reopen: () => refuse('not-closed'),
  'reassurance-answered': reassured,
  'notification-went-on': notifiedWhileOpen,
  'responder-reported': respond,
};

/** The time within which something must follow runs anew: for the new owner, or after a closing taken back. */
export function heldAnew<S extends AcknowledgedAlarm>(state: S, nowMs: number, policy: AlarmPolicy): S {
  const escalation = hold(escalationOf(state, nowMs, policy), hasResponder(state), nowMs);
  return { ...state, escalation };
}

function acknowledge(
  state: RaisedAlarm,
  { user }: Input<'acknowledge'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const { displayDeadlineAtMs: _, ...core } = state;
  const { escalation, steps } = settled(state, nowMs, policy);
  return becomes(
    {
      ...core,
      phase: 'acknowledged',
      owner: user,
      acknowledgedAtMs: nowMs,
      escalation: hold(escalation, hasResponder(state), nowMs),
    },
    [...steps, { step: 'acknowledged', user }],
    reassure(state, 'answered'),
  );
}

/** Who has it gives it to somebody else, at the end of a shift or because that one knows more; a supervisor may for them. */
function handOver(
  state: AcknowledgedAlarm,
  { user, to, mayHandOverForOthers, note: text }: Input<'hand-over'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const { owner } = state;
  if (owner.id !== user.id && !mayHandOverForOthers) return refuse('not-owner');
  if (owner.id === to.id) return refuse('own-alarm');
  return becomes({ ...heldAnew(state, nowMs, policy), owner: to }, [
    { step: 'handed-over', user, from: owner, to, note: text },
  ]);
}

function close(
  held: AcknowledgedAlarm,
  input: Input<'close'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const { user, mayCloseForOthers, disposition, note: text } = input;
  const { state, steps: before } = takenAsReal(held, { user, disposition });
  if (state.owner.id !== user.id && !mayCloseForOthers) return refuse('not-owner');
  if (text === '' && dispositionsThatNeedANote.has(disposition)) return refuse('note-missing');
  const proven = closingProof(state, input);
  if (!proven.ok) return refuse(proven.reason);
  const proof = proven.proof === null ? {} : { proof: proven.proof };
  const { escalation, steps } = settled(state, nowMs, policy);
  // Names and numbers of contacts stay in an alarm for no longer than they are called.
  const forgotten = { ...escalation, callings: [], told: [] };
  const { priority, drill, test } = state;
  const isDrill = drill !== undefined || test !== undefined;
  const isAsked = isAskedAfterwards({ priority, disposition, isDrill });
  return becomes(
    {
      ...state,
      phase: 'closed',
      closedAtMs: nowMs,
      disposition,
      note: text,
      ...proof,
      ...(isAsked ? { followUp: { sinceMs: nowMs, tries: 0 } } : {}),
      escalation: forgotten,
    },
    [...before, ...steps, { step: 'closed', user, disposition, note: text, ...proof }],
    [...reassure(state, 'closed'), ...endNotices(escalation, nowMs)],
  );
}
