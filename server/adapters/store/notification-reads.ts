import type { Kysely } from 'kysely';
import type { NotificationReads } from '../../notification/notification-reads.ts';
import { channelOf, notificationOf, userWishes } from './notification-rows.ts';
import type { Tables } from './tables.ts';

export function createNotificationReads(db: Kysely<Tables>): NotificationReads {
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
      const row = await db.selectFrom('notifications').selectAll().where('id', '=', id).executeTakeFirst();
      return row && notificationOf(row);
    },
    async ofAlarm(alarmId) {
      const rows = await db
        .selectFrom('notifications')
        .selectAll()
        .where('alarm_id', '=', alarmId)
        .orderBy('created_at')
        .execute();
      return rows.map(notificationOf);
    },
    userWishes: (userId) => userWishes(db, userId),
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
