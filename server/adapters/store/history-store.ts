import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { HistoryStore } from '../../history/history-store.ts';
import { createErasureRows } from './erasure-rows.ts';
import type { Tables } from './tables.ts';

export function createHistoryStore(db: Kysely<Tables>): HistoryStore {
  return {
    ...createErasureRows(db),
    async addDeadLetters(points, refusedAtMs, keptAtMost) {
      for (const point of points) {
        await db
          .insertInto('dead_letters')
          .values({
            seq: point.seq,
            at: point.atMs,
            refused_at: refusedAtMs,
            measurement: point.measurement,
            device_id: point.deviceId,
            resident_id: point.residentId,
            station_id: point.stationId,
            reason: point.reason,
            line: point.line,
          })
          .onConflict((conflict) =>
            conflict.columns(['seq', 'measurement']).doUpdateSet({
              refused_at: sql`excluded.refused_at`,
              reason: sql`excluded.reason`,
            }),
          )
          .execute();
      }
      await db
        .deleteFrom('dead_letters')
        .where('id', '<=', sql<number>`(SELECT max(id) - ${keptAtMost} FROM dead_letters)`)
        .execute();
    },
  };
}
