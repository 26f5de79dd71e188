import type { Kysely } from 'kysely';
import type { SecondFactorRecord, SecondFactorStore } from '../../identity/second-factor-store.ts';
import { opened, sealed } from './sealed-texts.ts';
import type { Tables } from './tables.ts';

export function createSecondFactorStore(db: Kysely<Tables>): SecondFactorStore {
  return {
    load: (userId) => readSecondFactor(db, userId),
    async save({ userId, secret, recoveryHashes, lastStep, confirmedAtMs }) {
      const columns = {
        secret: sealed('second_factors.secret', userId, secret),
        recovery_hashes: sealed('second_factors.recovery_hashes', userId, JSON.stringify(recoveryHashes)),
        last_step: lastStep,
        confirmed_at: confirmedAtMs,
      };
      await db
        .insertInto('second_factors')
        .values({ user_id: userId, ...columns })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(columns))
        .execute();
    },
    async remove(userId) {
      await db.deleteFrom('second_factors').where('user_id', '=', userId).execute();
    },
  };
}

export async function readSecondFactor(
  db: Kysely<Tables>,
  userId: string,
): Promise<SecondFactorRecord | undefined> {
  const row = await db
    .selectFrom('second_factors')
    .select(['last_step', 'confirmed_at'])
    .select([
      opened('second_factors.secret').as('secret'),
      opened('second_factors.recovery_hashes').as('recovery_hashes'),
    ])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return (
    row && {
      userId,
      secret: row.secret,
      recoveryHashes: JSON.parse(row.recovery_hashes) as string[],
      lastStep: row.last_step,
      confirmedAtMs: row.confirmed_at,
    }
  );
}
