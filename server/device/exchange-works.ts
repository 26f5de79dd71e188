import type { Signals } from '@carebell/contracts/messages.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { defaultSupervision } from '@carebell/contracts/supervision-classes.ts';
import { takeBack } from '../alarm/alarm-service.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { withSensorExchanged } from '../detection/exchanged-sensor.ts';
import type { DeviceAt } from '../detection/watch.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { isOutdated, refused } from '../resident/registry-outcome.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import type { DeviceRecord } from '../resident/registry-store.ts';
import { createDevice } from './device-registry-works.ts';
import { lineageAfter } from './lineage.ts';

type Call = { actorId: string; scope: Scope; id: string; version?: number | undefined };

export type NewHardware = {
  id?: string | undefined;
  type?: DeviceType | undefined;
  gatewayId?: string | null | undefined;
  heardAs?: string | null | undefined;
  signals?: Signals | undefined;
};

/** Alarms about the hardware itself, which is no longer there. */
const ofHardware = [
  'device-silent',
  'battery-low',
  'mains-lost',
  'tamper',
  'sensor-stuck',
  'device-keeps-firing',
  'button-not-tested',
];

/** Takes a device out of service. Its call is still a call, and where it stood stays in the records. */
export async function retireDevice(
  tx: Transaction,
  call: Call,
): Promise<{ ok: true; id: string } | RegistryRefusal> {
  const found = await inService(tx, call);
  if (!found.ok) return found;
  await leaveService(tx, found.device, { actorId: call.actorId, replacedBy: null });
  await followInDetection(tx, found.device, null);
  return { ok: true, id: call.id };
}

/**
 * Other hardware takes the place of a device: it is entered with what was entered of the old one, which is taken out of service
 * in the same commit, so that at no moment both or none of them stand there.
 */
export async function exchangeDevice(
  tx: Transaction,
  call: Call & { hardware: NewHardware; secretHash: string },
): Promise<{ ok: true; id: string; isSecretUsed: boolean } | RegistryRefusal> {
  const { actorId, scope, hardware, secretHash } = call;
  const found = await inService(tx, call);
  if (!found.ok) return found;
  const { device: old } = found;
  const life = await tx.exchanges.life(old.id);
  const supervised = await tx.supervision.registered({ of: 'device', id: old.id });
  const { type = old.type, gatewayId = old.gatewayId } = hardware;
  const { name, room, stationId, dwellingId, residentId } = old;
  // First, because it looks at everything before it writes anything: a refusal leaves the old one where it is.
  const created = await createDevice(tx, {
    actorId,
    scope,
    device: {
      id: hardware.id,
      type,
      name,
      room,
      stationId,
      dwellingId,
      residentId,
      gatewayId,
      heardAs: hardware.heardAs ?? null,
      signals: hardware.signals ?? (gatewayId === null ? {} : old.signals),
    },
    secretHash,
  });
  if (!created.ok) return created;
  const { id: newId } = created;
  await leaveService(tx, old, { actorId, replacedBy: newId });
  const lineage = lineageAfter({ id: old.id, enteredAtMs: null, lineage: [], ...life }, tx.nowMs);
  await tx.exchanges.succeed(newId, lineage);
  const isOwnClass =
    supervised !== undefined &&
    JSON.stringify(supervised.setting) !== JSON.stringify(defaultSupervision[old.type]);
  if (isOwnClass) await tx.supervision.set({ of: 'device', id: newId }, supervised.setting);
  await followInDetection(tx, old, { id: newId, type, room, name });
  await appendRegistryEntry(tx, {
    kind: 'device-exchanged',
    id: newId,
    actorId,
    deviceId: newId,
    residentId,
    stationId,
    fields: [`replaces:${old.id}`],
  });
  return created;
}

async function inService(
  tx: Transaction,
  { scope, id, version }: Call,
): Promise<{ ok: true; device: DeviceRecord } | RegistryRefusal> {
  const device = await tx.registry.device(id);
  if (!device?.isRegistered || !covers(scope, device.stationId)) return refused('not-found', 'id');
  return isOutdated(device, { version }) ? refused('changed-meanwhile', 'version') : { ok: true, device };
}

async function leaveService(
  tx: Transaction,
  device: DeviceRecord,
  { actorId, replacedBy }: { actorId: string; replacedBy: string | null },
): Promise<void> {
  const { id, residentId, stationId, dwellingId, type, gatewayId } = device;
  const home = { deviceId: id, type, residentId, dwellingId, stationId, gatewayId, isRegistered: true };
  const why = replacedBy === null ? 'device.retired' : 'device.exchanged';
  await takeBack(tx, home, ofHardware, why);
  await tx.supervision.save({ of: 'device', id }, null);
  await tx.supervision.set({ of: 'device', id }, null);
  await tx.exchanges.endCommands(id, 'device-retired', tx.nowMs);
  await tx.claims.forget(id);
  await tx.exchanges.retire(id, replacedBy, tx.nowMs);
  await appendRegistryEntry(tx, {
    kind: 'device-retired',
    id,
    actorId,
    deviceId: id,
    residentId,
    stationId,
    ...(replacedBy === null ? {} : { fields: [`replaced-by:${replacedBy}`] }),
  });
  tx.touched.directory.add(`device:${id}`);
  tx.touched.devices.add(id);
  for (const alarm of await tx.absences.openAlarmsOf(residentId ?? '')) tx.touched.alarms.add(alarm);
}

/** What is known of the resident goes on with the new sensor; what only the old one could have ended does not. */
async function followInDetection(tx: Transaction, old: DeviceRecord, next: DeviceAt | null): Promise<void> {
  const residents =
    old.residentId !== null
      ? [old.residentId]
      : old.dwellingId === null
        ? []
        : await tx.exchanges.residentsIn(old.dwellingId);
  for (const residentId of residents) {
    const watch = await tx.detection.watch(residentId);
    if (watch?.sensors[old.id])
      await tx.detection.putWatch(residentId, withSensorExchanged(watch, old.id, next));
  }
}

export const exchangeWorks = { retireDevice, exchangeDevice };
