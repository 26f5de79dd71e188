import type { Migration } from './migrations.ts';

export const historyMigration: Migration = {
  number: 5,
  name: 'what the history refused, residents who were erased',
  sql: `
    CREATE TABLE dead_letters (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      refused_at INTEGER NOT NULL,
      measurement TEXT NOT NULL,
      device_id TEXT,
      resident_id TEXT,
      station_id TEXT,
      reason TEXT NOT NULL,
      line TEXT NOT NULL,
      UNIQUE (seq, measurement)
    );

    -- The resident's identifier stands here until nothing is left under it.
    CREATE TABLE erasures (
      pseudonym TEXT PRIMARY KEY,
      resident_id TEXT,
      station_id TEXT,
      reason TEXT NOT NULL,
      requested_at INTEGER NOT NULL,
      requested_by TEXT NOT NULL,
      entries_removed INTEGER NOT NULL DEFAULT 0,
      finished_at INTEGER
    );
  `,
};
