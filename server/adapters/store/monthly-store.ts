import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { ChannelAddress } from '@carebell/contracts/notifications.ts';
import type { Kysely } from 'kysely';
import { instant } from '../../clock.ts';
import { rolesWho } from '../../identity/rights.ts';
import type { MonthlyReads, MonthlyStore } from '../../report/monthly-store.ts';
import { isInScope } from './page-rows.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function createMonthlyStore(db: Kysely<Tables>): MonthlyStore {
  return {
    async insertReport({ month, organisationId, madeAtMs, report }) {
      const row = await db
        .insertInto('monthly_reports')
        .values({ month, organisation_id: organisationId, made_at: madeAtMs, report })
        .onConflict((conflict) => conflict.doNothing())
        .returning('month')
        .executeTakeFirst();
      return row !== undefined;
    },
    async queueMails(month, nowMs) {
      const users = await db
        .selectFrom('users')
        .innerJoin('user_addresses', 'user_addresses.user_id', 'users.id')
        .select('users.id')
        .where('user_addresses.wants_reports', '=', 1)
        .where('users.is_active', '=', 1)
        .where('users.role', 'in', rolesWho('report.mail'))
        .execute();
      for (const { id } of users) {
        await db
          .insertInto('report_mails')
          .values({ month, user_id: id, attempts: 0, due_at: nowMs, sent_at: null, reason: null })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      return users.length;
    },
    async updateMail({ month, userId, attempts, dueAtMs, sentAtMs, reason }) {
      await db
        .updateTable('report_mails')
        .set({ attempts, due_at: dueAtMs, sent_at: sentAtMs, reason })
        .where('month', '=', month)
        .where('user_id', '=', userId)
        .execute();
    },
  };
}

export function createMonthlyReads(db: Kysely<Tables>): MonthlyReads {
  return {
    async firstAtMs() {
      const row = await db
        .selectFrom('alarms')
        .select('pressed_at')
        .orderBy('pressed_at')
        .limit(1)
        .executeTakeFirst();
      return row?.pressed_at ?? null;
    },
    async storedMonths() {
      const rows = await db
        .selectFrom('monthly_reports')
        .select('month')
        .where('organisation_id', '=', rootOrganisationId)
        .execute();
      return new Set(rows.map(({ month }) => month));
    },
    async list({ scope, limit, organisationId }) {
      let query = db
        .selectFrom('monthly_reports as stored')
        .leftJoin('organisations', 'organisations.id', 'stored.organisation_id')
        .select(['stored.month', 'stored.organisation_id', 'stored.made_at'])
        .select(['organisations.name', 'organisations.level'])
        .where(isInScope('stored.organisation_id', scope))
        .orderBy('stored.month', 'desc')
        .orderBy('stored.organisation_id')
        .limit(limit);
      if (organisationId !== undefined) query = query.where('stored.organisation_id', '=', organisationId);
      return (await query.execute()).map((row) => ({
        month: row.month,
        organisationId: row.organisation_id,
        organisationName: row.name ?? '',
        level: row.level ?? null,
        madeAt: instant(row.made_at),
      }));
    },
    async report(month, organisationId) {
      const row = await db
        .selectFrom('monthly_reports')
        .select('report')
        .where('month', '=', month)
        .where('organisation_id', '=', organisationId)
        .executeTakeFirst();
      return row?.report;
    },
    async dueMails(nowMs) {
      const rows = await db
        .selectFrom('report_mails')
        .innerJoin('users', 'users.id', 'report_mails.user_id')
        .leftJoin('user_addresses', 'user_addresses.user_id', 'users.id')
        .select(['report_mails.month', 'report_mails.user_id', 'report_mails.attempts'])
        .select(['users.organisation_id', 'user_addresses.locale'])
        .select(opened('user_addresses.addresses').as('addresses'))
        .where('report_mails.due_at', '<=', nowMs)
        .orderBy('report_mails.due_at')
        .limit(50)
        .execute();
      return rows.map((row) => ({
        month: row.month,
        userId: row.user_id,
        organisationId: row.organisation_id,
        attempts: row.attempts,
        addresses: JSON.parse(row.addresses ?? '[]') as ChannelAddress[],
        locale: row.locale,
      }));
    },
  };
}
