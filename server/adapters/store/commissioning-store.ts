import type { Kysely } from 'kysely';
import type { CommissioningStore } from '../../commissioning/commissioning-record.ts';
import {
  checkOf,
  checkRow,
  commissioningOf,
  commissioningRow,
  pointRecordOf,
  pointRow,
  retestRecordOf,
} from './commissioning-rows.ts';
import { retestFollower } from './followers.ts';
import type { Tables } from './tables.ts';

export function createCommissioningStore(db: Kysely<Tables>): CommissioningStore {
  return {
    async insert(one) {
      await db.insertInto('commissionings').values(commissioningRow(one)).execute();
    },
    async load(id) {
      const row = await db.selectFrom('commissionings').selectAll().where('id', '=', id).executeTakeFirst();
      return row && commissioningOf(row);
    },
    async update(one) {
      const { id, ...columns } = commissioningRow(one);
      await db.updateTable('commissionings').set(columns).where('id', '=', id).execute();
    },
    async openAt(dwellingId) {
      const row = await db
        .selectFrom('commissionings')
        .selectAll()
        .where('dwelling_id', '=', dwellingId)
        .where('state', '=', 'open')
        .executeTakeFirst();
      return row && commissioningOf(row);
    },
    async lastSigned() {
      const row = await db
        .selectFrom('commissionings')
        .selectAll()
        .where('state', '=', 'signed')
        .orderBy('ended_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && commissioningOf(row);
    },
    async checks(commissioningId) {
      const rows = await db
        .selectFrom('commissioning_checks')
        .selectAll()
        .where('commissioning_id', '=', commissioningId)
        .execute();
      return rows.map(checkOf);
    },
    async insertCheck(check) {
      await db.insertInto('commissioning_checks').values(checkRow(check)).execute();
    },
    async updateCheck(check) {
      const { commissioning_id: id, device_id: deviceId, key, ...columns } = checkRow(check);
      await db
        .updateTable('commissioning_checks')
        .set(columns)
        .where('commissioning_id', '=', id)
        .where('device_id', '=', deviceId)
        .where('key', '=', key)
        .execute();
    },
    async points(commissioningId) {
      const rows = await db
        .selectFrom('commissioning_points')
        .selectAll()
        .where('commissioning_id', '=', commissioningId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(pointRecordOf);
    },
    async point(id) {
      const row = await db
        .selectFrom('commissioning_points')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && pointRecordOf(row);
    },
    async insertPoint(point) {
      await db.insertInto('commissioning_points').values(pointRow(point)).execute();
    },
    async updatePoint(point) {
      const { id, ...columns } = pointRow(point);
      await db.updateTable('commissioning_points').set(columns).where('id', '=', id).execute();
    },
    async deletePoint(id) {
      await db.deleteFrom('commissioning_points').where('id', '=', id).execute();
    },
    async signedOf(deviceId) {
      const row = await db
        .selectFrom('commissioning_checks')
        .innerJoin('commissionings', 'commissionings.id', 'commissioning_checks.commissioning_id')
        .select('commissionings.id')
        .where('commissioning_checks.device_id', '=', deviceId)
        .where('commissionings.state', '=', 'signed')
        .orderBy('commissionings.ended_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.id;
    },
    async retest(deviceId) {
      const row = await db
        .selectFrom('device_retests')
        .selectAll()
        .where('device_id', '=', deviceId)
        .executeTakeFirst();
      return row && retestRecordOf(row);
    },
    async putRetest({ deviceId, commissioningId, sinceMs, reasons, needs }) {
      const columns = {
        commissioning_id: commissioningId,
        since_at: sinceMs,
        reasons: JSON.stringify(reasons),
        needs,
      };
      await db
        .insertInto('device_retests')
        .values({ device_id: deviceId, ...columns })
        .onConflict((conflict) => conflict.column('device_id').doUpdateSet(columns))
        .execute();
    },
    async clearRetest(deviceId) {
      await db.deleteFrom('device_retests').where('device_id', '=', deviceId).execute();
    },
    async keepRetestCursor(seq) {
      await db
        .insertInto('followers')
        .values({ name: retestFollower, cursor: seq })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ cursor: seq }))
        .execute();
    },
  };
}
