import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { isStation } from '../resident/dwelling-works.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { changedFields, isOutdated, refused, withChange } from '../resident/registry-outcome.ts';
import type { RegistryOutcome, RegistryRefusal } from '../resident/registry-outcome.ts';
import type { AccountKind, GatewayRecord } from '../resident/registry-store.ts';
import { dwellingInScope } from '../resident/resident-works.ts';
import { checkHeardAt } from './device-registry-heard.ts';

export async function createGateway(
  tx: Transaction,
  call: {
    actorId: string;
    scope: Scope;
    gateway: Omit<GatewayRecord, 'id' | 'version'> & { id?: string | undefined };
    secretHash: string;
  },
): Promise<RegistryOutcome> {
  const { actorId, scope, secretHash } = call;
  const gateway = { ...call.gateway, id: call.gateway.id ?? tx.newId() };
  const { id, stationId } = gateway;
  if (await tx.registry.accountKind(id)) return refused('already-exists', 'id');
  const misplaced = await checkPlace(tx, scope, gateway);
  if (misplaced) return misplaced;
  await tx.registry.insertGateway(gateway, secretHash);
  await appendRegistryEntry(tx, { kind: 'gateway-created', id, actorId, stationId });
  tx.touched.directory.add(`gateway:${id}`);
  return { ok: true, id };
}

export type GatewayChange = {
  name?: string | undefined;
  stationId?: string | undefined;
  dwellingId?: string | null | undefined;
};

/** Devices that only their gateway places (nobody has said whose they are) go with it to its new station. */
export async function changeGateway(
  tx: Transaction,
  call: { actorId: string; scope: Scope; id: string; change: GatewayChange; version?: number | undefined },
): Promise<RegistryOutcome> {
  const { actorId, scope, id, change } = call;
  const gateway = await tx.registry.gateway(id);
  if (!gateway || !covers(scope, gateway.stationId)) return refused('not-found', 'id');
  if (isOutdated(gateway, call)) return refused('changed-meanwhile', 'version');
  const changed = withChange(gateway, change);
  const { stationId } = changed;
  const misplaced = await checkPlace(tx, scope, changed);
  if (misplaced) return misplaced;
  const isMoved = stationId !== gateway.stationId;
  const misheard = isMoved ? await checkHeardAt(tx, id, stationId) : undefined;
  if (misheard) return misheard;
  await tx.registry.updateGateway(changed);
  if (isMoved) {
    for (const device of await tx.registry.devicesOf({ gatewayId: id })) {
      if (device.dwellingId !== null || device.stationId !== gateway.stationId) continue;
      await tx.registry.updateDevice({ ...device, stationId });
      tx.touched.directory.add(`device:${device.id}`);
      tx.touched.devices.add(device.id);
    }
  }
  const fields = changedFields(change);
  await appendRegistryEntry(tx, { kind: 'gateway-changed', id, actorId, stationId, fields });
  tx.touched.directory.add(`gateway:${id}`);
  return { ok: true, id };
}

export async function createServiceAccount(
  tx: Transaction,
  call: { actorId: string; id: string; name: string; secretHash: string },
): Promise<RegistryOutcome> {
  const { actorId, id, name, secretHash } = call;
  if (await tx.registry.accountKind(id)) return refused('already-exists', 'id');
  await tx.registry.insertServiceAccount({ id, name, secretHash, createdAtMs: tx.nowMs });
  await appendRegistryEntry(tx, { kind: 'service-account-created', id, actorId });
  tx.touched.directory.add(`service:${id}`);
  return { ok: true, id };
}

/** The old secret stops working with the commit. */
export async function renewSecret(
  tx: Transaction,
  call: { actorId: string; scope: Scope; of: AccountKind; id: string; secretHash: string },
): Promise<RegistryOutcome> {
  const { actorId, scope, of, id, secretHash } = call;
  if (!(await isAccountInScope(tx, scope, of, id))) return refused('not-found', 'id');
  await tx.registry.setSecretHash(of, id, secretHash);
  const deviceId = of === 'device' ? { deviceId: id } : {};
  await appendRegistryEntry(tx, { kind: `${of}-secret-renewed`, id, actorId, ...deviceId });
  tx.touched.directory.add(`${of}:${id}`);
  if (of === 'device') tx.touched.devices.add(id);
  return { ok: true, id };
}

async function isAccountInScope(
  tx: Transaction,
  scope: Scope,
  of: AccountKind,
  id: string,
): Promise<boolean> {
  if (of === 'service') return scope === 'all' && (await tx.registry.accountKind(id)) === 'service';
  const account = of === 'device' ? await tx.registry.device(id) : await tx.registry.gateway(id);
  return account !== undefined && covers(scope, account.stationId);
}

async function checkPlace(
  tx: Transaction,
  scope: Scope,
  { stationId, dwellingId }: Pick<GatewayRecord, 'stationId' | 'dwellingId'>,
): Promise<RegistryRefusal | undefined> {
  if (!(await isStation(tx, scope, stationId))) return refused('reference-unknown', 'stationId');
  if (dwellingId === null) return undefined;
  const dwelling = await dwellingInScope(tx, scope, dwellingId);
  if (!dwelling) return refused('reference-unknown', 'dwellingId');
  return dwelling.stationId === stationId ? undefined : refused('reference-mismatch', 'dwellingId');
}
