import type { Migration } from './migrations.ts';

/**
 * `deadline_at` is when the hub looks next whether a device was heard; `NULL` while nobody waits for it. `ring` holds the last
 * periods, a bit each, 1 for a missed one, the latest lowest.
 */
export const supervisionMigration: Migration = {
  number: 16,
  name: 'supervision',
  sql: `
    CREATE TABLE supervised (
      of TEXT NOT NULL CHECK (of IN ('device', 'gateway')),
      id TEXT NOT NULL,
      setting TEXT,
      last_heard_at INTEGER,
      deadline_at INTEGER,
      missed_in_row INTEGER NOT NULL DEFAULT 0,
      ring INTEGER NOT NULL DEFAULT 0,
      silent_since INTEGER,
      is_unknown INTEGER NOT NULL DEFAULT 0,
      excused_ms INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (of, id)
    ) WITHOUT ROWID;
    CREATE INDEX supervised_by_deadline ON supervised (deadline_at) WHERE deadline_at IS NOT NULL;
    CREATE INDEX supervised_silent ON supervised (silent_since) WHERE silent_since IS NOT NULL;

    -- One row each: until when the hub has listened; the latest synthetic event.
    CREATE TABLE supervision_clock (
      name TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      number INTEGER NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE station_screens (
      station_id TEXT PRIMARY KEY,
      last_screen_at INTEGER NOT NULL
    ) WITHOUT ROWID;

    -- One row per receiver and what makes it deaf, or per tested button.
    CREATE TABLE receivers (
      gateway_id TEXT PRIMARY KEY,
      state TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE button_tests (
      device_id TEXT PRIMARY KEY,
      tested_at INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE button_test_rules (
      station_id TEXT PRIMARY KEY,
      every TEXT NOT NULL CHECK (every IN ('week', 'month'))
    ) WITHOUT ROWID;
  `,
};
