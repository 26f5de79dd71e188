import type { Signals } from '@carebell/contracts/messages.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { unknownForgottenAfterDays } from '@carebell/contracts/unknown-limits.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { createDevice } from '../device/device-registry-works.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome, RegistryRefusal } from '../resident/registry-outcome.ts';
import { dwellingInScope } from '../resident/resident-works.ts';
import type { GatewayRecord } from '../resident/registry-store.ts';

type Call = { actorId: string; scope: Scope; gatewayId: string; code: string };

const dayMs = 86_400_000;
const forgottenAtOnce = 200;

/** Enters it behind the gateway that heard it, and gives the alarms that it raised meanwhile to its resident. */
export async function adoptUnknown(
  tx: Transaction,
  call: Call & {
    device: {
      type: DeviceType;
      name: string;
      room: string;
      dwellingId: string | null;
      residentId?: string | null | undefined;
      signals: Signals;
    };
  },
): Promise<{ ok: true; id: string; alarmIds: string[] } | RegistryRefusal> {
  const { actorId, scope, gatewayId, code } = call;
  const gateway = await gatewayIn(tx, call);
  if (!gateway || !(await tx.unknown.find(gatewayId, code))) return refused('not-found', 'code');
  const { residentId = await onlyResident(tx, scope, call.device.dwellingId), ...device } = call.device;
  const isTaken =
    (await tx.registry.device(code))?.isRegistered ?? (await tx.registry.accountKind(code)) !== undefined;
  const entered = await createDevice(tx, {
    actorId,
    scope,
    // It signs in through its gateway, so that no secret is used.
    secretHash: '',
    device: {
      ...device,
      residentId,
      stationId: null,
      gatewayId,
      id: isTaken ? undefined : code,
      heardAs: isTaken ? code : null,
    },
  });
  if (!entered.ok) return entered;
  await tx.unknown.restore(gateway.stationId, code);
  await tx.unknown.forgetAt(gateway.stationId, code);
  return { ok: true, id: entered.id, alarmIds: entered.alarmIds };
}

/** It is a neighbour's or of no concern. An alarm of it is an alarm all the same. */
export async function dismissUnknown(
  tx: Transaction,
  call: Call & { note: string },
): Promise<RegistryOutcome> {
  const { actorId, code, note } = call;
  const gateway = await gatewayIn(tx, call);
  if (!gateway || !(await tx.unknown.find(call.gatewayId, code))) return refused('not-found', 'code');
  const { stationId } = gateway;
  await tx.unknown.dismiss({ stationId, code, atMs: tx.nowMs, by: actorId, note });
  await appendRegistryEntry(tx, { kind: 'unknown-dismissed', id: code, actorId, deviceId: code, stationId });
  return { ok: true, id: code };
}

export async function restoreUnknown(tx: Transaction, call: Call): Promise<RegistryOutcome> {
  const { actorId, code } = call;
  const gateway = await gatewayIn(tx, call);
  if (!gateway || !(await tx.unknown.restore(gateway.stationId, code))) return refused('not-found', 'code');
  const { stationId } = gateway;
  await appendRegistryEntry(tx, { kind: 'unknown-restored', id: code, actorId, deviceId: code, stationId });
  return { ok: true, id: code };
}

/** Forgets what was not heard for long; `true` if more is left. */
export async function forgetUnknown(tx: Transaction, _: null): Promise<boolean> {
  const since = tx.nowMs - unknownForgottenAfterDays * dayMs;
  const unheard = await tx.unknown.unheardSince(since, forgottenAtOnce);
  for (const { gatewayId, code } of unheard) await tx.unknown.forget(gatewayId, code);
  return unheard.length === forgottenAtOnce;
}

async function gatewayIn(tx: Transaction, { scope, gatewayId }: Call): Promise<GatewayRecord | undefined> {
  const gateway = await tx.registry.gateway(gatewayId);
  return gateway && covers(scope, gateway.stationId) ? gateway : undefined;
}

/** Who lives alone in it; an installer enters the home without reading who that is. */
async function onlyResident(
  tx: Transaction,
  scope: Scope,
  dwellingId: string | null,
): Promise<string | null> {
  if (dwellingId === null || !(await dwellingInScope(tx, scope, dwellingId))) return null;
  const [resident, another] = await tx.unknown.residentsOf(dwellingId);
  return another === undefined ? (resident ?? null) : null;
}

export const unknownWorks = { adoptUnknown, dismissUnknown, restoreUnknown, forgetUnknown };
