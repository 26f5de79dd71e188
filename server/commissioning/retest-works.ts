import type { RetestReason } from '@carebell/contracts/commissioning.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import type { Doubt } from './retest.ts';
import { needOf } from './retest.ts';

/** Who marks and clears by what it heard. */
const hubItself = 'hub';

/** Marks the devices that were commissioned and are in doubt now, and how far the journal was read. */
async function markRetests(
  tx: Transaction,
  { doubts, untilSeq }: { doubts: readonly Doubt[]; untilSeq: number },
): Promise<void> {
  for (const { of, id, atMs, reasons } of doubts) {
    const deviceIds =
      of === 'device' ? [id] : (await tx.registry.devicesOf({ gatewayId: id })).map((device) => device.id);
    for (const deviceId of deviceIds) await mark(tx, deviceId, atMs, reasons);
  }
  await tx.commissionings.keepRetestCursor(untilSeq);
}

/** What was needed has been seen. A device that was put in doubt again since stays. */
async function clearRetests(
  tx: Transaction,
  seen: readonly { deviceId: string; sinceMs: number }[],
): Promise<void> {
  for (const { deviceId, sinceMs } of seen) {
    const retest = await tx.commissionings.retest(deviceId);
    if (retest?.sinceMs !== sinceMs) continue;
    await tx.commissionings.clearRetest(deviceId);
    await record(tx, 'commissioning-retest-cleared', deviceId, retest.reasons);
  }
}

async function mark(
  tx: Transaction,
  deviceId: string,
  sinceMs: number,
  reasons: readonly RetestReason[],
): Promise<void> {
  const commissioningId = await commissionedIn(tx, deviceId);
  const device = commissioningId === undefined ? undefined : await tx.registry.device(deviceId);
  if (commissioningId === undefined || !device?.isRegistered) return;
  const before = await tx.commissionings.retest(deviceId);
  const all = [...new Set([...(before?.reasons ?? []), ...reasons])];
  await tx.commissionings.putRetest({
    deviceId,
    commissioningId,
    sinceMs,
    reasons: all,
    needs: needOf(device.type, all),
  });
  await record(tx, 'commissioning-retest-due', deviceId, reasons);
}

/** Hardware that took the place of a device stands there by what was signed of the one before it. */
async function commissionedIn(tx: Transaction, deviceId: string): Promise<string | undefined> {
  const { lineage = [] } = (await tx.exchanges.life(deviceId)) ?? {};
  for (const id of [deviceId, ...lineage.map((before) => before.deviceId)]) {
    const signed = await tx.commissionings.signedOf(id);
    if (signed !== undefined) return signed;
  }
  return undefined;
}

async function record(
  tx: Transaction,
  kind: string,
  deviceId: string,
  fields: readonly string[],
): Promise<void> {
  const device = await tx.registry.device(deviceId);
  const { stationId = null, residentId = null } = device ?? {};
  await appendRegistryEntry(tx, {
    kind,
    id: deviceId,
    actorId: hubItself,
    deviceId,
    stationId,
    residentId,
    fields,
  });
}

export const retestWorks = { markRetests, clearRetests };
