import type { Kysely } from 'kysely';
import type { NotificationStore } from '../../notification/notification-store.ts';
import {
  channelOf,
  channelRow,
  healthColumns,
  notificationOf,
  notificationRow,
  stateColumns,
} from './notification-rows.ts';
import type { Tables } from './tables.ts';

export function createNotificationStore(db: Kysely<Tables>): NotificationStore {
  return {
    async insert(notification) {
      const inserted = await db
        .insertInto('notifications')
        .values(notificationRow(notification))
        .onConflict((conflict) => conflict.columns(['alarm_id', 'step_key', 'recipient_key']).doNothing())
        .executeTakeFirst();
      return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async load(id) {
      const row = await db.selectFrom('notifications').selectAll().where('id', '=', id).executeTakeFirst();
      return row && notificationOf(row);
    },
    async findByReceipt(channelId, receiptId) {
      const row = await db
        .selectFrom('notifications')
        .selectAll()
        .where('channel_id', '=', channelId)
        .where('receipt_id', '=', receiptId)
        .executeTakeFirst();
      return row && notificationOf(row);
    },
    async update({ id, state, isLinkRevoked }) {
      await db
        .updateTable('notifications')
        .set({ ...stateColumns(state), is_link_revoked: isLinkRevoked ? 1 : 0 })
        .where('id', '=', id)
        .execute();
    },
    async interrupted() {
      const rows = await db.selectFrom('notifications').selectAll().where('phase', '=', 'sending').execute();
      return rows.map(notificationOf);
    },
    async hurryQueued(channelId, nowMs) {
      const rows = await db
        .selectFrom('notifications')
        .selectAll()
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
      const row = await db.selectFrom('channels').selectAll().where('id', '=', id).executeTakeFirst();
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
    async insertChannel(channel) {
      await db.insertInto('channels').values(channelRow(channel)).execute();
    },
    async updateChannel(channel) {
      await db.updateTable('channels').set(channelRow(channel)).where('id', '=', channel.id).execute();
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
        .where('channels', '<>', '[]')
        .where('created_at', '<', finishedBeforeMs)
        .limit(atMost);
      const { numUpdatedRows } = await db
        .updateTable('notifications')
        .set({ channels: '[]' })
        .where('id', 'in', old)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async setUserAddresses(userId, addresses) {
      const set = { addresses: JSON.stringify(addresses) };
      await db
        .insertInto('user_addresses')
        .values({ user_id: userId, ...set })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(set))
        .execute();
    },
  };
}
