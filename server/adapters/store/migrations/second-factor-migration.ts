import type { Migration } from './migrations.ts';

/**
 * A row without `confirmed_at` is an offer that nobody has answered with a code yet: it counts for nothing. `sealed_columns`
 * names those that hold no readable cell any more; one that a later hub seals too is not among them at its first start.
 */
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
    CREATE TABLE sealed_columns (name TEXT PRIMARY KEY);
  `,
};
