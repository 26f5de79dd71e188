import type { Transaction } from '../journal/transaction.ts';
import type { Receipt } from './channel.ts';
import { clearSuspended, raiseSuspended } from './channel-alarm.ts';
import { afterSign, healthPolicy } from './channel-health.ts';
import type { ChannelSign } from './channel-health.ts';
import type { ChannelRecord } from './notification-store.ts';

/** What an attempt says about its channel: a refusal that is not the channel's fault shows that it works. */
export function signOf(receipt: Receipt): ChannelSign {
  if (receipt.is !== 'refused' || !receipt.isChannelsFault) return { is: 'works' };
  return { is: 'fails', reason: receipt.reason };
}

/**
 * Notes how a channel does. When it is suspended, those that wait for it go to the recipient's next channel at once and
 * a technical alarm tells of it; when it works again they come back, and the alarm says so.
 */
export async function takeSign(tx: Transaction, channel: ChannelRecord, sign: ChannelSign): Promise<void> {
  const { health, change } = afterSign(channel.health, sign, tx.nowMs, healthPolicy);
  if (health === channel.health) return;
  await tx.notifications.updateHealth(channel.id, health);
  if (change !== null) await tx.notifications.hurryQueued(channel.id, tx.nowMs);
  if (change === 'suspended') await raiseSuspended(tx, channel);
  if (change === 'resumed') await clearSuspended(tx, channel, 'channel.resumed');
}
