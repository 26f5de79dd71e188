import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { NotificationStore } from '../../notification/notification-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import {
  allNotifications,
  channelOf,
  channelRow,
  healthColumns,
  notificationOf,
  notificationRow,
  stateColumns,
  userWishes,
} from './notification-rows.ts';
import type { NotificationRow } from './notification-rows.ts';
import { sealed } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

type Changed = Pick<NotificationRow, 'id' | 'is_link_revoked' | keyof ReturnType<typeof stateColumns>>;

export function createNotificationStore(db: Kysely<Tables>, kept: KeptQueries): NotificationStore {
  const insert = kept.changes((row: Places<NotificationRow>) =>
    db
      .insertInto('notifications')
      .values({ ...row, channels: sealed('notifications.channels', row.id, row.channels) })
      .onConflict((conflict) => conflict.columns(['alarm_id', 'step_key', 'recipient_key']).doNothing()),
  );
  const notification = kept.rows((of: Places<{ id: string }>) =>
    allNotifications(db).where('id', '=', of.id),
  );
  const update = kept.changes(({ id, ...columns }: Places<Changed>) =>
    db.updateTable('notifications').set(columns).where('id', '=', id),
  );
  const channel = kept.rows((of: Places<{ id: string }>) =>
    db.selectFrom('channels').selectAll().where('id', '=', of.id),
  );
  return {
    async insert(record) {
      return (await insert(notificationRow(record))) > 0;
    },
    async load(id) {
      const [row] = await notification({ id });
      return row && notificationOf(row);
    },
    async findByReceipt(channelId, receiptId) {
      const row = await allNotifications(db)
        .where('channel_id', '=', channelId)
        .where('receipt_id', '=', receiptId)
        .executeTakeFirst();
      return row && notificationOf(row);
    },
    async lastLink(alarmId, { kind, id }) {
      const rows = await allNotifications(db)
        .where('alarm_id', '=', alarmId)
        .where('recipient_key', '=', `${kind}:${id}`)
        .where('purpose', '=', 'help-needed')
        .where('is_link_revoked', '=', 0)
        .where('phase', '<>', 'gave-up')
        .orderBy('created_at', 'desc')
        .execute();
      const last = rows.map(notificationOf).find(({ recipient }) => recipient.isResponder);
      return last ? { notificationId: last.id, atMs: last.createdAtMs } : null;
    },
    async update({ id, state, isLinkRevoked }) {
      await update({ id, is_link_revoked: isLinkRevoked ? 1 : 0, ...stateColumns(state) });
    },
    async interrupted() {
      const rows = await allNotifications(db).where('phase', '=', 'sending').execute();
      return rows.map(notificationOf);
    },
    async hurryQueued(channelId, nowMs) {
      const rows = await allNotifications(db)
        .where('channel_id', '=', channelId)
        .where('phase', '=', 'queued')
        .where('due_at', '>', nowMs)
        .execute();
      for (const { state, id } of rows.map(notificationOf)) {
        if (state.is !== 'queued') continue;
        const hurried = stateColumns({ ...state, dueAtMs: nowMs });
        await db.updateTable('notifications').set(hurried).where('id', '=', id).execute();
      }
    },
    async channel(id) {
      const [row] = await channel({ id });
      return row && channelOf(row);
    },
    async channelsOf(kind, organisationIds) {
      const rows = await db
        .selectFrom('channels')
        .selectAll()
        .where('organisation_id', 'in', organisationIds)
        .where('kind', '=', kind)
        .where('is_enabled', '=', 1)
        .orderBy('id')
        .execute();
      return rows.map(channelOf);
    },
    async insertChannel(record) {
      await db.insertInto('channels').values(channelRow(record)).execute();
    },
    async updateChannel(record) {
      await db.updateTable('channels').set(channelRow(record)).where('id', '=', record.id).execute();
    },
    async updateHealth(channelId, health) {
      await db.updateTable('channels').set(healthColumns(health)).where('id', '=', channelId).execute();
    },
    async deleteChannel(id) {
      await db.deleteFrom('channels').where('id', '=', id).execute();
    },
    async forgetAddresses(finishedBeforeMs, atMost) {
      const old = db
        .selectFrom('notifications')
        .select('id')
        .where('due_at', 'is', null)
        .where(sql<boolean>`channels <> '[]'`)
        .where('created_at', '<', finishedBeforeMs)
        .limit(atMost);
      const { numUpdatedRows } = await db
        .updateTable('notifications')
        .set({ channels: sealed('notifications.channels', '', '[]') })
        .where('id', 'in', old)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    userWishes: (userId) => userWishes(db, userId),
    async putUserWishes(userId, { addresses, locale, wantsReports }) {
      const set = {
        addresses: sealed('user_addresses.addresses', userId, JSON.stringify(addresses)),
        locale,
        wants_reports: wantsReports ? 1 : 0,
      };
      await db
        .insertInto('user_addresses')
        .values({ user_id: userId, ...set })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(set))
        .execute();
    },
  };
}
