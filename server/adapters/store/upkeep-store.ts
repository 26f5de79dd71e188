import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Receiver } from '../../supervision/receiver.ts';
import type { UpkeepStore } from '../../supervision/silence-store.ts';
import type { KeptQueries, Places } from './kept-queries.ts';
import type { Tables } from './tables.ts';

/** What is known of receivers, tests of buttons and screens. */
export function createUpkeepStore(db: Kysely<Tables>, kept: KeptQueries): UpkeepStore {
  const noteTest = kept.changes((of: Places<{ id: string; atMs: number }>) =>
    db
      .insertInto('button_tests')
      .values({ device_id: of.id, tested_at: of.atMs })
      .onConflict((conflict) =>
        conflict.column('device_id').doUpdateSet({ tested_at: sql`max(tested_at, excluded.tested_at)` }),
      ),
  );
  return {
    async receiver(gatewayId) {
      const row = await db
        .selectFrom('receivers')
        .select('state')
        .where('gateway_id', '=', gatewayId)
        .executeTakeFirst();
      return row && (JSON.parse(row.state) as Receiver);
    },
    async saveReceiver(gatewayId, receiver) {
      const state = JSON.stringify(receiver);
      await db
        .insertInto('receivers')
        .values({ gateway_id: gatewayId, state })
        .onConflict((conflict) => conflict.column('gateway_id').doUpdateSet({ state }))
        .execute();
    },
    async heardBehind(gatewayId) {
      const row = await db
        .selectFrom('devices')
        .select([
          sql<number>`count(last_seen_at)`.as('count'),
          sql<number | null>`max(last_seen_at)`.as('last'),
        ])
        .where('gateway_id', '=', gatewayId)
        .where('is_registered', '=', 1)
        .executeTakeFirstOrThrow();
      return { count: row.count, lastSeenAtMs: row.last };
    },
    async noteTest(deviceId, atMs) {
      await noteTest({ id: deviceId, atMs });
    },
    async setTestRule(stationId, every) {
      await db
        .insertInto('button_test_rules')
        .values({ station_id: stationId, every })
        .onConflict((conflict) => conflict.column('station_id').doUpdateSet({ every }))
        .execute();
    },
    async screenAt(stationId) {
      const row = await db
        .selectFrom('station_screens')
        .select('last_screen_at')
        .where('station_id', '=', stationId)
        .executeTakeFirst();
      return row?.last_screen_at;
    },
    async noteScreen(stationId, atMs) {
      await db
        .insertInto('station_screens')
        .values({ station_id: stationId, last_screen_at: atMs })
        .onConflict((conflict) => conflict.column('station_id').doUpdateSet({ last_screen_at: atMs }))
        .execute();
    },
    async unwatched(sinceMs, nowMs) {
      const rows = await db
        .selectFrom('station_screens as s')
        .select('s.station_id')
        .where('s.last_screen_at', '<=', sinceMs)
        .where((where) =>
          where.exists(
            where
              .selectFrom('devices')
              .select('id')
              .whereRef('devices.station_id', '=', 's.station_id')
              .where('resident_id', 'is not', null),
          ),
        )
        .where((where) => {
          const turns = where
            .selectFrom('duty_turns')
            .select('user_id')
            .whereRef('duty_turns.organisation_id', '=', 's.station_id');
          const isOn = where.exists(turns.where('from_at', '<=', nowMs).where('until_at', '>', nowMs));
          return where.or([isOn, where.not(where.exists(turns))]);
        })
        .execute();
      return rows.map(({ station_id }) => station_id);
    },
  };
}
