import type { RecipientGroup } from '@carebell/contracts/recipient-groups.ts';
import type { DeadlineName, MissReason } from '@carebell/contracts/escalation-steps.ts';
import type { Escalation, EscalationStep } from './escalation-state.ts';

/** The next instant at which the hub itself does something about the alarm; `null` if there is none. */
export function nextDeadlineMs(
  escalation: Escalation | undefined,
  displayDeadlineAtMs: number | null,
): number | null {
  const { stepDueAtMs, callings, fall, answerDueAtMs, onSiteDueAtMs, closeDueAtMs, expiresAtMs, remindAtMs } =
    escalation ?? nothingDue;
  const due = [
    displayDeadlineAtMs,
    stepDueAtMs,
    ...callings.map(({ nextAtMs }) => nextAtMs),
    fall?.dueAtMs ?? null,
    answerDueAtMs,
    onSiteDueAtMs,
    closeDueAtMs,
    expiresAtMs,
    remindAtMs,
  ].filter((atMs) => atMs !== null);
  return due.length === 0 ? null : Math.min(...due);
}

const nothingDue = {
  stepDueAtMs: null,
  callings: [],
  fall: null,
  answerDueAtMs: null,
  onSiteDueAtMs: null,
  closeDueAtMs: null,
  expiresAtMs: null,
  remindAtMs: null,
};

/** What must be known before the deadlines that are due at this instant can be carried out. */
export type Needs = { groups: readonly (RecipientGroup | 'root' | 'owner')[]; isFallDue: boolean };

export function needsAt(escalation: Escalation, isHeld: boolean, nowMs: number): Needs {
  const { plan, nextStep, stepDueAtMs, fall } = escalation;
  const isDue = (atMs: number | null): boolean => atMs !== null && atMs <= nowMs;
  const isFallDue = isDue(fall?.dueAtMs ?? null);
  const isReleased = isHeld && isDue(escalation.expiresAtMs);
  const isReminded = isHeld && !isReleased && (isDue(escalation.remindAtMs) || isFallDue);
  const isStepDue =
    isReleased || (!isHeld && (isDue(stepDueAtMs) || (isFallDue && fall?.stage === 'confirmed')));
  const index = Math.min(nextStep, plan.steps.length - 1);
  const isLast = index === plan.steps.length - 1;
  return {
    isFallDue,
    groups: [
      ...(isReminded ? (['owner'] as const) : []),
      ...(isStepDue ? (plan.steps[index]?.recipients ?? []) : []),
      ...(isStepDue && isLast ? (['root'] as const) : []),
    ],
  };
}

/** What the record shows of an alarm whose deadline has passed. */
export type MissFacts = {
  raisedAtMs: number;
  isDisplayed: boolean;
  /** Somebody was asked to go there, or has taken it without being asked. */
  isSomebodySent: boolean;
};

const fields = { answered: 'answerDueAtMs', 'on-site': 'onSiteDueAtMs', closed: 'closeDueAtMs' } as const;

/** Enters the deadlines that have passed without having been met, each once, with the reason. */
export function missDeadlines(
  escalation: Escalation,
  facts: MissFacts,
  nowMs: number,
): { escalation: Escalation; steps: EscalationStep[] } {
  const steps: EscalationStep[] = [];
  let after = escalation;
  for (const deadline of ['answered', 'on-site', 'closed'] as const) {
    const dueAtMs = escalation[fields[deadline]];
    if (dueAtMs === null || dueAtMs > nowMs) continue;
    const reason = reasonOf(deadline, dueAtMs, facts);
    steps.push({ step: 'deadline-missed', deadline, dueAtMs, reason });
    after = miss(after, deadline, dueAtMs, reason);
  }
  return { escalation: after, steps };
}

/** The one who had it let it lie: the answer counts as missed after all, unless it was missed before. */
export function missByExpiry(
  escalation: Escalation,
  nowMs: number,
): { escalation: Escalation; steps: EscalationStep[] } {
  if (escalation.missed.some(({ deadline }) => deadline === 'answered')) return { escalation, steps: [] };
  const reason = 'acknowledgement-expired';
  return {
    escalation: miss(escalation, 'answered', nowMs, reason),
    steps: [{ step: 'deadline-missed', deadline: 'answered', dueAtMs: nowMs, reason }],
  };
}

function miss(
  escalation: Escalation,
  deadline: DeadlineName,
  dueAtMs: number,
  reason: MissReason,
): Escalation {
  const missed = [...escalation.missed, { deadline, dueAtMs, reason }];
  return { ...escalation, [fields[deadline]]: null, missed };
}

function reasonOf(deadline: DeadlineName, dueAtMs: number, facts: MissFacts): MissReason {
  switch (deadline) {
    case 'answered':
      if (facts.raisedAtMs > dueAtMs) return 'arrived-late';
      return facts.isDisplayed ? 'not-answered' : 'not-displayed';
    case 'on-site':
      return facts.isSomebodySent ? 'responder-not-there' : 'no-responder';
    case 'closed':
      return 'still-open';
  }
}
