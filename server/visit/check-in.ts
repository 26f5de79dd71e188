import type { Transaction } from '../journal/transaction.ts';
import { pressAroundMs } from './visit-works.ts';

const keptMs = 15 * 86_400_000;

/**
 * A test press at a dwelling checks in the visitor who is there, whether the visit is told before or after it. It is only ever
 * a test press: whoever presses for help is heard as calling for help, with a visitor in the room as without.
 */
export async function notePress(
  tx: Transaction,
  { deviceId, dwellingId }: { deviceId: string; dwellingId: string | null },
  atMs: number,
): Promise<void> {
  if (dwellingId === null) return;
  await tx.visits.forgetPresses(tx.nowMs - keptMs);
  await tx.visits.insertPress({ dwellingId, deviceId, atMs });
  for (const { id, residentId } of await tx.visits.withoutCheckIn(dwellingId, atMs, pressAroundMs)) {
    await tx.visits.checkIn(id, atMs);
    await tx.visits.lookAgain(residentId);
  }
}
