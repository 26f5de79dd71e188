import type { Kysely, Selectable } from 'kysely';
import type { ClaimReads, ClaimRecord, ClaimStore } from '../../device/claim-store.ts';
import type { Tables } from './tables.ts';

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
    async forget(deviceId) {
      await db.deleteFrom('device_claims').where('device_id', '=', deviceId).execute();
    },
    async nextSecretHash(deviceId) {
      const row = await db
        .selectFrom('devices')
        .select('next_secret_hash')
        .where('id', '=', deviceId)
        .executeTakeFirst();
      return row?.next_secret_hash ?? null;
    },
    async setNextSecretHash(deviceId, secretHash) {
      await db
        .updateTable('devices')
        .set({ next_secret_hash: secretHash })
        .where('id', '=', deviceId)
        .execute();
    },
  };
}

export function createClaimReads(db: Kysely<Tables>): ClaimReads {
  return {
    async claim(deviceId) {
      const row = await db
        .selectFrom('device_claims')
        .selectAll()
        .where('device_id', '=', deviceId)
        .executeTakeFirst();
      return row && recordOf(row);
    },
  };
}

function recordOf(row: Selectable<Tables['device_claims']>): ClaimRecord {
  return {
    deviceId: row.device_id,
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
    device_id: claim.deviceId,
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
