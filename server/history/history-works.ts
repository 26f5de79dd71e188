import type { Transaction } from '../journal/transaction.ts';
import type { RefusedPoint } from './carry.ts';
import { eraseEntries, eraseResident, finishErasure } from './erasure-works.ts';

/** A name that changed its type refuses every reading from then on: the latest are enough, and all are counted. */
const deadLettersAtMost = 10_000;

export async function recordDeadLetters(tx: Transaction, points: readonly RefusedPoint[]): Promise<void> {
  await tx.history.addDeadLetters(points, tx.nowMs, deadLettersAtMost);
  const times = new Map<string, { count: number; sample: string }>();
  for (const { deviceId, reason } of points) {
    const subject = deviceId ?? 'hub';
    times.set(subject, { count: (times.get(subject)?.count ?? 0) + 1, sample: reason.slice(0, 200) });
  }
  for (const [subject, { count, sample }] of times)
    await tx.refusals.count({ reason: 'history-refused', subject, sample }, count, tx.nowMs);
}

export const historyWorks = { recordDeadLetters, eraseResident, eraseEntries, finishErasure };
