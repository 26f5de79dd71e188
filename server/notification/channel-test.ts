import type { channelTestResultSchema } from '@carebell/contracts/channels.ts';
import type { NotificationLocale } from '@carebell/contracts/notifications.ts';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { Channel } from './channel.ts';
import { composeTest } from './compose-message.ts';
import { notificationPolicy } from './notification-machine.ts';
import type { ChannelRecord } from './notification-store.ts';

export type ChannelTestPorts = {
  commit: Gate['commit'];
  clock: Pick<Clock, 'monotonic'>;
  newId(): string;
  openChannel(channel: Pick<ChannelRecord, 'id' | 'kind' | 'settings' | 'sealed'>): Channel | undefined;
};

/** Sends a message that says it is a test, notes how the channel did, and tells what the other end said. */
export async function sendTest(
  { commit, clock, newId, openChannel }: ChannelTestPorts,
  channel: ChannelRecord,
  test: { address: string; locale: NotificationLocale; testedBy: string; nowIso: string },
): Promise<z.infer<typeof channelTestResultSchema>> {
  const open = openChannel(channel);
  if (!open) return { result: 'refused', reason: 'channel-unusable', receiptId: null, answer: '', tookMs: 0 };
  const { address, locale, testedBy } = test;
  const message = composeTest({ id: `test-${newId()}`, address, locale }, test.nowIso);
  const startedAtMs = clock.monotonic();
  const receipt = await open.send(message, AbortSignal.timeout(notificationPolicy.sendWithinMs));
  const tookMs = Math.round(clock.monotonic() - startedAtMs);
  const sign = { channelId: channel.id, isProbe: false, testedBy };
  await commit('recordChannelSign', { ...sign, receipt: { ...receipt, answer: '' } });
  return {
    result: receipt.is,
    reason: receipt.is === 'refused' ? receipt.reason : null,
    receiptId: receipt.is === 'refused' ? null : receipt.receiptId,
    answer: receipt.answer,
    tookMs,
  };
}
