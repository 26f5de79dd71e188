import type { AlarmDecision, AlarmState } from '../alarm/alarm-state.ts';

/** When the hub must ring again; `null` once it has. */
export function callBackDueMs({ callBack }: Pick<AlarmState, 'callBack'>): number | null {
  return callBack && !callBack.isDue ? callBack.dueAtMs : null;
}

/** Rings again what is due: from now on the owner's screen says so until it is done or moved. */
export function ringCallBack(decision: AlarmDecision, nowMs: number): AlarmDecision {
  if (!decision.ok || decision.state.phase === 'closed') return decision;
  const { callBack } = decision.state;
  if (!callBack || callBack.isDue || callBack.dueAtMs > nowMs) return decision;
  const state: AlarmState = { ...decision.state, callBack: { ...callBack, isDue: true } };
  return { ...decision, state, steps: [...decision.steps, { step: 'call-back-due', user: callBack.user }] };
}

/**
 * Whoever waits for a call-back has not let the alarm lie: the acknowledgement holds until then, and after it as long as
 * the policy gives for something to follow.
 */
export function heldForCallBack(decision: AlarmDecision): AlarmDecision {
  if (!decision.ok || decision.state.phase !== 'acknowledged') return decision;
  const { callBack, escalation } = decision.state;
  if (!callBack || !escalation || escalation.expiresAtMs === null) return decision;
  const untilMs = callBack.dueAtMs + escalation.plan.acknowledgementExpiresAfterMs;
  if (callBack.isDue || escalation.expiresAtMs >= untilMs) return decision;
  return { ...decision, state: { ...decision.state, escalation: { ...escalation, expiresAtMs: untilMs } } };
}
