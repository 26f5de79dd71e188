import { latestEntryDays, longestAbsenceDays } from '@carebell/contracts/absence-limits.ts';
import { instant } from '../clock.ts';
import { refusal } from '../http-api/problems.ts';
import type { SpanRefusal } from './absence.ts';
import type { AbsenceOutcome, AbsenceRefusal } from './absence-outcome.ts';
import { accepted } from './registry-answers.ts';

const spanAdvice: Record<SpanRefusal, string> = {
  'until-not-later': 'must be later than "from"',
  'until-passed': 'has passed already',
  'too-long': `is more than ${longestAbsenceDays} days away: prolong it when the time has come`,
  'from-too-early': `is more than ${latestEntryDays} days ago`,
};

/** Leaves the route with a problem if the absence was refused, and gives the outcome back otherwise. */
export function acceptedAbsence(outcome: AbsenceOutcome): Extract<AbsenceOutcome, { ok: true }> {
  if (outcome.ok) return outcome;
  throw problemOf(outcome);
}

function problemOf(outcome: AbsenceRefusal): unknown {
  switch (outcome.reason) {
    case 'absence-overlaps': {
      const { kind, fromMs, untilMs } = outcome.other;
      const span = `"${kind}" from ${instant(fromMs)} until ${instant(untilMs)}`;
      return refusal('absence-overlaps', `End or shorten the other one first: ${span}.`);
    }
    case 'absence-over':
      return refusal('absence-over', 'Enter a new one.');
    case 'until-not-later':
    case 'until-passed':
    case 'too-long':
    case 'from-too-early': {
      const { field, reason } = outcome;
      const message = spanAdvice[reason];
      return refusal('absence-span', `Correct "${field}": it ${message}.`, [
        { field, message, code: reason },
      ]);
    }
    default:
      return accepted(outcome);
  }
}
