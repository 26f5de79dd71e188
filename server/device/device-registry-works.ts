import type { Signals } from '@carebell/contracts/messages.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { nameOpenAlarms } from '../alarm/named-alarms.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { changedFields, isOutdated, refused, withChange } from '../resident/registry-outcome.ts';
import type { RegistryRefusal } from '../resident/registry-outcome.ts';
import type { DeviceRecord, Entered } from '../resident/registry-store.ts';
import { checkHeard, nameOfItsOwn } from './device-registry-heard.ts';
import { completePlace } from './device-registry-place.ts';
import type { Place } from './device-registry-place.ts';

type NewDevice = Place & {
  id?: string | undefined;
  type: DeviceType;
  name: string;
  room: string;
  heardAs: string | null;
  signals: Signals;
};

/**
 * Enters a device. One that a gateway heard before anybody entered it is adopted: it keeps its gateway, its signs of
 * life and its history, and its resident has the alarms that it raised meanwhile. `isSecretUsed` is `false` for a device that signs in through its gateway.
 */
export async function createDevice(
  tx: Transaction,
  call: { actorId: string; scope: Scope; device: NewDevice; secretHash: string },
): Promise<{ ok: true; id: string; isSecretUsed: boolean; alarmIds: string[] } | RegistryRefusal> {
  const { actorId, scope } = call;
  const id = call.device.id ?? tx.newId();
  const heard = await tx.registry.device(id);
  const isTaken = heard ? heard.isRegistered : (await tx.registry.accountKind(id)) !== undefined;
  if (isTaken) return refused('already-exists', 'id');
  const gatewayId = call.device.gatewayId ?? heard?.gatewayId ?? null;
  const placed = await completePlace(tx, scope, { ...call.device, gatewayId });
  if (!placed.ok) return placed;
  const { type, name, room, signals } = call.device;
  const isSecretUsed = gatewayId === null;
  const device = {
    id,
    type,
    name,
    room,
    ...placed.place,
    heardAs: nameOfItsOwn(id, call.device.heardAs),
    signals,
    isRegistered: true,
    hasSecret: isSecretUsed,
  };
  const misheard = await checkHeard(tx, device);
  if (misheard) return misheard;
  if (heard) await tx.registry.updateDevice({ ...device, version: heard.version });
  else await tx.registry.insertDevice(device);
  if (heard && (await tx.exchanges.life(id))?.retiredAtMs != null)
    await tx.exchanges.enterAgain(id, tx.nowMs);
  if (isSecretUsed) await tx.registry.setSecretHash('device', id, call.secretHash);
  await record(tx, heard ? 'device-adopted' : 'device-created', device, actorId);
  const alarmIds = gatewayId === null ? [] : await nameOpenAlarms(tx, id, device.heardAs ?? id, actorId);
  return { ok: true, id, isSecretUsed, alarmIds };
}

export type DeviceChange = {
  type?: DeviceType | undefined;
  name?: string | undefined;
  room?: string | undefined;
  stationId?: string | null | undefined;
  dwellingId?: string | null | undefined;
  residentId?: string | null | undefined;
  gatewayId?: string | null | undefined;
  heardAs?: string | null | undefined;
  signals?: Signals | undefined;
};

/** What a change leaves open follows anew: a new resident brings a new dwelling, a new dwelling a new station. */
export async function changeDevice(
  tx: Transaction,
  call: { actorId: string; scope: Scope; id: string; change: DeviceChange; version?: number | undefined },
): Promise<{ ok: true; id: string } | RegistryRefusal> {
  const { actorId, scope, id, change } = call;
  const device = await tx.registry.device(id);
  if (!device || !covers(scope, device.stationId)) return refused('not-found', 'id');
  if (isOutdated(device, call)) return refused('changed-meanwhile', 'version');
  const wanted = withChange(device, change);
  if (change.residentId !== undefined && change.dwellingId === undefined && change.residentId !== null) {
    wanted.dwellingId = null;
  }
  // A dwelling that is somebody else's takes the device from its resident unless the change says whose it is now.
  if (change.dwellingId !== undefined && change.residentId === undefined && wanted.residentId !== null) {
    const resident = await tx.registry.resident(wanted.residentId);
    if (resident?.dwellingId !== change.dwellingId) wanted.residentId = null;
  }
  const isMoved = wanted.dwellingId !== device.dwellingId || wanted.residentId !== device.residentId;
  if (isMoved && change.stationId === undefined && hasHome(wanted)) wanted.stationId = null;
  const placed = await completePlace(tx, scope, wanted);
  if (!placed.ok) return placed;
  const heardAs = nameOfItsOwn(id, wanted.heardAs);
  const changed: DeviceRecord = { ...wanted, ...placed.place, heardAs };
  const misheard = await checkHeard(tx, changed);
  if (misheard) return misheard;
  await tx.registry.updateDevice(changed);
  await record(tx, 'device-changed', changed, actorId, changedFields(change));
  return { ok: true, id };
}

function hasHome({ dwellingId, residentId }: Place): boolean {
  return dwellingId !== null || residentId !== null;
}

async function record(
  tx: Transaction,
  kind: string,
  device: Entered<DeviceRecord>,
  actorId: string,
  fields?: readonly string[],
): Promise<void> {
  const { id, residentId, stationId } = device;
  await appendRegistryEntry(tx, {
    kind,
    id,
    actorId,
    deviceId: id,
    residentId,
    stationId,
    ...(fields ? { fields } : {}),
  });
  tx.touched.directory.add(`device:${id}`);
  tx.touched.devices.add(id);
}
