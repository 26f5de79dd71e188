import type { Carer, NewRespite } from '@carebell/contracts/care-beds.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { changedFields, isOutdated, refused, withChange } from '../resident/registry-outcome.ts';
import type { RegistryOutcome, RegistryRefusal } from '../resident/registry-outcome.ts';
import type { CareBedRecord } from './care-bed-store.ts';

type Call = { actorId: string; scope: Scope };
type OfOne = Call & { id: string };
/** Those that are over stay in the record; more than these are not kept. */
const respitesAtMost = 100;

export async function openCareBed(
  tx: Transaction,
  call: Call & { bed: { residentId: string; carers: Carer[]; note: string } },
): Promise<RegistryOutcome> {
  const { actorId, scope, bed } = call;
  const stationId = await stationOf(tx, bed.residentId);
  if (stationId === undefined || !covers(scope, stationId)) return refused('reference-unknown', 'residentId');
  if (await tx.careBeds.openOf(bed.residentId)) return refused('already-exists', 'residentId');
  const id = tx.newId();
  await tx.careBeds.insert({
    ...bed,
    id,
    respites: [],
    openedAtMs: tx.nowMs,
    openedBy: actorId,
    endedAtMs: null,
    endedBy: null,
    endReason: null,
    version: 1,
  });
  await record(tx, call, 'care-bed-opened', { id, residentId: bed.residentId, stationId });
  return { ok: true, id };
}

export async function changeCareBed(
  tx: Transaction,
  call: OfOne & {
    change: { carers?: Carer[] | undefined; note?: string | undefined };
    version?: number | undefined;
  },
): Promise<RegistryOutcome> {
  const found = await openBed(tx, call);
  if (!found.ok) return found;
  if (isOutdated(found.bed, call)) return refused('changed-meanwhile', 'version');
  await tx.careBeds.update(withChange<CareBedRecord>(found.bed, call.change));
  await record(tx, call, 'care-bed-changed', found, changedFields(call.change));
  return { ok: true, id: call.id };
}

export async function endCareBed(
  tx: Transaction,
  call: OfOne & { reason: string },
): Promise<RegistryOutcome> {
  const found = await openBed(tx, call);
  if (!found.ok) return found;
  const { actorId: endedBy, reason: endReason } = call;
  await tx.careBeds.update({ ...found.bed, endedAtMs: tx.nowMs, endedBy, endReason });
  await record(tx, call, 'care-bed-ended', found);
  return { ok: true, id: call.id };
}

export async function addRespite(
  tx: Transaction,
  call: OfOne & { respite: NewRespite },
): Promise<RegistryOutcome> {
  const found = await openBed(tx, call);
  if (!found.ok) return found;
  const { respite } = call;
  const { bed } = found;
  if (!bed.carers.some(({ name }) => name === respite.carer)) return refused('reference-unknown', 'carer');
  const isBackwards = Date.parse(respite.from) >= Date.parse(respite.until);
  if (isBackwards || Date.parse(respite.until) <= tx.nowMs) return refused('reference-mismatch', 'until');
  const overlaps = bed.respites.some(
    (one) =>
      one.carer === respite.carer &&
      Date.parse(one.from) < Date.parse(respite.until) &&
      Date.parse(respite.from) < Date.parse(one.until),
  );
  if (overlaps) return refused('already-exists', 'from');
  const respites = [...bed.respites, { ...respite, id: tx.newId() }].slice(-respitesAtMost);
  await tx.careBeds.update({ ...bed, respites });
  await record(tx, call, 'care-bed-respite-set', found);
  return { ok: true, id: call.id };
}

export async function removeRespite(
  tx: Transaction,
  call: OfOne & { respiteId: string },
): Promise<RegistryOutcome> {
  const found = await openBed(tx, call);
  if (!found.ok) return found;
  const respites = found.bed.respites.filter(({ id }) => id !== call.respiteId);
  if (respites.length === found.bed.respites.length) return refused('not-found', 'respiteId');
  await tx.careBeds.update({ ...found.bed, respites });
  await record(tx, call, 'care-bed-respite-removed', found);
  return { ok: true, id: call.id };
}

export const careBedWorks = { openCareBed, changeCareBed, endCareBed, addRespite, removeRespite };

type Found = { ok: true; bed: CareBedRecord; id: string; residentId: string; stationId: string };

async function openBed(tx: Transaction, { id, scope }: OfOne): Promise<Found | RegistryRefusal> {
  const bed = await tx.careBeds.load(id);
  const stationId = bed && (await stationOf(tx, bed.residentId));
  if (!bed || stationId === undefined || !covers(scope, stationId)) return refused('not-found', 'id');
  if (bed.endedAtMs !== null) return refused('changed-meanwhile', 'endedAt');
  return { ok: true, bed, id, residentId: bed.residentId, stationId };
}

async function stationOf(tx: Transaction, residentId: string): Promise<string | undefined> {
  const resident = await tx.registry.resident(residentId);
  return resident && (await tx.registry.dwelling(resident.dwellingId))?.stationId;
}

async function record(
  tx: Transaction,
  { actorId }: Call,
  kind: string,
  { id, residentId, stationId }: { id: string; residentId: string; stationId: string },
  fields?: string[],
): Promise<void> {
  await appendRegistryEntry(tx, { kind, id, actorId, residentId, stationId, ...(fields ? { fields } : {}) });
}
