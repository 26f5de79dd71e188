import type { Kysely } from 'kysely';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import { defaultScripts } from '../../handling/default-scripts.ts';
import type { HandlingReads } from '../../handling/handling-reads.ts';
import { alarmScript, scriptFor } from '../../handling/script.ts';
import { createEscalationStore } from './escalation-store.ts';
import { createHandlingStore } from './handling-store.ts';
import { inheritedFrom } from './inherited.ts';
import { keepQueriesOf } from './kept-queries.ts';
import { isInScope } from './page-rows.ts';
import { opened } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function createHandlingReads(db: Kysely<Tables>): HandlingReads {
  const store = createHandlingStore(db);
  const { lineage } = createEscalationStore(db, keepQueriesOf(db));
  return {
    async scripts(organisationId) {
      const own = await store.scripts(organisationId);
      const above = (await lineage(organisationId)).slice(1).map(({ id }) => id);
      const entered = await store.scriptsOf(above);
      const inherited = await inheritedFrom(db, above, { entered, ofHub: defaultScripts });
      return {
        version: own?.version ?? 0,
        scripts: own?.scripts ?? [],
        inherited: inherited.map(({ items, ...by }) => ({ ...by, scripts: items })),
      };
    },
    async scriptOf({ kind, stationId }, resident) {
      const ids = stationId === null ? [] : (await lineage(stationId)).map(({ id }) => id);
      return alarmScript(scriptFor(kind, await store.scriptsOf(ids)), { resident });
    },
    async toBeAsked(scope, limit) {
      const rows = await db
        .selectFrom('alarms')
        .leftJoin('residents', 'residents.id', 'alarms.resident_id')
        .leftJoin('organisations', 'organisations.id', 'alarms.station_id')
        .select(['alarms.id', 'alarms.state', 'alarms.resident_id', 'alarms.kind'])
        .select(['residents.name as resident_name', opened('residents.phone').as('resident_phone')])
        .select('organisations.name as station_name')
        .where('alarms.ask_since', 'is not', null)
        .where(isInScope('alarms.station_id', scope))
        .orderBy('alarms.ask_since')
        .orderBy('alarms.id')
        .limit(limit)
        .execute();
      return rows.flatMap((row) => {
        const state = JSON.parse(row.state) as AlarmState;
        if (state.phase !== 'closed' || !state.followUp) return [];
        return {
          alarmId: row.id,
          kind: row.kind,
          closedAtMs: state.closedAtMs,
          ...state.followUp,
          closedBy: state.owner.displayName,
          residentId: row.resident_id,
          residentName: row.resident_name,
          residentPhone: row.resident_phone,
          stationName: row.station_name,
        };
      });
    },
  };
}
