import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { Transaction } from '../journal/transaction.ts';
import type { DeviceHome } from '../device/device-store.ts';
import { alarmSubject } from './alarm-rules.ts';
import { raiseOrJoin, takeBack } from './alarm-service.ts';

/** What the hub may find wrong with itself. */
export type HubTrouble = Extract<
  AlarmKind,
  'store-failing' | 'history-failing' | 'chain-broken' | 'detection-behind' | 'clock-set' | 'store-damaged'
>;

/** A technical alarm about the hub itself, which somebody must look at and close. What `isOver` can only now be stored. */
export async function raiseHubAlarm(
  tx: Transaction,
  { kind, sinceMs, isOver = false }: { kind: HubTrouble; sinceMs: number; isOver?: boolean },
): Promise<string> {
  const times = { pressedAtMs: sinceMs, receivedAtMs: tx.nowMs, isLate: false };
  const alarmId = await raiseOrJoin(tx, kind, hub, times);
  if (isOver) await takeBack(tx, hub, [kind], wellAgain);
  return alarmId;
}

/** It is well again: its alarm, if one is open, says so once, and somebody closes it. */
export async function clearHubAlarm(tx: Transaction, { kind }: { kind: HubTrouble }): Promise<void> {
  const open = await tx.alarms.findOpen(alarmSubject(kind, hub), kind);
  if (!open) return;
  const { cancelledAtMs, lastPressedAtMs } = open.state;
  if (cancelledAtMs !== null && cancelledAtMs >= lastPressedAtMs) return;
  await takeBack(tx, hub, [kind], wellAgain);
}

const wellAgain = 'hub.well-again';
const hub: DeviceHome = {
  deviceId: 'hub',
  type: 'other',
  residentId: null,
  dwellingId: null,
  stationId: null,
  gatewayId: null,
  isRegistered: true,
};
