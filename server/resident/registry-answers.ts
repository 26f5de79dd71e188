import type { Scope } from '../care-station/organisation-scope.ts';
import { covers } from '../care-station/organisation-scope.ts';
import { notFound } from '../http-api/error-answers.ts';
import { problem, Refusal, refusal } from '../http-api/problems.ts';
import type { RegistryRefusal } from './registry-outcome.ts';

export const advice: Record<RegistryRefusal['reason'], string> = {
  'not-found': 'there is none with this identifier that you may see',
  'already-exists': 'is taken: choose another',
  'reference-unknown': 'names nothing that exists and that you may see',
  'reference-mismatch': 'contradicts another field: change one of them or leave it out',
  'field-missing': 'is needed: say where it belongs',
  'gateway-missing': 'needs a gateway: name the one that the device speaks through, or leave this empty',
  'heard-as-taken': 'is how the gateways of this station report another device: change one of the two',
  'shift-overlaps': 'falls into another shift of the same person: change one of the two',
  'changed-meanwhile': 'is not the latest one: look at what changed, and decide again',
};

/** Leaves the route with a problem if the registry refused, and gives the outcome back otherwise. */
export function accepted<T extends { ok: true }>(outcome: T | RegistryRefusal): T {
  if (outcome.ok) return outcome;
  const { reason, field, takenBy } = outcome;
  if (reason === 'not-found') throw new Refusal(notFound());
  const message = takenBy === undefined ? advice[reason] : `${advice[reason]} ("${takenBy}" has it)`;
  throw refusal(reason, `Correct "${field}": it ${message}.`, [{ field, message }]);
}

/** The same for a change: if somebody else was faster, the problem carries the record as it is now. */
export async function acceptedChange<T extends { ok: true }>(
  outcome: T | RegistryRefusal,
  current: () => Promise<object>,
): Promise<T> {
  if (outcome.ok || outcome.reason !== 'changed-meanwhile') return accepted(outcome);
  const advised = 'Compare with "current", and send the change again with its "version".';
  throw new Refusal({ ...problem(outcome.reason, advised), current: { ...(await current()) } });
}

/** What is wrong with the rows of a list of which none was entered. */
export function importRefused(
  errors: readonly { row: number; field: string; reason: RegistryRefusal['reason'] }[],
): Refusal {
  return refusal(
    'import-refused',
    'Nothing was entered. Correct these rows and send all again.',
    errors.map(({ row, field, reason }) => ({
      field: `rows.${row}.${field}`,
      message: advice[reason],
      code: reason,
    })),
  );
}

/** Leaves the route with 404 if there is no such record, or none at a station that the reader sees. */
export function visible<T>(record: T | undefined, scope: Scope, stationId: string | null | undefined): T {
  if (record === undefined || !covers(scope, stationId ?? null)) throw new Refusal(notFound());
  return record;
}
