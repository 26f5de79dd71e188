import type { TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { ChannelKind, NotificationReason } from '@carebell/contracts/notifications.ts';

/** How far one notification has come. */
export type Told = {
  notificationId: string;
  person: string;
  at: string;
  is: 'waiting' | 'on-its-way' | 'delivered' | 'failed' | 'given-up';
  channel: ChannelKind | null;
  reason: NotificationReason | null;
};

/** Who was told of an alarm and how it went, in the order in which the hub began. */
export function toldPeople(timeline: readonly TimelineEntry[]): Told[] {
  const told = new Map<string, Told>();
  for (const entry of timeline) {
    if (!('recipient' in entry)) continue;
    const { notificationId, recipient, at } = entry;
    const before = told.get(notificationId);
    const as = (is: Told['is'], channel: ChannelKind | null, reason: NotificationReason | null): void =>
      void told.set(notificationId, {
        notificationId,
        person: recipient.displayName,
        at,
        is,
        channel,
        reason,
      });
    switch (entry.step) {
      case 'notification-queued':
        as('waiting', entry.channels[0] ?? null, null);
        break;
      case 'notification-accepted':
        as('on-its-way', entry.channel, null);
        break;
      case 'notification-delivered':
        as('delivered', entry.channel, null);
        break;
      case 'notification-failed':
        // A late report of an earlier attempt takes nothing back from one that was delivered.
        if (before?.is !== 'delivered') as('failed', entry.channel, entry.reason);
        break;
      case 'notification-gave-up':
        as('given-up', before?.channel ?? null, entry.reason);
        break;
    }
  }
  return [...told.values()];
}
