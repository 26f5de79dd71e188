import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import type { Insertable, Kysely, Selectable } from 'kysely';
import type { NotificationState } from '../../notification/notification-state.ts';
import type {
  ChannelHealth,
  ChannelRecord,
  NotificationRecord,
  Recipient,
  UserWishes,
} from '../../notification/notification-store.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

/** A notification as it stands in the store, with the addresses opened. */
export type NotificationRow = Omit<Selectable<Tables['notifications']>, 'channels'> & { channels: string };

export function allNotifications(db: Kysely<Tables>) {
  return db.selectFrom('notifications').selectAll().select(opened('notifications.channels').as('channels'));
}

export function notificationRow(notification: NotificationRecord): NotificationRow {
  const { recipient } = notification;
  return {
    id: notification.id,
    alarm_id: notification.alarmId,
    station_id: notification.stationId,
    step_key: notification.stepKey,
    purpose: notification.purpose,
    recipient_key: `${recipient.kind}:${recipient.id}`,
    recipient: JSON.stringify(recipient),
    channels: JSON.stringify(notification.channels),
    urgency: notification.urgency,
    created_at: notification.createdAtMs,
    expires_at: notification.expiresAtMs,
    is_link_revoked: notification.isLinkRevoked ? 1 : 0,
    ...stateColumns(notification.state),
  };
}

/** The state as it is, and beside it what it is looked for by. */
export function stateColumns(
  state: NotificationState,
): Pick<Tables['notifications'], 'phase' | 'state' | 'due_at' | 'channel_id' | 'receipt_id'> {
  return {
    phase: state.is,
    state: JSON.stringify(state),
    due_at: dueAt(state),
    channel_id: 'channelId' in state ? state.channelId : null,
    receipt_id: 'receiptId' in state ? state.receiptId : null,
  };
}

function dueAt(state: NotificationState): number | null {
  if (state.is === 'queued') return state.dueAtMs;
  if (state.is === 'sending') return state.leaseUntilMs;
  return state.is === 'accepted' ? state.reportDueAtMs : null;
}

export function notificationOf(row: NotificationRow): NotificationRecord {
  return {
    id: row.id,
    alarmId: row.alarm_id,
    stationId: row.station_id,
    stepKey: row.step_key,
    purpose: row.purpose,
    recipient: JSON.parse(row.recipient) as Recipient,
    channels: JSON.parse(row.channels) as ChannelAddress[],
    urgency: row.urgency,
    createdAtMs: row.created_at,
    expiresAtMs: row.expires_at,
    isLinkRevoked: row.is_link_revoked === 1,
    state: JSON.parse(row.state) as NotificationState,
  };
}

export function channelRow(channel: ChannelRecord): Insertable<Tables['channels']> {
  return {
    id: channel.id,
    organisation_id: channel.organisationId,
    kind: channel.kind,
    name: channel.name,
    settings: JSON.stringify(channel.settings),
    sealed: channel.sealed,
    secret_names: JSON.stringify(channel.secretNames),
    is_enabled: channel.isEnabled ? 1 : 0,
    version: channel.version,
    ...healthColumns(channel.health),
  };
}

export function healthColumns(
  health: ChannelHealth,
): Pick<Tables['channels'], 'failures' | 'suspended_at' | 'probe_at' | 'last_reason'> {
  return {
    failures: health.failures,
    suspended_at: health.suspendedAtMs,
    probe_at: health.probeAtMs,
    last_reason: health.lastReason,
  };
}

export function channelOf(row: Selectable<Tables['channels']>): ChannelRecord {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    kind: row.kind,
    name: row.name,
    settings: JSON.parse(row.settings) as unknown,
    sealed: row.sealed,
    secretNames: JSON.parse(row.secret_names) as string[],
    isEnabled: row.is_enabled === 1,
    version: row.version,
    health: {
      failures: row.failures,
      suspendedAtMs: row.suspended_at,
      probeAtMs: row.probe_at,
      lastReason: row.last_reason,
    },
  };
}

export async function userWishes(db: Kysely<Tables>, userId: string): Promise<UserWishes> {
  const row = await db
    .selectFrom('user_addresses')
    .select(['locale', 'wants_reports', opened('user_addresses.addresses').as('addresses')])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (!row) return { addresses: [], locale: null, wantsReports: false };
  const addresses = JSON.parse(row.addresses) as ChannelAddress[];
  return { addresses, locale: row.locale, wantsReports: row.wants_reports === 1 };
}
