import type { OrganisationLevel } from '@carebell/contracts/roles.ts';
import { missByExpiry } from '../escalation/deadlines.ts';
import { release, takeCalls, takeStep, widened } from '../escalation/escalation-machine.ts';
import type { Notice } from '../escalation/escalation-state.ts';
import { passFallDeadline } from '../escalation/fall-life.ts';
import type { AcknowledgedAlarm, AlarmDecision, AlarmEffect, AlarmStep, RaisedAlarm } from './alarm-state.ts';
import { becomes, escalationOf, settled } from './alarm-table.ts';
import type { AlarmPolicy, Input } from './alarm-table.ts';
import { liftedTo } from './open-cells.ts';

/** Everything that is due of an alarm that nobody has. */
export function passWhileRaised(
  state: RaisedAlarm,
  _: Input<'deadline-passed'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const shown = widen(state, nowMs, policy);
  const fallen = passFall(shown.state, nowMs, policy);
  const { escalation, steps: misses } = settled(fallen.state, nowMs, policy);
  const calls = takeCalls(escalation, nowMs);
  const due = fallen.isStillLying
    ? { ...calls.escalation, stepDueAtMs: nowMs, nextReason: 'still-lying' as const }
    : calls.escalation;
  const turn = takeStep(due, policy.people ?? {}, nowMs);
  const after = {
    ...fallen.state,
    escalation: turn.escalation,
    audience: widened(fallen.state.audience, turn.groups),
  };
  return becomes(
    after,
    [...shown.steps, ...fallen.steps, ...misses, ...calls.steps, ...turn.steps],
    [...calls.notices, ...turn.notices],
  );
}

/** Everything that is due of an alarm that somebody has: above all, whether they still do. */
export function passWhileHeld(
  state: AcknowledgedAlarm,
  input: Input<'deadline-passed'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  const fallen = passFall(state, nowMs, policy);
  const { escalation, steps: misses } = settled(fallen.state, nowMs, policy);
  const before: AlarmStep[] = [...fallen.steps, ...misses];
  const { owner, acknowledgedAtMs, ...core } = fallen.state;
  if (escalation.expiresAtMs !== null && escalation.expiresAtMs <= nowMs) {
    const missed = missByExpiry(escalation, nowMs);
    const afterMs = escalation.plan.acknowledgementExpiresAfterMs;
    const raised: RaisedAlarm = {
      ...core,
      phase: 'raised',
      displayedAtMs: null,
      displayDeadlineAtMs: nowMs + policy.displayWithinMs,
      escalation: release(missed.escalation, nowMs),
    };
    const next = passWhileRaised(raised, input, nowMs, policy);
    if (!next.ok) return next;
    return becomes(
      next.state,
      [...before, { step: 'acknowledgement-expired', user: owner, afterMs }, ...missed.steps, ...next.steps],
      next.effects,
    );
  }
  const isTime = escalation.remindAtMs !== null && escalation.remindAtMs <= nowMs;
  // Held since before policies existed, it has no time at which the acknowledgement ends.
  const isUnbounded = escalation.expiresAtMs === null;
  const reminded = isTime || fallen.isStillLying;
  const number = escalation.reminders + (reminded ? 1 : 0);
  const effects: AlarmEffect[] = reminded ? remind(number, policy) : [];
  const { acknowledgementExpiresAfterMs, remindEveryMs } = escalation.plan;
  return becomes(
    {
      ...core,
      owner,
      acknowledgedAtMs,
      escalation: {
        ...escalation,
        stepDueAtMs: null,
        answerDueAtMs: null,
        reminders: number,
        ...(isUnbounded ? { expiresAtMs: nowMs + acknowledgementExpiresAfterMs } : {}),
        ...(isTime || escalation.remindAtMs === null ? { remindAtMs: nowMs + remindEveryMs } : {}),
      },
    },
    reminded ? [...before, { step: 'reminded', user: owner, number }] : before,
    effects,
  );
}

function remind(number: number, { people }: AlarmPolicy): Notice[] {
  const callees = (people?.owner ?? []).filter(({ channels }) => channels.length > 0);
  if (callees.length === 0) return [];
  return [{ type: 'notify', stepKey: `reminder-${number}`, purpose: 'reminder', callees }];
}

function passFall<S extends RaisedAlarm | AcknowledgedAlarm>(
  state: S,
  nowMs: number,
  policy: AlarmPolicy,
): { state: S; steps: AlarmStep[]; isStillLying: boolean } {
  const escalation = escalationOf(state, nowMs, policy);
  const { fall, steps, isConfirmed, isStillLying } = passFallDeadline(
    escalation.plan,
    escalation.fall,
    nowMs,
  );
  const after: S = { ...state, escalation: { ...escalation, fall } };
  if (!isConfirmed || state.kind !== 'fall-suspected') return { state: after, steps, isStillLying };
  return { state: liftedTo(after, 'fall', nowMs, nowMs, policy), steps, isStillLying };
}

/** No screen has displayed it in time: it is shown to the next level. */
function widen(
  state: RaisedAlarm,
  nowMs: number,
  policy: AlarmPolicy,
): { state: RaisedAlarm; steps: AlarmStep[] } {
  const next: Record<OrganisationLevel, OrganisationLevel | null> = {
    station: 'street',
    street: 'district',
    district: null,
  };
  const audience = next[state.audience];
  if (state.displayDeadlineAtMs === null || state.displayDeadlineAtMs > nowMs) return { state, steps: [] };
  if (audience === null) return { state: { ...state, displayDeadlineAtMs: null }, steps: [] };
  return {
    state: { ...state, audience, displayDeadlineAtMs: nowMs + policy.displayWithinMs },
    steps: [{ step: 'audience-widened', audience }],
  };
}
