import type { Script } from '@carebell/contracts/handling.ts';
import type { Kysely } from 'kysely';
import type { HandlingStore } from '../../handling/handling-store.ts';
import type { Tables } from './tables.ts';

export function createHandlingStore(db: Kysely<Tables>): HandlingStore {
  return {
    async scripts(organisationId) {
      const row = await db
        .selectFrom('alarm_scripts')
        .selectAll()
        .where('organisation_id', '=', organisationId)
        .executeTakeFirst();
      return row && { version: row.version, scripts: JSON.parse(row.scripts) as Script[] };
    },
    async scriptsOf(organisationIds) {
      if (organisationIds.length === 0) return [];
      const rows = await db
        .selectFrom('alarm_scripts')
        .selectAll()
        .where('organisation_id', 'in', organisationIds)
        .execute();
      return organisationIds.map((id) => {
        const row = rows.find(({ organisation_id: organisationId }) => organisationId === id);
        return row ? (JSON.parse(row.scripts) as Script[]) : [];
      });
    },
    async putScripts(organisationId, { version, scripts }) {
      const columns = { scripts: JSON.stringify(scripts), version };
      await db
        .insertInto('alarm_scripts')
        .values({ organisation_id: organisationId, ...columns })
        .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(columns))
        .execute();
    },
  };
}
