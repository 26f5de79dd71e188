import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { RefusalStore } from '../../audit/refusal-store.ts';
import type { Tables } from './tables.ts';

export function createRefusalStore(db: Kysely<Tables>): RefusalStore {
  return {
    async count({ reason, subject, sample }, times, atMs) {
      await db
        .insertInto('refusals')
        .values({
          day: new Date(atMs).toISOString().slice(0, 10),
          reason,
          subject,
          count: times,
          first_at: atMs,
          last_at: atMs,
          sample: sample ?? null,
        })
        .onConflict((conflict) =>
          conflict.columns(['day', 'reason', 'subject']).doUpdateSet({
            count: sql`refusals.count + excluded.count`,
            last_at: sql`excluded.last_at`,
            sample: sql`coalesce(excluded.sample, refusals.sample)`,
          }),
        )
        .execute();
    },
  };
}
