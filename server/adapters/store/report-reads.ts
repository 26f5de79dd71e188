import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { countedSteps } from '../../report/case-facts.ts';
import type { ReportReads } from '../../report/report-reads.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

export function createReportReads(db: Kysely<Tables>): ReportReads {
  return {
    async steps({ fromMs, toMs, scope, after, limit }) {
      let alarms = db
        .selectFrom('alarms')
        .select(['id', 'pressed_at'])
        .where('pressed_at', '>=', after?.pressedAtMs ?? fromMs)
        .where('pressed_at', '<', toMs)
        .where('priority', '<>', 'technical')
        .where(isInScope('station_id', scope))
        .orderBy('pressed_at')
        .orderBy('id')
        .limit(limit);
      if (after !== undefined)
        alarms = alarms.where(sql<boolean>`(pressed_at, id) > (${after.pressedAtMs}, ${after.alarmId})`);
      const found = await alarms.execute();
      if (found.length === 0) return { steps: [], reviewed: new Set(), next: undefined };
      const ids = found.map(({ id }) => id);
      const rows = await db
        .selectFrom('journal')
        .select(['alarm_id', 'station_id', 'at', 'body'])
        .where('alarm_id', 'in', ids)
        .where('type', '=', 'alarm')
        .where('kind', 'in', countedSteps)
        .orderBy('alarm_id')
        .orderBy('seq')
        .execute();
      const reviews = await db
        .selectFrom('miss_reviews')
        .select('alarm_id')
        .where('alarm_id', 'in', ids)
        .execute();
      const last = found.at(-1);
      return {
        steps: rows.map((row) => ({
          alarmId: row.alarm_id ?? '',
          stationId: row.station_id,
          atMs: row.at,
          body: row.body,
        })),
        reviewed: new Set(reviews.map((row) => row.alarm_id)),
        next: found.length === limit && last ? { pressedAtMs: last.pressed_at, alarmId: last.id } : undefined,
      };
    },
  };
}
