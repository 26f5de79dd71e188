import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { TestModeRecord } from '../../test-mode/test-mode.ts';
import type { TestModeStore } from '../../test-mode/test-mode-store.ts';
import type { KeptQueries } from './kept-queries.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['test_modes']>;

export function createTestModeStore(db: Kysely<Tables>, kept: KeptQueries): TestModeStore {
  const running = kept.rows(() =>
    db
      .selectFrom('test_modes')
      .selectAll()
      .where(sql<boolean>`ended_at IS NULL`),
  );
  return {
    async insert(test) {
      await db.insertInto('test_modes').values(rowOf(test)).execute();
    },
    async load(id) {
      const row = await db.selectFrom('test_modes').selectAll().where('id', '=', id).executeTakeFirst();
      return row && testModeRecordOf(row);
    },
    async update(test) {
      const { id, ...columns } = rowOf(test);
      await db.updateTable('test_modes').set(columns).where('id', '=', id).execute();
    },
    async running() {
      return (await running({})).map(testModeRecordOf);
    },
    async endedSince(sinceMs) {
      const rows = await db
        .selectFrom('test_modes')
        .selectAll()
        .where(sql<boolean>`ended_at IS NOT NULL`)
        .where('ended_at', '>', sinceMs)
        .execute();
      return [...(await running({})), ...rows].map(testModeRecordOf);
    },
  };
}

function testModeRecordOf(row: Row): TestModeRecord {
  return {
    id: row.id,
    of: row.of_what,
    subjectId: row.subject_id,
    stationId: row.station_id,
    dwellingId: row.dwelling_id,
    startedBy: row.started_by,
    startedAtMs: row.started_at,
    endsAtMs: row.ends_at,
    endedAtMs: row.ended_at,
    endedBy: row.ended_by,
    reason: row.reason,
    commissioningId: row.commissioning_id,
  };
}

function rowOf(test: TestModeRecord): Row {
  return {
    id: test.id,
    of_what: test.of,
    subject_id: test.subjectId,
    station_id: test.stationId,
    dwelling_id: test.dwellingId,
    started_by: test.startedBy,
    started_at: test.startedAtMs,
    ends_at: test.endsAtMs,
    ended_at: test.endedAtMs,
    ended_by: test.endedBy,
    reason: test.reason,
    commissioning_id: test.commissioningId,
  };
}
