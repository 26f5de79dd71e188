import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { Kysely, Selectable } from 'kysely';
import type { IdentityStore, UserRecord } from '../../identity/identity-store.ts';
import type { Tables } from './tables.ts';

export function createIdentityStore(db: Kysely<Tables>): IdentityStore {
  return {
    async hasUsers() {
      return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
    },
    async user(id) {
      const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
      return row && userRecordOf(row);
    },
    async userByName(name) {
      const row = await db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst();
      return row && userRecordOf(row);
    },
    async insertUser(user) {
      await db
        .insertInto('users')
        .values({ id: user.id, name: user.name, ...changeableColumns(user) })
        .execute();
    },
    async updateUser(user) {
      await db.updateTable('users').set(changeableColumns(user)).where('id', '=', user.id).execute();
    },
    async countRootAdministrators() {
      const { count } = await db
        .selectFrom('users')
        .select((select) => select.fn.countAll<number | string>().as('count'))
        .where('role', '=', 'administrator')
        .where('organisation_id', '=', rootOrganisationId)
        .where('is_active', '=', 1)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async insertSession(session) {
      await db
        .insertInto('sessions')
        .values({
          token_hash: session.tokenHash,
          user_id: session.userId,
          created_at: session.createdAtMs,
          expires_at: session.expiresAtMs,
        })
        .execute();
    },
    async extendSession(tokenHash, expiresAtMs) {
      await db
        .updateTable('sessions')
        .set({ expires_at: expiresAtMs })
        .where('token_hash', '=', tokenHash)
        .execute();
    },
    async deleteSession(tokenHash) {
      await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
    },
    async deleteSessionsOf(userId, keptTokenHash = '') {
      await db
        .deleteFrom('sessions')
        .where('user_id', '=', userId)
        .where('token_hash', '!=', keptTokenHash)
        .execute();
    },
    async deleteSessionsBefore(expiredBeforeMs) {
      await db.deleteFrom('sessions').where('expires_at', '<=', expiredBeforeMs).execute();
    },
    async insertToken(token) {
      await db
        .insertInto('tokens')
        .values({
          id: token.id,
          name: token.name,
          token_hash: token.tokenHash,
          user_id: token.userId,
          created_at: token.createdAtMs,
          expires_at: token.expiresAtMs,
        })
        .execute();
    },
    async deleteToken(id, userId) {
      const deleted = await db
        .deleteFrom('tokens')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .returning('id')
        .executeTakeFirst();
      return deleted !== undefined;
    },
  };
}

export function userRecordOf(row: Selectable<Tables['users']>): UserRecord {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    role: row.role,
    organisationId: row.organisation_id,
    passwordHash: row.password_hash,
    isActive: row.is_active === 1,
    failedLogins: row.failed_logins,
    lockedUntilMs: row.locked_until,
    lastLoginAtMs: row.last_login_at,
    version: row.version,
  };
}

function changeableColumns(user: UserRecord) {
  return {
    display_name: user.displayName,
    role: user.role,
    organisation_id: user.organisationId,
    password_hash: user.passwordHash,
    is_active: user.isActive ? 1 : 0,
    failed_logins: user.failedLogins,
    locked_until: user.lockedUntilMs,
    last_login_at: user.lastLoginAtMs,
    version: user.version,
  };
}
