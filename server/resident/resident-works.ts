import type { Dwelling, Resident } from '@carebell/contracts/registry.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from './registry-journal.ts';
import { changedFields, isOutdated, refused, withChange } from './registry-outcome.ts';
import type { RegistryOutcome } from './registry-outcome.ts';

export async function createResident(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    resident: Omit<Resident, 'id' | 'version'> & { id?: string | undefined };
  },
): Promise<RegistryOutcome> {
  const { actorId, scope } = call;
  const resident = { ...call.resident, id: call.resident.id ?? tx.newId() };
  const { id, dwellingId } = resident;
  if (await tx.registry.resident(id)) return refused('already-exists', 'id');
  const dwelling = await dwellingInScope(tx, scope, dwellingId);
  if (!dwelling) return refused('reference-unknown', 'dwellingId');
  await tx.registry.insertResident(resident);
  const { stationId } = dwelling;
  await appendRegistryEntry(tx, { kind: 'resident-created', id, actorId, residentId: id, stationId });
  tx.touched.directory.add(`dwelling:${dwellingId}`);
  return { ok: true, id };
}

export type ResidentChange = { [K in Exclude<keyof Resident, 'id' | 'version'>]?: Resident[K] | undefined };

/** The devices that are the resident's own move with the resident: whoever presses is looked for at the new address. */
export async function changeResident(
  tx: Transaction,
  call: { actorId: string; scope: Scope; id: string; change: ResidentChange; version?: number | undefined },
): Promise<RegistryOutcome> {
  const { actorId, scope, id, change } = call;
  const resident = await tx.registry.resident(id);
  if (!resident || !(await dwellingInScope(tx, scope, resident.dwellingId)))
    return refused('not-found', 'id');
  if (isOutdated(resident, call)) return refused('changed-meanwhile', 'version');
  const changed = withChange(resident, change);
  const dwelling = await dwellingInScope(tx, scope, changed.dwellingId);
  if (!dwelling) return refused('reference-unknown', 'dwellingId');
  await tx.registry.updateResident(changed);
  if (changed.dwellingId !== resident.dwellingId) {
    for (const device of await tx.registry.devicesOf({ residentId: id })) {
      const { dwellingId } = changed;
      await tx.registry.updateDevice({ ...device, dwellingId, stationId: dwelling.stationId });
      tx.touched.devices.add(device.id);
      tx.touched.directory.add(`device:${device.id}`);
    }
  }
  await appendRegistryEntry(tx, {
    kind: 'resident-changed',
    id,
    actorId,
    residentId: id,
    stationId: dwelling.stationId,
    fields: changedFields(change),
  });
  tx.touched.directory.add(`dwelling:${resident.dwellingId}`);
  tx.touched.directory.add(`dwelling:${changed.dwellingId}`);
  return { ok: true, id };
}

export async function dwellingInScope(
  tx: Transaction,
  scope: Scope,
  dwellingId: string,
): Promise<Dwelling | undefined> {
  const dwelling = await tx.registry.dwelling(dwellingId);
  return dwelling && covers(scope, dwelling.stationId) ? dwelling : undefined;
}
