import { refusal } from '../http-api/problems.ts';
import { accepted } from '../resident/registry-answers.ts';
import type { VisitOutcome } from './visit-outcome.ts';

const timeAdvice = {
  at: 'must not be in the future, and at most 14 days ago',
  startedAt: 'must be before "at", by at most 12 hours',
} as const;

/** Leaves the route with a problem if the visit was refused, and gives the outcome back otherwise. */
export function acceptedVisit(outcome: VisitOutcome): { ok: true; id: string } {
  if (outcome.ok) return outcome;
  switch (outcome.reason) {
    case 'visit-time': {
      const { field, reason } = outcome;
      const message = timeAdvice[field];
      throw refusal('visit-time', `Correct "${field}": it ${message}.`, [{ field, message, code: reason }]);
    }
    case 'follow-up-done':
      throw refusal('follow-up-done', 'Somebody was faster: load the list again.');
    case 'campaign-ended':
      throw refusal('campaign-ended', 'Enter it as a visit of its own.');
    default:
      return accepted<{ ok: true; id: string }>(outcome);
  }
}
