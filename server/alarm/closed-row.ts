import { becomes, reassure, refuse } from './alarm-table.ts';
import type { AlarmPolicy, AlarmRow } from './alarm-table.ts';
import type { AcknowledgedAlarm, AlarmDecision, AlarmInput, ClosedAlarm } from './alarm-state.ts';
import { withdrawLink } from '../dispatch/dispatch-cells.ts';
import { askResident, reviewMiss } from '../handling/handling-cells.ts';
import { notified, reassured } from './open-cells.ts';
import { heldAnew } from './open-rows.ts';

/** It is over; only its closing can be taken back, and what was still under way stands on its time line. */
export const closedRow: AlarmRow<'closed'> = {
  pressed: () => refuse('already-closed'),
  'cancelled-by-resident': () => refuse('already-closed'),
  moved: (state) => becomes(state),
  'device-entered': () => refuse('already-closed'),
  displayed: (state) => becomes(state),
  'deadline-passed': (state) => becomes(state),
  acknowledge: () => refuse('already-closed'),
  'take-over': () => refuse('already-closed'),
  'hand-over': () => refuse('already-closed'),
  noticed: () => refuse('already-closed'),
  'life-seen': () => refuse('already-closed'),
  'take-as-real': () => refuse('already-closed'),
  note: () => refuse('already-closed'),
  'contact-tried': () => refuse('already-closed'),
  'script-step': () => refuse('already-closed'),
  'access-viewed': () => refuse('already-closed'),
  'call-back': () => refuse('already-closed'),
  'call-back-done': () => refuse('already-closed'),
  'responder-asked': () => refuse('already-closed'),
  'link-withdrawn': withdrawLink,
  'resident-asked': askResident,
  'miss-reviewed': reviewMiss,
  close: () => refuse('already-closed'),
  reopen,
  'reassurance-answered': reassured,
  'notification-went-on': notified,
  'responder-reported': () => refuse('already-closed'),
};

/** Takes a closing back, for who closed the wrong case: the alarm stands with that user as if it had not been closed. */
function reopen(
  state: ClosedAlarm,
  { user, mayCloseForOthers, closedAtMs, isAnotherOpen, note }: Extract<AlarmInput, { type: 'reopen' }>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  if (state.owner.id !== user.id && !mayCloseForOthers) return refuse('not-owner');
  if (closedAtMs !== null && closedAtMs !== state.closedAtMs) return refuse('changed-meanwhile');
  if (nowMs - state.closedAtMs > policy.reopenWithinMs) return refuse('closed-too-long');
  if (isAnotherOpen) return refuse('another-is-open');
  const {
    closedAtMs: _closedAt,
    disposition: _disposition,
    note: _note,
    proof: _proof,
    followUp: _followUp,
    ...open
  } = state;
  const acknowledged: AcknowledgedAlarm = { ...open, phase: 'acknowledged', owner: user };
  return becomes(
    heldAnew(acknowledged, nowMs, policy),
    [{ step: 'reopened', user, note }],
    reassure(state, 'answered'),
  );
}
