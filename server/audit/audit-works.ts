import type { Transaction } from '../journal/transaction.ts';
import type { Refusal } from './refusal-store.ts';

export async function countRefusals(
  tx: Transaction,
  counted: readonly { refusal: Refusal; times: number; atMs: number }[],
): Promise<void> {
  for (const { refusal, times, atMs } of counted) await tx.refusals.count(refusal, times, atMs);
}

/** Within this time a repeated event identifier of a device is a duplicate: 24 h. */
export const duplicateWithinMs = 24 * 3600 * 1000;

export async function forgetOldEvents(tx: Transaction, _: null): Promise<number> {
  return tx.forgetEventsBefore(tx.nowMs - duplicateWithinMs);
}

/** Writes and commits one line, so that a hub whose store failed learns when it works again. */
export async function proveStoreWorks(tx: Transaction, _: null): Promise<void> {
  await tx.refusals.count({ reason: 'store-failed', subject: 'hub' }, 1, tx.nowMs);
}
