import type { Migration } from './migrations.ts';

/** A row without `confirmed_at` is an offer that nobody has answered with a code yet: it counts for nothing. */
export const secondFactorMigration: Migration = {
  number: 28,
  name: 'second factors of users',
  sql: `
    CREATE TABLE second_factors (
      user_id TEXT PRIMARY KEY REFERENCES users (id),
      secret TEXT NOT NULL,
      recovery_hashes TEXT NOT NULL,
      last_step INTEGER NOT NULL,
      confirmed_at INTEGER
    );
  `,
};
