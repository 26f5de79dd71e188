import type { Transaction } from '../journal/transaction.ts';

/**
 * Stores the synthetic event: one row that is overwritten. It is no entry of the journal, so that it is in no history, no
 * number and no report, and 2,880 a day fill nothing.
 */
export async function receiveChainEvent(tx: Transaction, { number }: { number: number }): Promise<void> {
  await tx.supervision.setClock('chain', tx.nowMs, number);
}

export const chainWorks = { receiveChainEvent };
