import type { ResidentRow } from '@carebell/contracts/resident-table.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { halfPlaced } from '../resident/coordinates.ts';
import { createDwelling, isStation } from '../resident/dwelling-works.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import { createResident } from '../resident/resident-works.ts';

export type RowError = {
  row: number;
  field: 'id' | 'dwellingId' | 'stationId' | 'latitude' | 'longitude';
  reason: RegistryRefusal['reason'];
};
export type ImportOutcome =
  { ok: true; residents: number; dwellings: number } | { ok: false; errors: RowError[] };

type Call = { actorId: string; scope: Scope; rows: readonly ResidentRow[] };

/** Looks at all rows before it writes the first one, so that either all of them are entered or none. */
export async function importResidents(tx: Transaction, call: Call): Promise<ImportOutcome> {
  const errors = await findErrors(tx, call);
  if (errors.length > 0) return { ok: false, errors };
  const { actorId, scope, rows } = call;
  let dwellings = 0;
  for (const row of rows) {
    const {
      stationId,
      address,
      access,
      grid,
      area,
      latitude,
      longitude,
      dwellingId: wanted,
      ...resident
    } = row;
    let dwellingId = wanted ?? (await tx.registry.dwellingAt(stationId, address))?.id;
    if (dwellingId === undefined || !(await tx.registry.dwelling(dwellingId))) {
      const dwelling = { id: dwellingId, stationId, address, access, grid, area, latitude, longitude };
      dwellingId = written(await createDwelling(tx, { actorId, scope, dwelling }));
      dwellings += 1;
    }
    written(await createResident(tx, { actorId, scope, resident: { ...resident, dwellingId } }));
  }
  return { ok: true, residents: rows.length, dwellings };
}

async function findErrors(tx: Transaction, { scope, rows }: Call): Promise<RowError[]> {
  const errors: RowError[] = [];
  const ids = new Set<string>();
  const stationOfDwelling = new Map<string, string>();
  const stations = new Map<string, boolean>();
  for (const [index, row] of rows.entries()) {
    const { id, dwellingId, stationId } = row;
    const isKnown = stations.get(stationId) ?? (await isStation(tx, scope, stationId));
    stations.set(stationId, isKnown);
    if (!isKnown) errors.push({ row: index, field: 'stationId', reason: 'reference-unknown' });
    if (id !== undefined) {
      const isTaken = ids.has(id) || (await tx.registry.resident(id)) !== undefined;
      if (isTaken) errors.push({ row: index, field: 'id', reason: 'already-exists' });
      ids.add(id);
    }
    const half = halfPlaced(row);
    if (half !== undefined) errors.push({ row: index, field: half, reason: 'field-missing' });
    if (dwellingId === undefined) continue;
    const known =
      stationOfDwelling.get(dwellingId) ?? (await tx.registry.dwelling(dwellingId))?.stationId ?? stationId;
    stationOfDwelling.set(dwellingId, known);
    if (known !== stationId) errors.push({ row: index, field: 'dwellingId', reason: 'reference-mismatch' });
  }
  return errors;
}

/** Every row was looked at in this transaction: a refusal now is a defect, and undoes the whole import. */
function written(outcome: { ok: true; id: string } | RegistryRefusal): string {
  if (outcome.ok) return outcome.id;
  throw new Error(`import: ${outcome.reason} at ${outcome.field} after the check`);
}

/** Who took a copy of how much of the registry: it leaves the hub with it. */
export async function recordExport(
  tx: Transaction,
  {
    actorId,
    of,
  }: { actorId: string; of: 'residents' | 'devices' | 'history' | 'report' | 'resident' | 'visits' },
): Promise<null> {
  await appendRegistryEntry(tx, { kind: `${of}-exported`, id: of, actorId });
  return null;
}
