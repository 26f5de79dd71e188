import type { GatewayHealth } from '@carebell/contracts/messages.ts';
import { raiseOrJoin, takeBack } from '../alarm/alarm-service.ts';
import type { Transaction } from '../journal/transaction.ts';
import { afterHealth, areAllSilent, isDeaf, soundReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

const kind = 'receiver-deaf';

/** What a gateway reports of its ports may say that it hears nothing, or nothing but noise. */
export async function hearHealth(tx: Transaction, gatewayId: string, health: GatewayHealth): Promise<void> {
  const before = (await tx.supervision.receiver(gatewayId)) ?? soundReceiver;
  await become(tx, gatewayId, before, afterHealth(before, health));
}

/** Whether the devices behind this gateway are silent all together; then it is the gateway that is looked after. */
export async function judgeDevicesBehind(
  tx: Transaction,
  gatewayId: string,
  periodMs: number,
): Promise<boolean> {
  const behind = await tx.supervision.heardBehind(gatewayId);
  const areDevicesSilent = areAllSilent(behind, periodMs, tx.nowMs);
  const before = (await tx.supervision.receiver(gatewayId)) ?? soundReceiver;
  if (before.areDevicesSilent !== areDevicesSilent) {
    await become(tx, gatewayId, before, { ...before, areDevicesSilent });
  }
  return areDevicesSilent;
}

async function become(tx: Transaction, gatewayId: string, before: Receiver, after: Receiver): Promise<void> {
  await tx.supervision.saveReceiver(gatewayId, after);
  if (isDeaf(before) === isDeaf(after)) return;
  const registered = await tx.supervision.registered({ of: 'gateway', id: gatewayId });
  if (!registered) return;
  const times = { pressedAtMs: tx.nowMs, receivedAtMs: tx.nowMs, isLate: false };
  if (isDeaf(after)) await raiseOrJoin(tx, kind, registered.home, times);
  else await takeBack(tx, registered.home, [kind], 'receiver.hears');
}
