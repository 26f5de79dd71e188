import { followUpTriesAtMost } from '@carebell/contracts/follow-ups.ts';
import type { AcknowledgedAlarm, AlarmDecision, ClosedAlarm } from '../alarm/alarm-state.ts';
import { becomes, escalationOf, hasResponder, refuse } from '../alarm/alarm-table.ts';
import type { AlarmPolicy, Input } from '../alarm/alarm-table.ts';
import { afterCall } from '../alarm/open-cells.ts';
import { keepHeld } from '../escalation/escalation-machine.ts';

/** Whoever has the alarm has done a step of its script; done again, the latest answer counts. */
export function doScriptStep(
  state: AcknowledgedAlarm,
  { user, step, called, shows }: Input<'script-step'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  if (state.owner.id !== user.id) return refuse('not-owner');
  const { [step.key]: _, ...otherwise } = state.shown ?? {};
  const shown = shows === null ? otherwise : { ...otherwise, [step.key]: { proof: shows, atMs: nowMs } };
  const line = { step: 'script-step-done', user, ...step } as const;
  if (called === null) return becomes({ ...kept(state, nowMs, policy), shown }, [line]);
  const after = afterCall(state, called, nowMs, policy);
  return becomes({ ...after.state, shown }, [line, ...after.steps], after.notices);
}

/** How to get in is for whoever has the alarm; that it was shown stands on the time line before it is. */
export function viewAccess(state: AcknowledgedAlarm, { user }: Input<'access-viewed'>): AlarmDecision {
  if (state.owner.id !== user.id) return refuse('not-owner');
  return becomes(state, [{ step: 'access-viewed', user }]);
}

export function setCallBack(
  state: AcknowledgedAlarm,
  { user, dueAtMs, note }: Input<'call-back'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  if (state.owner.id !== user.id) return refuse('not-owner');
  return becomes({ ...kept(state, nowMs, policy), callBack: { user, dueAtMs, note, isDue: false } }, [
    { step: 'call-back-set', user, dueAtMs, note },
  ]);
}

export function endCallBack(
  state: AcknowledgedAlarm,
  { user }: Input<'call-back-done'>,
  nowMs: number,
  policy: AlarmPolicy,
): AlarmDecision {
  if (state.owner.id !== user.id) return refuse('not-owner');
  if (!state.callBack) return refuse('no-call-back');
  const { callBack: _, ...rest } = kept(state, nowMs, policy);
  return becomes(rest, [{ step: 'call-back-done', user }]);
}

/** Whoever could not be reached is asked again the next day, a few times. */
export function askResident(
  state: ClosedAlarm,
  { user, result, score, note }: Input<'resident-asked'>,
  nowMs: number,
): AlarmDecision {
  const { followUp, ...rest } = state;
  if (!followUp) return refuse('not-to-be-asked');
  const tries = followUp.tries + 1;
  const isOver = result !== 'not-reached' || tries >= followUpTriesAtMost;
  return becomes(isOver ? rest : { ...rest, followUp: { sinceMs: nowMs, tries } }, [
    { step: 'resident-asked', user, result, score, note },
  ]);
}

/** What a supervisor found out about the deadlines that were missed. */
export function reviewMiss(state: ClosedAlarm, { user, note }: Input<'miss-reviewed'>): AlarmDecision {
  const missed = (state.escalation?.missed ?? []).map(({ deadline, reason }) => ({ deadline, reason }));
  if (missed.length === 0 || state.drill || state.test) return refuse('nothing-missed');
  return becomes(state, [{ step: 'miss-reviewed', user, missed, note }]);
}

function kept(state: AcknowledgedAlarm, nowMs: number, policy: AlarmPolicy): AcknowledgedAlarm {
  const escalation = keepHeld(escalationOf(state, nowMs, policy), hasResponder(state), nowMs);
  return { ...state, escalation };
}
