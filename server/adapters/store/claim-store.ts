import type { Kysely, Selectable } from 'kysely';
import type { Claimant, ClaimReads, ClaimRecord, ClaimStore } from '../../device/claim-store.ts';
import type { Tables } from './tables.ts';

const tables = { device: 'devices', gateway: 'gateways' } as const satisfies Record<Claimant, keyof Tables>;

export function createClaimStore(db: Kysely<Tables>): ClaimStore {
  return {
    find: createClaimReads(db).claim,
    async put(claim) {
      const row = columnsOf(claim);
      await db
        .insertInto('device_claims')
        .values(row)
        .onConflict((conflict) => conflict.column('device_id').doUpdateSet(row))
        .execute();
    },
    async forget(accountId) {
      await db.deleteFrom('device_claims').where('device_id', '=', accountId).execute();
    },
    async nextSecretHash(of, accountId) {
      const row = await db
        .selectFrom(tables[of])
        .select('next_secret_hash')
        .where('id', '=', accountId)
        .executeTakeFirst();
      return row?.next_secret_hash ?? null;
    },
    async setNextSecretHash(of, accountId, secretHash) {
      await db
        .updateTable(tables[of])
        .set({ next_secret_hash: secretHash })
        .where('id', '=', accountId)
        .execute();
    },
  };
}

export function createClaimReads(db: Kysely<Tables>): ClaimReads {
  return {
    async claim(accountId) {
      const row = await db
        .selectFrom('device_claims')
        .selectAll()
        .where('device_id', '=', accountId)
        .executeTakeFirst();
      return row && recordOf(row);
    },
  };
}

function recordOf(row: Selectable<Tables['device_claims']>): ClaimRecord {
  return {
    accountId: row.device_id,
    codeHash: row.code_hash,
    madeAtMs: row.made_at,
    madeBy: row.made_by,
    expiresAtMs: row.expires_at,
    wrongCodes: row.wrong_codes,
    lockedAtMs: row.locked_at,
    deliveries: row.deliveries,
    usedAtMs: row.used_at,
  };
}

function columnsOf(claim: ClaimRecord) {
  return {
    device_id: claim.accountId,
    code_hash: claim.codeHash,
    made_at: claim.madeAtMs,
    made_by: claim.madeBy,
    expires_at: claim.expiresAtMs,
    wrong_codes: claim.wrongCodes,
    locked_at: claim.lockedAtMs,
    deliveries: claim.deliveries,
    used_at: claim.usedAtMs,
  };
}
