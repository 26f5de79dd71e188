import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type {
  Callee,
  Escalation,
  EscalationPlan,
  EscalationStep,
  People,
} from '../escalation/escalation-state.ts';
import { beginEscalation } from '../escalation/escalation-machine.ts';
import { missDeadlines } from '../escalation/deadlines.ts';
import { planFor, unknownSubject } from '../escalation/plan.ts';
import type {
  AlarmCore,
  AlarmDecision,
  AlarmEffect,
  AlarmInput,
  AlarmState,
  AlarmStep,
} from './alarm-state.ts';

export type AlarmPolicy = {
  /** How long a screen may take to display a new alarm before the next level is shown it too. */
  displayWithinMs: number;
  /** How long after a closing it can be taken back. */
  reopenWithinMs: number;
  /** By what a new or lifted alarm goes; the hub's own policy without it. */
  plan?: EscalationPlan;
  /** Whom the groups have that are told now. Without them a step that is due waits for the next look. */
  people?: People & { owner?: readonly Callee[] };
};

export type Cell<P extends AlarmState['phase'], I extends AlarmInput['type']> = (
  state: Extract<AlarmState, { phase: P }>,
  input: Extract<AlarmInput, { type: I }>,
  nowMs: number,
  policy: AlarmPolicy,
) => AlarmDecision;

/** A cell per input: a missing one does not compile. */
export type AlarmRow<P extends AlarmState['phase']> = { [I in AlarmInput['type']]: Cell<P, I> };

export type Input<I extends AlarmInput['type']> = Extract<AlarmInput, { type: I }>;

export function becomes(
  state: AlarmState,
  steps: readonly AlarmStep[] = [],
  effects: readonly AlarmEffect[] = [],
): AlarmDecision {
  return { ok: true, state, steps: [...steps], effects: [...effects] };
}

export function refuse(reason: Extract<AlarmDecision, { ok: false }>['reason']): AlarmDecision {
  return { ok: false, reason };
}

export function reassure(state: AlarmCore, told: ReassuranceState): AlarmEffect[] {
  return state.deviceIds.map((deviceId) => ({ type: 'reassure', deviceId, state: told }));
}

/** An alarm that was raised before policies existed gets its own as soon as anything happens to it. */
export function escalationOf(state: AlarmState, nowMs: number, policy: AlarmPolicy): Escalation {
  if (state.escalation) return state.escalation;
  const plan = policy.plan ?? planFor(unknownSubject(state.kind));
  const escalation = beginEscalation(plan, { pressedAtMs: nowMs, isLate: false }, nowMs);
  return state.phase === 'raised' ? escalation : { ...escalation, stepDueAtMs: null, answerDueAtMs: null };
}

/** Enters the deadlines that have passed by now, so that what follows cannot meet them afterwards. */
export function settled(
  state: AlarmState,
  nowMs: number,
  policy: AlarmPolicy,
): { escalation: Escalation; steps: EscalationStep[] } {
  const facts = {
    raisedAtMs: state.raisedAtMs,
    isDisplayed: state.displayedAtMs !== null,
    isSomebodySent: hasResponder(state) || isAwaited(state),
  };
  return missDeadlines(escalationOf(state, nowMs, policy), facts, nowMs);
}

/** Somebody was asked to go there, by a link or in a call, and may still come. */
function isAwaited({ asked = [] }: AlarmCore): boolean {
  return asked.some(({ ended }) => ended === undefined);
}

/** Somebody has taken it from the phone and has not said that it is done. */
export function hasResponder({ responders = [] }: AlarmCore): boolean {
  return responders.some(({ report }) => report !== 'done');
}
