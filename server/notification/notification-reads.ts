import type { ChannelKind } from '@carebell/contracts/notifications.ts';
import type { ChannelRecord, NotificationRecord, UserWishes } from './notification-store.ts';

/** The outbox as the hub looks at it beside the transactions. */
export type NotificationReads = {
  /** What must be sent, sent again or given up now, the most urgent first; none that waits for one of these channels. */
  due(call: { nowMs: number; busyChannels: readonly string[]; limit: number }): Promise<string[]>;
  /** Suspended channels whose probe is due. */
  probesDue(nowMs: number): Promise<ChannelRecord[]>;
  notification(id: string): Promise<NotificationRecord | undefined>;
  ofAlarm(alarmId: string): Promise<NotificationRecord[]>;
  userWishes(userId: string): Promise<UserWishes>;
  /** How many are not finished, by the kind of the channel whose turn it is. */
  waiting(): Promise<Partial<Record<ChannelKind, number>>>;
  channel(id: string): Promise<ChannelRecord | undefined>;
  /** Of these organisations, by name. */
  channels(organisationIds: readonly string[] | 'all'): Promise<ChannelRecord[]>;
};
