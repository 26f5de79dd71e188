import { raiseHubAlarm } from '../alarm/hub-alarm.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import type { Transaction } from './transaction.ts';

/** Far more than a log can have held. */
const skippedNumbers = 10_000_000;

/** Something that was committed is gone: a technical alarm that somebody must close, and a line that stays. */
export async function recordLogDamage(
  tx: Transaction,
  { lostPages, isMixed }: { lostPages: number; isMixed: boolean },
): Promise<null> {
  // Screens and followers know numbers that are gone: none of them may mean something else from now on.
  await tx.skipNumbers(skippedNumbers);
  const fields = [`${lostPages} pages`, ...(isMixed ? ['mixed'] : [])];
  await appendRegistryEntry(tx, { kind: 'log-damaged', id: 'hub', actorId: 'hub', fields });
  await raiseHubAlarm(tx, { kind: 'store-damaged', sinceMs: tx.nowMs });
  return null;
}

export const logDamageWorks = { recordLogDamage };
