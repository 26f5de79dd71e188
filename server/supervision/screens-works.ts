import { raiseOrJoin, takeBack } from '../alarm/alarm-service.ts';
import { alarmSubject } from '../alarm/alarm-rules.ts';
import type { DeviceHome } from '../device/device-store.ts';
import type { Transaction } from '../journal/transaction.ts';
import { isCleared } from './firing-works.ts';

/** A station that has had screens and residents with devices must have one, while somebody is on duty there. */
export const unwatchedAfterMs = 600_000;
const kind = 'station-unwatched';

export const screensDevicePrefix = 'screens:';

/**
 * Notes which stations have a screen now. One that has none for ten minutes is a technical alarm; as no screen of the station
 * displays that either, it goes to the street's screens and to whom the station's policy tells.
 */
export async function noteScreens(
  tx: Transaction,
  { watched, listeningSinceMs }: { watched: readonly string[]; listeningSinceMs: number },
): Promise<number> {
  for (const stationId of watched) {
    const before = await tx.supervision.screenAt(stationId);
    await tx.supervision.noteScreen(stationId, tx.nowMs);
    if (before !== undefined && tx.nowMs - before >= unwatchedAfterMs) await clear(tx, stationId);
  }
  let raised = 0;
  // While the hub was away no screen could be connected.
  if (tx.nowMs - listeningSinceMs < unwatchedAfterMs) return raised;
  for (const stationId of await tx.supervision.unwatched(tx.nowMs - unwatchedAfterMs, tx.nowMs)) {
    const home = homeOf(stationId);
    const open = await tx.alarms.findOpen(alarmSubject(kind, home), kind);
    if (watched.includes(stationId) || (open && !isCleared(open.state))) continue;
    await raiseOrJoin(tx, kind, home, { pressedAtMs: tx.nowMs, receivedAtMs: tx.nowMs, isLate: false });
    raised += 1;
  }
  return raised;
}

async function clear(tx: Transaction, stationId: string): Promise<void> {
  await takeBack(tx, homeOf(stationId), [kind], 'screen.connected');
}

function homeOf(stationId: string): DeviceHome {
  return {
    deviceId: `${screensDevicePrefix}${stationId}`,
    type: 'other',
    residentId: null,
    dwellingId: null,
    stationId,
    gatewayId: null,
    isRegistered: true,
  };
}

export const screensWorks = { noteScreens };
