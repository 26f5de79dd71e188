import { apply } from '../alarm/alarm-service.ts';
import type { Transaction } from '../journal/transaction.ts';

export async function markCommandsSent(tx: Transaction, commandIds: readonly string[]): Promise<void> {
  await tx.commands.markSent(commandIds, tx.nowMs);
}

/** A reassurance that never reached its device stands on the time line: the resident was not told. */
export async function expireCommands(tx: Transaction, _: null): Promise<number> {
  const overdue = await tx.commands.overdue(tx.nowMs);
  for (const { id, deviceId, alarmId, reassurance } of overdue) {
    await tx.commands.finish(id, 'expired', 'no answer before its expiry', tx.nowMs);
    if (alarmId !== null && reassurance !== null) {
      await apply(tx, alarmId, {
        type: 'reassurance-answered',
        deviceId,
        state: reassurance,
        commandId: id,
        ok: false,
        reason: 'expired',
      });
    }
  }
  return overdue.length;
}
