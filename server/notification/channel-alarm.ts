import { raiseOrJoin, takeBack } from '../alarm/alarm-service.ts';
import type { DeviceHome } from '../device/device-store.ts';
import type { Transaction } from '../journal/transaction.ts';
import { channelDevicePrefix } from './channel-device.ts';
import type { ChannelRecord } from './notification-store.ts';

/** A technical alarm tells that nothing goes out by this channel any more. */
export async function raiseSuspended(tx: Transaction, channel: ChannelRecord): Promise<void> {
  const times = { pressedAtMs: tx.nowMs, receivedAtMs: tx.nowMs, isLate: false };
  await raiseOrJoin(tx, 'channel-suspended', await homeOf(tx, channel), times);
}

/** It works again, was set up anew or is no longer used: its alarm says so, and somebody closes it. */
export async function clearSuspended(
  tx: Transaction,
  channel: ChannelRecord,
  because: 'channel.resumed' | 'channel.changed' | 'channel.deleted',
): Promise<void> {
  await takeBack(tx, await homeOf(tx, channel), ['channel-suspended'], because);
}

async function homeOf(tx: Transaction, { id, organisationId }: ChannelRecord): Promise<DeviceHome> {
  const organisation = await tx.registry.organisation(organisationId);
  return {
    deviceId: `${channelDevicePrefix}${id}`,
    type: 'other',
    residentId: null,
    dwellingId: null,
    // A street's or district's channel serves many stations, so all screens are told.
    stationId: organisation?.level === 'station' ? organisationId : null,
    gatewayId: null,
    isRegistered: true,
  };
}
