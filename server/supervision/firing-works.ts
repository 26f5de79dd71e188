import { alarmSubject } from '../alarm/alarm-rules.ts';
import { raiseOrJoin, takeBack } from '../alarm/alarm-service.ts';
import type { Transaction } from '../journal/transaction.ts';

const kind = 'device-keeps-firing';

/**
 * A device that keeps firing is a technical alarm of its own as well. The alarms that it raised stay as they are: a
 * person may lie behind any of them.
 */
export async function raiseFiring(
  tx: Transaction,
  { deviceId, lastPressMs }: { deviceId: string; lastPressMs: number },
): Promise<void> {
  const home = await tx.devices.home(deviceId);
  if (!home) return;
  await raiseOrJoin(tx, kind, home, { pressedAtMs: lastPressMs, receivedAtMs: tx.nowMs, isLate: false });
}

/** It has stopped: its technical alarm says so, and somebody closes it. */
export async function clearFiring(tx: Transaction, { deviceId }: { deviceId: string }): Promise<void> {
  const home = await tx.devices.home(deviceId);
  const open = home && (await tx.alarms.findOpen(alarmSubject(kind, home), kind));
  if (!open || isCleared(open.state)) return;
  await takeBack(tx, home, [kind], 'device.quiet');
}

export const firingWorks = { raiseFiring, clearFiring };

/** What has raised it has ended since. */
export function isCleared(state: { cancelledAtMs: number | null; lastPressedAtMs: number }): boolean {
  return state.cancelledAtMs !== null && state.cancelledAtMs >= state.lastPressedAtMs;
}
