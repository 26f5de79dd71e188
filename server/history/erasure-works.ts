import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';

export type ErasureOutcome =
  { ok: true; pseudonym: string } | { ok: false; reason: 'not-found' | 'alarm-open' };

/**
 * Deletes a resident on request: the record at once, what devices said of them behind it, in portions. That it was done,
 * by whom and why, stays in the journal under a pseudonym.
 */
export async function eraseResident(
  tx: Transaction,
  call: { actorId: string; scope: Scope; residentId: string; reason: string },
): Promise<ErasureOutcome> {
  const { actorId, scope, residentId, reason } = call;
  const resident = await tx.registry.resident(residentId);
  const dwelling = resident && (await tx.registry.dwelling(resident.dwellingId));
  if (!dwelling || !covers(scope, dwelling.stationId)) return { ok: false, reason: 'not-found' };
  // Somebody is waiting for help, or nobody has said yet how it ended.
  if (await tx.history.hasOpenAlarm(residentId)) return { ok: false, reason: 'alarm-open' };
  for (const device of await tx.registry.devicesOf({ residentId })) {
    await tx.registry.updateDevice({ ...device, residentId: null });
    tx.touched.devices.add(device.id);
    tx.touched.directory.add(`device:${device.id}`);
  }
  const pseudonym = `erased-${tx.newId()}`;
  const { stationId } = dwelling;
  const erasure = { residentId, pseudonym, stationId, reason, requestedBy: actorId, atMs: tx.nowMs };
  await tx.history.forgetResident(erasure);
  tx.touched.directory.add(`dwelling:${dwelling.id}`);
  await appendRegistryEntry(tx, { kind: 'resident-erased', id: pseudonym, actorId, stationId });
  return { ok: true, pseudonym };
}

/** A portion of the journal, so that presses come between two of them. */
export async function eraseEntries(
  tx: Transaction,
  portion: { residentId: string; pseudonym: string; seqs: readonly number[] },
): Promise<number> {
  return tx.history.eraseEntries(portion);
}

export async function finishErasure(tx: Transaction, { pseudonym }: { pseudonym: string }): Promise<null> {
  await tx.history.finishErasure(pseudonym, tx.nowMs);
  await appendRegistryEntry(tx, { kind: 'resident-erasure-finished', id: pseudonym, actorId: 'hub' });
  return null;
}
