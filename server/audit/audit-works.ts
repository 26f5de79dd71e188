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

/** So few that no alarm waits for them: about 10 ms. */
const forgottenAtOnce = 2_000;

/** Forgets a portion of what is older than a duplicate can be; `false` when nothing is left. */
export async function forgetOldEvents(tx: Transaction, _: null): Promise<boolean> {
  return (await tx.forgetEventsBefore(tx.nowMs - duplicateWithinMs, forgottenAtOnce)) === forgottenAtOnce;
}

/** Writes and commits one line, so that a hub whose store failed learns when it works again. */
export async function proveStoreWorks(tx: Transaction, _: null): Promise<void> {
  await tx.refusals.count({ reason: 'store-failed', subject: 'hub' }, 1, tx.nowMs);
}
