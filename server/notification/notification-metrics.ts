import { channelKinds } from '@carebell/contracts/notifications.ts';
import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Gate } from '../journal/gate.ts';
import type { NotificationReads } from './notification-reads.ts';
import type { Attempt } from './notification-works.ts';

export type NotificationMetricPorts = {
  gate: Pick<Gate, 'listen'>;
  reads: Pick<NotificationReads, 'waiting' | 'channels'>;
};

/** What waits to be sent, what came of each attempt since the start, and which channels are suspended, by kind of channel. */
export function measureNotifications({ gate, reads }: NotificationMetricPorts, register: Registry): void {
  const attempts = new Counter({
    name: 'carebell_notification_attempts_total',
    help: 'Attempts to send since the start, by kind of channel and what came of them',
    labelNames: ['channel', 'outcome'],
    registers: [register],
  });
  const failures = new Counter({
    name: 'carebell_notification_failures_total',
    help: 'Attempts that failed since the start, by kind of channel and reason',
    labelNames: ['channel', 'reason'],
    registers: [register],
  });
  const waiting = new Gauge({
    name: 'carebell_notifications_waiting',
    help: 'Notifications that are queued, being sent or waiting for a delivery report, by the channel whose turn it is',
    labelNames: ['channel'],
    registers: [register],
    async collect() {
      const counts = await reads.waiting();
      for (const channel of channelKinds) waiting.set({ channel }, counts[channel] ?? 0);
    },
  });
  const suspended = new Gauge({
    name: 'carebell_channels_suspended',
    help: 'Channels that failed too often and are probed until they work again',
    labelNames: ['channel'],
    registers: [register],
    async collect() {
      const all = await reads.channels('all');
      for (const channel of channelKinds) {
        const own = all.filter(({ kind, isEnabled }) => kind === channel && isEnabled);
        suspended.set({ channel }, own.filter(({ health }) => health.suspendedAtMs !== null).length);
      }
    },
  });

  /** By which kind of channel an attempt that is under way goes. */
  const underWay = new Map<string, ChannelKind>();
  gate.listen({
    answered({ name, input }, error, result) {
      if (error) return;
      if (name === 'claimNotifications') {
        for (const { notificationId, channel } of result as Attempt[])
          underWay.set(notificationId, channel.kind);
      } else if (name === 'recordReceipt') {
        const { notificationId, receipt } = input;
        const channel = underWay.get(notificationId);
        underWay.delete(notificationId);
        if (channel === undefined) return;
        attempts.inc({ channel, outcome: receipt.is });
        if (receipt.is === 'refused') failures.inc({ channel, reason: receipt.reason });
      }
    },
  });
}
