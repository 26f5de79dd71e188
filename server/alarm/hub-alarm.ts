import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { Transaction } from '../journal/transaction.ts';
import { raiseOrJoin } from './alarm-service.ts';

/** What the hub may find wrong with itself. */
export type HubTrouble = Extract<AlarmKind, 'store-failing' | 'history-failing'>;

/** A technical alarm about the hub itself, which somebody must look at and close. */
export async function raiseHubAlarm(
  tx: Transaction,
  { kind, sinceMs }: { kind: HubTrouble; sinceMs: number },
): Promise<string> {
  const home = {
    deviceId: 'hub',
    type: 'other' as const,
    residentId: null,
    dwellingId: null,
    stationId: null,
    gatewayId: null,
    isRegistered: true,
  };
  return raiseOrJoin(tx, kind, home, { pressedAtMs: sinceMs, receivedAtMs: tx.nowMs, isLate: false });
}
