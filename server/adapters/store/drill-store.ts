import type { Kysely, Selectable } from 'kysely';
import type { DrillRecord, DrillStore } from '../../drill/drill-store.ts';
import type { Tables } from './tables.ts';

export function createDrillStore(db: Kysely<Tables>): DrillStore {
  return {
    async insert(drill) {
      await db
        .insertInto('drills')
        .values({ id: drill.id, ...columnsOf(drill) })
        .execute();
    },
    async load(id) {
      const row = await db.selectFrom('drills').selectAll().where('id', '=', id).executeTakeFirst();
      return row && drillRecordOf(row);
    },
    async update(drill) {
      await db.updateTable('drills').set(columnsOf(drill)).where('id', '=', drill.id).execute();
    },
    async due(nowMs) {
      const rows = await db
        .selectFrom('drills')
        .selectAll()
        .where('phase', '=', 'planned')
        .where('starts_at', '<=', nowMs)
        .orderBy('starts_at')
        .execute();
      return rows.map(drillRecordOf);
    },
    async residentAt(stationId, part) {
      const own = () =>
        db
          .selectFrom('residents')
          .innerJoin('dwellings', 'dwellings.id', 'residents.dwelling_id')
          .where('dwellings.station_id', '=', stationId);
      const { count } = await own()
        .select((select) => select.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      const row = await own()
        .select('residents.id')
        .orderBy('residents.id')
        .offset(Math.min(count - 1, Math.floor(part * count)))
        .limit(1)
        .executeTakeFirst();
      return row?.id;
    },
  };
}

export function drillRecordOf(row: Selectable<Tables['drills']>): DrillRecord {
  return {
    id: row.id,
    stationId: row.station_id,
    kind: row.kind,
    residentId: row.resident_id,
    startsAtMs: row.starts_at,
    notifies: row.notifies,
    draw: row.draw,
    plannedBy: row.planned_by,
    phase: row.phase,
    alarmId: row.alarm_id,
  };
}

function columnsOf(drill: DrillRecord): Omit<Selectable<Tables['drills']>, 'id'> {
  return {
    station_id: drill.stationId,
    kind: drill.kind,
    resident_id: drill.residentId,
    starts_at: drill.startsAtMs,
    notifies: drill.notifies,
    draw: drill.draw,
    planned_by: drill.plannedBy,
    phase: drill.phase,
    alarm_id: drill.alarmId,
  };
}
