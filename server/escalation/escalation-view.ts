import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { EscalationView } from '@carebell/contracts/escalation-steps.ts';
import { instant, instantOrNull } from '../clock.ts';
import type { Escalation, EscalationStep } from './escalation-state.ts';

/** Of a closed alarm nothing is due, though it keeps its deadlines for a closing that is taken back. */
export function escalationViewOf(escalation: Escalation, isClosed: boolean): EscalationView {
  const { fall } = escalation;
  const due = (atMs: number | null): string | null => (isClosed ? null : instantOrNull(atMs));
  return {
    policy: escalation.plan.policy,
    stepsDone: escalation.stepsDone,
    nextStepAt: due(escalation.stepDueAtMs),
    isAcknowledgementExpired: escalation.isExpired,
    acknowledgementExpiresAt: due(escalation.expiresAtMs),
    remindAt: due(escalation.remindAtMs),
    answerDueAt: due(escalation.answerDueAtMs),
    onSiteDueAt: due(escalation.onSiteDueAtMs),
    closeDueAt: due(escalation.closeDueAtMs),
    missed: escalation.missed.map(({ dueAtMs, ...missed }) => ({ ...missed, dueAt: instant(dueAtMs) })),
    fall: fall && {
      stage: fall.stage,
      graceEndsAt: fall.stage === 'suspected' ? due(fall.dueAtMs) : null,
      movedAt: instantOrNull(fall.movedAtMs),
    },
  };
}

/** A line with its instants as the API writes them. */
export function escalationEntry(line: { seq: number; at: string }, step: EscalationStep): TimelineEntry {
  switch (step.step) {
    case 'deadline-missed': {
      const { dueAtMs, ...rest } = step;
      return { ...line, ...rest, dueAt: instant(dueAtMs) };
    }
    case 'grace-began':
      return { ...line, step: step.step, until: instant(step.untilMs) };
    case 'movement-seen': {
      const { movedAtMs, ...rest } = step;
      return { ...line, ...rest, movedAt: instant(movedAtMs) };
    }
    case 'still-lying':
      return { ...line, step: step.step, since: instant(step.sinceMs) };
    case 'escalated':
      return { ...line, ...step, groups: [...step.groups], people: [...step.people] };
    case 'called':
      return { ...line, ...step, people: [...step.people] };
    default:
      return { ...line, ...step };
  }
}
