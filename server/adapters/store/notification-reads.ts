import type { ChannelAddress, ChannelKind } from '@carebell/contracts/notifications.ts';
import type { Kysely } from 'kysely';
import type { NotificationReads } from '../../notification/notification-reads.ts';
import { allNotifications, channelOf, notificationOf, userWishes } from './notification-rows.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

/** Somebody is told when more than a few wait; how many thousands they are makes no difference. */
const countedAtMost = 10_000;

export function createNotificationReads(db: Kysely<Tables>): NotificationReads {
  const all = () => allNotifications(db);
  return {
    async due({ nowMs, busyChannels, limit }) {
      let query = db
        .selectFrom('notifications')
        .select('id')
        .where('due_at', '<=', nowMs)
        .orderBy('urgency')
        .orderBy('due_at')
        .limit(limit);
      if (busyChannels.length > 0)
        query = query.where((where) =>
          where.or([where('channel_id', 'is', null), where('channel_id', 'not in', busyChannels)]),
        );
      return (await query.execute()).map(({ id }) => id);
    },
    async probesDue(nowMs) {
      const rows = await db
        .selectFrom('channels')
        .selectAll()
        .where('probe_at', '<=', nowMs)
        .where('is_enabled', '=', 1)
        .execute();
      return rows.map(channelOf);
    },
    async notification(id) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      return row && notificationOf(row);
    },
    async ofAlarm(alarmId) {
      const rows = await all().where('alarm_id', '=', alarmId).orderBy('created_at').execute();
      return rows.map(notificationOf);
    },
    userWishes: (userId) => userWishes(db, userId),
    async waiting() {
      const rows = await db
        .selectFrom('notifications')
        .select([opened('notifications.channels').as('channels'), 'state'])
        .where('due_at', 'is not', null)
        .limit(countedAtMost)
        .execute();
      const counts: Partial<Record<ChannelKind, number>> = {};
      for (const { channels, state } of rows) {
        const { channelIndex = 0 } = JSON.parse(state) as { channelIndex?: number };
        const kind = (JSON.parse(channels) as ChannelAddress[])[channelIndex]?.kind;
        if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
      }
      return counts;
    },
    async channel(id) {
      const row = await db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst();
      return row && channelOf(row);
    },
    async channels(organisationIds) {
      let query = db.selectFrom('channels').selectAll().orderBy('name').orderBy('id');
      if (organisationIds !== 'all')
        query = query.where('organisation_id', 'in', organisationIds.length > 0 ? organisationIds : ['']);
      return (await query.execute()).map(channelOf);
    },
  };
}
