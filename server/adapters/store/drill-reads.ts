import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AlarmState } from '../../alarm/alarm-state.ts';
import type { DrillReads, DrillRow } from '../../drill/drill-reads.ts';
import { drillRecordOf } from './drill-store.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

export function createDrillReads(db: Kysely<Tables>): DrillReads {
  const all = () =>
    db
      .selectFrom('drills')
      .leftJoin('organisations', 'organisations.id', 'drills.station_id')
      .leftJoin('users', 'users.id', 'drills.planned_by')
      .leftJoin('alarms', 'alarms.id', 'drills.alarm_id')
      .selectAll('drills')
      .select([
        'organisations.name as station_name',
        'users.display_name as planned_by_name',
        'alarms.state',
      ]);

  async function rowsOf(found: Awaited<ReturnType<ReturnType<typeof all>['execute']>>): Promise<DrillRow[]> {
    const ids = found.flatMap(({ alarm_id: id }) => id ?? []);
    const steps = await db
      .selectFrom('journal')
      .select(['alarm_id', 'at', 'body'])
      .where('alarm_id', 'in', ids.length > 0 ? ids : [''])
      .where('type', '=', 'alarm')
      .orderBy('seq')
      .execute();
    return found.map((row) => ({
      ...drillRecordOf(row),
      stationName: row.station_name ?? '',
      plannedByName: row.planned_by_name ?? row.planned_by,
      state: row.state === null ? null : (JSON.parse(row.state) as AlarmState),
      steps: steps
        .filter(({ alarm_id: id }) => id === row.alarm_id)
        .map(({ at, body }) => ({ atMs: at, body })),
    }));
  }

  return {
    async drills({ scope, stationId, limit, after }) {
      let query = all()
        .where(isInScope('drills.station_id', scope))
        .orderBy('starts_at', 'desc')
        .orderBy('drills.id', 'desc')
        .limit(limit + 1);
      if (stationId !== undefined) query = query.where('drills.station_id', '=', stationId);
      const [, startsAt, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (startsAt !== undefined)
        query = query.where(sql<boolean>`(starts_at, drills.id) < (${Number(startsAt)}, ${id})`);
      const found = await query.execute();
      const shown = found.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await rowsOf(shown),
        cursor: found.length > limit && last ? `${last.starts_at}.${last.id}` : null,
      };
    },
    async drill(id) {
      const [row] = await rowsOf(await all().where('drills.id', '=', id).execute());
      return row;
    },
    async isAnyDue(nowMs) {
      const row = await db
        .selectFrom('drills')
        .select('id')
        .where('phase', '=', 'planned')
        .where('starts_at', '<=', nowMs)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
