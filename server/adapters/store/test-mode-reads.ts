import type { TestMode } from '@carebell/contracts/test-mode.ts';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import type { TestModeReads } from '../../test-mode/test-mode-reads.ts';
import { isInScope } from './page-rows.ts';
import type { Tables } from './tables.ts';

export function createTestModeReads(db: Kysely<Tables>): TestModeReads {
  const all = () =>
    db
      .selectFrom('test_modes')
      .leftJoin('organisations as station', 'station.id', 'test_modes.station_id')
      .leftJoin('users as beginner', 'beginner.id', 'test_modes.started_by')
      .leftJoin('users as ender', 'ender.id', 'test_modes.ended_by')
      .leftJoin('dwellings', 'dwellings.id', 'test_modes.dwelling_id')
      .leftJoin('devices', (join) =>
        join.onRef('devices.id', '=', 'test_modes.subject_id').on('test_modes.of_what', '=', 'device'),
      )
      .selectAll('test_modes')
      .select([
        'station.name as station_name',
        'beginner.display_name as started_by_name',
        'ender.display_name as ended_by_name',
        'dwellings.address',
        'devices.name as device_name',
      ]);

  return {
    async testModes({ scope, state, nowMs, stationId, dwellingId, deviceId, limit, after }) {
      const isRunning = state === 'running';
      const place = isRunning
        ? sql.ref<number>('test_modes.ends_at')
        : sql.ref<number>('test_modes.ended_at');
      let query = all()
        .where(isInScope('test_modes.station_id', scope))
        .where(isRunning ? sql<boolean>`ended_at IS NULL` : sql<boolean>`ended_at IS NOT NULL`)
        .orderBy(place, isRunning ? 'asc' : 'desc')
        .orderBy('test_modes.id', isRunning ? 'asc' : 'desc')
        .limit(limit + 1);
      // What is over and not entered yet has no effect any more.
      if (isRunning) query = query.where('test_modes.ends_at', '>', nowMs);
      if (stationId !== undefined) query = query.where('test_modes.station_id', '=', stationId);
      if (dwellingId !== undefined)
        query = query.where(
          sql<boolean>`(test_modes.dwelling_id = ${dwellingId} OR (test_modes.of_what = 'station'
            AND test_modes.subject_id = (SELECT station_id FROM dwellings WHERE id = ${dwellingId})))`,
        );
      if (deviceId !== undefined)
        query = query.where(
          sql<boolean>`EXISTS (SELECT 1 FROM devices AS d WHERE d.id = ${deviceId}
            AND test_modes.subject_id = CASE test_modes.of_what
              WHEN 'device' THEN d.id WHEN 'dwelling' THEN d.dwelling_id ELSE d.station_id END)`,
        );
      const [, at, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after ?? '') ?? [];
      if (at !== undefined && id !== undefined)
        query = query.where(
          isRunning
            ? sql<boolean>`(test_modes.ends_at, test_modes.id) > (${Number(at)}, ${id})`
            : sql<boolean>`(test_modes.ended_at, test_modes.id) < (${Number(at)}, ${id})`,
        );
      const rows = await query.execute();
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      const lastAt = last && (isRunning ? last.ends_at : last.ended_at);
      return {
        items: shown.map(testModeOf),
        cursor: rows.length > limit && last ? `${lastAt}.${last.id}` : null,
      };
    },
    async testMode(id) {
      const row = await all().where('test_modes.id', '=', id).executeTakeFirst();
      return row && testModeOf(row);
    },
    async isAnyTestOver(nowMs) {
      const row = await db
        .selectFrom('test_modes')
        .select('id')
        .where(sql<boolean>`ended_at IS NULL`)
        .where('ends_at', '<=', nowMs)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

type Row = Tables['test_modes'] & {
  station_name: string | null;
  started_by_name: string | null;
  ended_by_name: string | null;
  address: string | null;
  device_name: string | null;
};

function testModeOf(row: Row): TestMode {
  const stationName = row.station_name ?? row.station_id;
  return {
    id: row.id,
    of: row.of_what,
    subjectId: row.subject_id,
    name: nameOf(row, stationName),
    stationId: row.station_id,
    stationName,
    dwellingId: row.dwelling_id,
    startedAt: instant(row.started_at),
    endsAt: instant(row.ends_at),
    endedAt: instantOrNull(row.ended_at),
    startedBy: { id: row.started_by, displayName: row.started_by_name ?? row.started_by },
    endedBy:
      row.ended_by === null ? null : { id: row.ended_by, displayName: row.ended_by_name ?? row.ended_by },
    reason: row.reason,
    commissioningId: row.commissioning_id,
  };
}

function nameOf(row: Row, stationName: string): string {
  if (row.of_what === 'station') return stationName;
  if (row.of_what === 'dwelling') return row.address ?? row.subject_id;
  return [row.device_name || row.subject_id, row.address].filter((part) => part).join(' · ');
}
