import type { ClockLook } from '../clock.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { stepSince } from './clock-step.ts';

type Standing = Pick<ClockLook, 'boot' | 'uptimeMs'>;

/** The first work of a start: what is due goes with the clock, if that was set while the hub was away. Returns by how much. */
export async function beginClock(tx: Transaction, { boot, uptimeMs }: Standing): Promise<number> {
  const mark = { atMs: tx.nowMs, boot, uptimeMs };
  const byMs = stepSince(await tx.clock.mark(), await tx.clock.lastWrittenMs(), mark);
  if (byMs !== 0) {
    await tx.clock.carryOver(byMs);
    await record(tx, byMs);
  }
  await tx.clock.setMark(mark);
  return byMs;
}

/** Where the hub's clock stands, for the next start; and that the machine's was set, if it was. */
export async function noteClock(
  tx: Transaction,
  { boot, uptimeMs, setByMs }: Standing & Pick<ClockLook, 'setByMs'>,
): Promise<null> {
  if (setByMs !== 0) await record(tx, setByMs);
  await tx.clock.setMark({ atMs: tx.nowMs, boot, uptimeMs });
  return null;
}

async function record(tx: Transaction, byMs: number): Promise<void> {
  const seconds = Math.round(byMs / 1_000);
  const fields = [`${seconds > 0 ? '+' : ''}${seconds} s`];
  await appendRegistryEntry(tx, { kind: 'clock-set', id: 'hub', actorId: 'hub', fields });
}

export const clockWorks = { beginClock, noteClock };
