import type { Token, User } from '@carebell/contracts/registry.ts';
import type { Kysely, Selectable } from 'kysely';
import { instant, instantOrNull } from '../../clock.ts';
import { isInScope, pageOfRows } from './page-rows.ts';
import { isWrittenIn } from './search-reads.ts';
import type { IdentityReads } from '../../identity/identity-reads.ts';
import { userRecordOf } from './identity-store.ts';
import { readSecondFactor } from './second-factor-store.ts';
import type { Tables } from './tables.ts';

export function createIdentityReads(db: Kysely<Tables>): IdentityReads {
  const userRow = (column: 'id' | 'name', value: string) =>
    db.selectFrom('users').selectAll().where(column, '=', value).executeTakeFirst();
  const shownUsers = () =>
    db
      .selectFrom('users')
      .leftJoin('second_factors', 'second_factors.user_id', 'users.id')
      .selectAll('users')
      .select('second_factors.confirmed_at');
  return {
    async userByName(name) {
      const row = await userRow('name', name);
      return row && userRecordOf(row);
    },
    async userRecord(id) {
      const row = await userRow('id', id);
      return row && userRecordOf(row);
    },
    async sessionBearer(tokenHash) {
      const row = await db
        .selectFrom('sessions')
        .innerJoin('users', 'users.id', 'sessions.user_id')
        .leftJoin('second_factors', 'second_factors.user_id', 'users.id')
        .selectAll('users')
        .select(['sessions.expires_at', 'second_factors.confirmed_at'])
        .where('sessions.token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (!row) return undefined;
      const hasSecondFactor = row.confirmed_at !== null;
      return { user: userRecordOf(row), id: tokenHash, expiresAtMs: row.expires_at, hasSecondFactor };
    },
    async tokenBearer(tokenHash) {
      const row = await db
        .selectFrom('tokens')
        .innerJoin('users', 'users.id', 'tokens.user_id')
        .selectAll('users')
        .select(['tokens.expires_at', 'tokens.id as token_id'])
        .where('tokens.token_hash', '=', tokenHash)
        .executeTakeFirst();
      if (!row) return undefined;
      // Of a tool nobody asks for a code.
      const hasSecondFactor = true;
      return { user: userRecordOf(row), id: row.token_id, expiresAtMs: row.expires_at, hasSecondFactor };
    },
    secondFactor: (userId) => readSecondFactor(db, userId),
    async user(id) {
      const row = await shownUsers().where('users.id', '=', id).executeTakeFirst();
      return row && userOf(row);
    },
    async users({ scope, q, limit, after = '' }) {
      let query = shownUsers().where('id', '>', after).where(isInScope('organisation_id', scope));
      if (q) query = query.where(isWrittenIn(['name', 'display_name'], q));
      const rows = await query
        .orderBy('id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, userOf);
    },
    async tokens({ userId, limit, after = '' }) {
      const rows = await db
        .selectFrom('tokens')
        .selectAll()
        .where('user_id', '=', userId)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit + 1)
        .execute();
      return pageOfRows(rows, limit, tokenOf);
    },
  };
}

function userOf(row: Selectable<Tables['users']> & { confirmed_at: number | null }): User {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    role: row.role,
    organisationId: row.organisation_id,
    isActive: row.is_active === 1,
    lastLoginAt: instantOrNull(row.last_login_at),
    hasSecondFactor: row.confirmed_at !== null,
    version: row.version,
  };
}

function tokenOf(row: Selectable<Tables['tokens']>): Token {
  return {
    id: row.id,
    name: row.name,
    createdAt: instant(row.created_at),
    expiresAt: instantOrNull(row.expires_at),
  };
}
