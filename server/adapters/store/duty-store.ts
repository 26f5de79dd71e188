import type { DutyShift } from '@carebell/contracts/duty.ts';
import type { Kysely, Selectable } from 'kysely';
import type { DutyReads, DutyStore } from '../../duty/duty-store.ts';
import { answeringRoles } from '../../identity/rights.ts';
import type { Tables } from './tables.ts';

/** SQLite takes so many values in one statement, times four columns. */
const turnsAtOnce = 200;

export function createDutyStore(db: Kysely<Tables>): DutyStore {
  return {
    async shift(id) {
      const row = await db.selectFrom('duty_shifts').selectAll().where('id', '=', id).executeTakeFirst();
      return row && { ...shiftOf(row), organisationId: row.organisation_id };
    },
    shifts: (organisationId) => shiftsOf(db, organisationId),
    async insertShift(organisationId, shift) {
      await db
        .insertInto('duty_shifts')
        .values({ id: shift.id, organisation_id: organisationId, ...columnsOf(shift) })
        .execute();
    },
    async updateShift(shift) {
      await db.updateTable('duty_shifts').set(columnsOf(shift)).where('id', '=', shift.id).execute();
    },
    async deleteShift(id) {
      await db.deleteFrom('duty_shifts').where('id', '=', id).execute();
    },
    async putTurns(organisationId, turns) {
      await db.deleteFrom('duty_turns').where('organisation_id', '=', organisationId).execute();
      for (let at = 0; at < turns.length; at += turnsAtOnce) {
        const rows = turns.slice(at, at + turnsAtOnce).map(({ userId, fromMs, untilMs }) => ({
          organisation_id: organisationId,
          user_id: userId,
          from_at: fromMs,
          until_at: untilMs,
        }));
        await db
          .insertInto('duty_turns')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    },
    async nextWithRota(afterId) {
      const row = await db
        .selectFrom('duty_shifts')
        .select('organisation_id')
        .where('organisation_id', '>', afterId)
        .orderBy('organisation_id')
        .limit(1)
        .executeTakeFirst();
      return row?.organisation_id;
    },
  };
}

export function createDutyReads(db: Kysely<Tables>): DutyReads {
  return {
    shifts: (organisationId) => shiftsOf(db, organisationId),
    async people(organisationId) {
      const rows = await db
        .selectFrom('users')
        .select(['id', 'display_name'])
        .where('organisation_id', '=', organisationId)
        .where('is_active', '=', 1)
        .where('role', 'in', answeringRoles)
        .orderBy('display_name')
        .execute();
      return rows.map((row) => ({ id: row.id, displayName: row.display_name }));
    },
    async displayNames(userIds) {
      if (userIds.length === 0) return new Map();
      const rows = await db
        .selectFrom('users')
        .select(['id', 'display_name'])
        .where('id', 'in', userIds)
        .execute();
      return new Map(rows.map((row) => [row.id, row.display_name]));
    },
  };
}

async function shiftsOf(db: Kysely<Tables>, organisationId: string): Promise<DutyShift[]> {
  const rows = await db
    .selectFrom('duty_shifts')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('first_day')
    .orderBy('begins')
    .orderBy('id')
    .execute();
  return rows.map(shiftOf);
}

function shiftOf(row: Selectable<Tables['duty_shifts']>): DutyShift {
  return {
    id: row.id,
    userId: row.user_id,
    firstDay: row.first_day,
    weekdays: JSON.parse(row.weekdays) as number[],
    lastDay: row.last_day,
    begins: row.begins,
    ends: row.ends,
    exceptDays: JSON.parse(row.except_days) as string[],
    version: row.version,
  };
}

function columnsOf(shift: DutyShift) {
  return {
    user_id: shift.userId,
    first_day: shift.firstDay,
    weekdays: JSON.stringify(shift.weekdays),
    last_day: shift.lastDay,
    begins: shift.begins,
    ends: shift.ends,
    except_days: JSON.stringify(shift.exceptDays),
    version: shift.version,
  };
}
