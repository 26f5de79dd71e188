import type { Migration } from './migrations.ts';

/**
 * `lineage`: JSON, what stood in the place of the device before it, the latest first. `entered_at` is set when it was entered
 * again after it had been taken out of service. `next_secret_hash` is of a secret that was handed out and not used yet.
 */
export const installingMigration: Migration = {
  number: 17,
  name: 'devices that are exchanged, retired, and fetch their secrets',
  sql: `
    ALTER TABLE devices ADD COLUMN retired_at INTEGER;
    ALTER TABLE devices ADD COLUMN replaced_by TEXT;
    ALTER TABLE devices ADD COLUMN lineage TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE devices ADD COLUMN entered_at INTEGER;
    ALTER TABLE devices ADD COLUMN next_secret_hash TEXT;

    CREATE TABLE device_claims (
      device_id TEXT PRIMARY KEY,
      code_hash TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      made_by TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      wrong_codes INTEGER NOT NULL DEFAULT 0,
      locked_at INTEGER,
      deliveries INTEGER NOT NULL DEFAULT 0,
      used_at INTEGER
    ) WITHOUT ROWID;
  `,
};
