import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DigestStore } from '../../visit/digest-store.ts';
import type { Tables } from './tables.ts';

export function createDigestStore(db: Kysely<Tables>): DigestStore {
  return {
    async digest(id) {
      const row = await db.selectFrom('visit_digests').selectAll().where('id', '=', id).executeTakeFirst();
      return (
        row && {
          id,
          organisationId: row.organisation_id,
          tier: row.tier,
          day: row.day,
          madeAtMs: row.made_at,
          visits: row.visits,
          recipients: row.recipients,
          toldAtMs: row.told_at,
        }
      );
    },
    async insert({ id, organisationId, tier, day, madeAtMs, visits, recipients, toldAtMs }) {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('visit_digests')
        .values({
          id,
          organisation_id: organisationId,
          tier,
          day,
          made_at: madeAtMs,
          visits,
          recipients,
          told_at: toldAtMs,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows > 0n;
    },
    async told(id, atMs) {
      await db
        .updateTable('visit_digests')
        .set({ told_at: atMs })
        .where('id', '=', id)
        .where('told_at', 'is', null)
        .execute();
    },
    async tellOf({ id, tier }, owedIds) {
      if (owedIds.length === 0) return;
      await db
        .insertInto('visit_tellings')
        .values(owedIds.map((owedId) => ({ owed_id: owedId, tier, first_digest: id, last_digest: id })))
        .onConflict((conflict) =>
          conflict.columns(['owed_id', 'tier']).doUpdateSet({
            last_digest: id,
            // One that reached nobody told of nothing.
            first_digest: sql<string>`CASE WHEN (SELECT told_at FROM visit_digests WHERE id = first_digest) IS NULL
              THEN ${id} ELSE first_digest END`,
          }),
        )
        .execute();
    },
    async isOfUse(id) {
      const row = await db
        .selectFrom('visit_tellings')
        .innerJoin('owed_visits', 'owed_visits.id', 'visit_tellings.owed_id')
        .select('owed_visits.id')
        .where('last_digest', '=', id)
        .where('phase', '=', 'missed')
        .where('settled_at', 'is', null)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
    async putNextAt(organisationId, nextAtMs) {
      await db
        .updateTable('visit_digest_looks')
        .set({ next_at: nextAtMs })
        .where('organisation_id', '=', organisationId)
        .execute();
    },
    async lookAgainAtAll() {
      await db.updateTable('visit_digest_looks').set({ next_at: 0 }).execute();
    },
  };
}

/** Called where an organisation is entered, in its transaction. */
export async function lookForDigests(db: Kysely<Tables>, organisationId: string): Promise<void> {
  await db.insertInto('visit_digest_looks').values({ organisation_id: organisationId, next_at: 0 }).execute();
}
