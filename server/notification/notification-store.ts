import type {
  ChannelAddress,
  ChannelKind,
  NotificationLocale,
  NotificationPurpose,
  NotificationReason,
  RecipientKind,
} from '@carebell/contracts/notifications.ts';
import type { NotificationState } from './notification-state.ts';

/** Who is told. `isResponder`: may be asked to go there, so the notification carries the link to the phone page. */
export type Recipient = {
  kind: RecipientKind;
  id: string;
  displayName: string;
  /** `null` for the hub's own. */
  locale: NotificationLocale | null;
  isResponder: boolean;
};

/** Where, in which language and of what a user wants to be told. */
export type UserWishes = {
  addresses: readonly ChannelAddress[];
  locale: NotificationLocale | null;
  wantsReports: boolean;
};

export type NotificationRecord = {
  id: string;
  alarmId: string;
  /** The alarm's station, from which channels are looked for upwards; `null` for a stray device. */
  stationId: string | null;
  stepKey: string;
  purpose: NotificationPurpose;
  recipient: Recipient;
  channels: readonly ChannelAddress[];
  /** 0 emergency to 3 technical: the most urgent is sent first. */
  urgency: number;
  createdAtMs: number;
  expiresAtMs: number;
  isLinkRevoked: boolean;
  state: NotificationState;
};

/** What a channel is set to, and how it has been doing. `sealed` holds its secrets, which only the hub's key opens. */
export type ChannelRecord = {
  id: string;
  organisationId: string;
  kind: ChannelKind;
  name: string;
  /** What is no secret, by the contract of its kind. */
  settings: unknown;
  sealed: string;
  /** The names of the secrets that it has. */
  secretNames: readonly string[];
  isEnabled: boolean;
  version: number;
  health: ChannelHealth;
};

export type ChannelHealth = {
  /** Failures in a row that were the channel's own fault. */
  failures: number;
  suspendedAtMs: number | null;
  /** When a suspended channel is tried again. */
  probeAtMs: number | null;
  lastReason: NotificationReason | null;
};

export type NotificationStore = {
  /** `false` if this recipient has one of this step of this alarm already; nothing is changed then. */
  insert(notification: NotificationRecord): Promise<boolean>;
  load(id: string): Promise<NotificationRecord | undefined>;
  /** The notification that this channel's provider knows under this identifier. */
  findByReceipt(channelId: string, receiptId: string): Promise<NotificationRecord | undefined>;
  /** The link that this recipient was sent last about this alarm, and that still works or is on its way. */
  lastLink(
    alarmId: string,
    recipient: Pick<Recipient, 'kind' | 'id'>,
  ): Promise<{ notificationId: string; atMs: number } | null>;
  update(notification: NotificationRecord): Promise<void>;
  /** Those that were being sent when the hub ended, and are therefore sent again. */
  interrupted(): Promise<NotificationRecord[]>;
  /** Queued for a channel that has just been suspended, or for one that works again. */
  hurryQueued(channelId: string, nowMs: number): Promise<void>;
  channel(id: string): Promise<ChannelRecord | undefined>;
  /** Those of this kind which serve these organisations, switched off ones left out. */
  channelsOf(kind: ChannelKind, organisationIds: readonly string[]): Promise<ChannelRecord[]>;
  insertChannel(channel: ChannelRecord): Promise<void>;
  updateChannel(channel: ChannelRecord): Promise<void>;
  updateHealth(channelId: string, health: ChannelHealth): Promise<void>;
  deleteChannel(id: string): Promise<void>;
  /** Empties the addresses of what was finished before this instant; returns how many it emptied, at most so many. */
  forgetAddresses(finishedBeforeMs: number, atMost: number): Promise<number>;
  userWishes(userId: string): Promise<UserWishes>;
  putUserWishes(userId: string, wishes: UserWishes): Promise<void>;
};
