import type { Dwelling } from '@carebell/contracts/registry.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { halfPlaced } from './coordinates.ts';
import type { Placed } from './coordinates.ts';
import { appendRegistryEntry } from './registry-journal.ts';
import { changedFields, isOutdated, refused, withChange } from './registry-outcome.ts';
import type { RegistryOutcome } from './registry-outcome.ts';

export async function createDwelling(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    dwelling: Omit<Dwelling, 'id' | 'version' | 'area' | keyof Placed> &
      Partial<Placed> & {
        id?: string | undefined;
        area?: Dwelling['area'];
      };
  },
): Promise<RegistryOutcome> {
  const { actorId, scope } = call;
  const { area = 'centre', latitude = null, longitude = null } = call.dwelling;
  const dwelling = { ...call.dwelling, id: call.dwelling.id ?? tx.newId(), area, latitude, longitude };
  const { id, stationId } = dwelling;
  if (await tx.registry.dwelling(id)) return refused('already-exists', 'id');
  if (!(await isStation(tx, scope, stationId))) return refused('reference-unknown', 'stationId');
  const half = halfPlaced(dwelling);
  if (half !== undefined) return refused('field-missing', half);
  await tx.registry.insertDwelling(dwelling);
  await appendRegistryEntry(tx, { kind: 'dwelling-created', id, actorId, stationId });
  tx.touched.directory.add(`dwelling:${id}`);
  return { ok: true, id };
}

export type DwellingChange = { [K in Exclude<keyof Dwelling, 'id' | 'version'>]?: Dwelling[K] | undefined };

/** What stands in the dwelling goes with it to its new station, so that no alarm stays with the old one. */
export async function changeDwelling(
  tx: Transaction,
  call: { actorId: string; scope: Scope; id: string; change: DwellingChange; version?: number | undefined },
): Promise<RegistryOutcome> {
  const { actorId, scope, id, change } = call;
  const dwelling = await tx.registry.dwelling(id);
  if (!dwelling || !covers(scope, dwelling.stationId)) return refused('not-found', 'id');
  if (isOutdated(dwelling, call)) return refused('changed-meanwhile', 'version');
  const changed = withChange(dwelling, change);
  const { stationId } = changed;
  const half = halfPlaced(changed);
  if (half !== undefined) return refused('field-missing', half);
  if (stationId !== dwelling.stationId) {
    if (!(await isStation(tx, scope, stationId))) return refused('reference-unknown', 'stationId');
    for (const gateway of await tx.registry.gatewaysIn(id)) {
      await tx.registry.updateGateway({ ...gateway, stationId });
      tx.touched.directory.add(`gateway:${gateway.id}`);
    }
  }
  await tx.registry.updateDwelling(changed);
  for (const device of await tx.registry.devicesOf({ dwellingId: id })) {
    if (device.stationId !== stationId) await tx.registry.updateDevice({ ...device, stationId });
    tx.touched.devices.add(device.id);
  }
  await appendRegistryEntry(tx, {
    kind: 'dwelling-changed',
    id,
    actorId,
    stationId,
    fields: changedFields(change),
  });
  tx.touched.directory.add(`dwelling:${id}`);
  return { ok: true, id };
}

export async function isStation(tx: Transaction, scope: Scope, stationId: string): Promise<boolean> {
  if (!covers(scope, stationId)) return false;
  return (await tx.registry.organisation(stationId))?.level === 'station';
}
