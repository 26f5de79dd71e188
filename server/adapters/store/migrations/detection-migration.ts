import type { Migration } from './migrations.ts';

export const detectionMigration: Migration = {
  number: 15,
  name: 'what rules know of residents, rules of organisations and residents',
  sql: `
    -- due_at is when a rule must be looked at though nothing happens.
    CREATE TABLE detection_watches (
      resident_id TEXT PRIMARY KEY REFERENCES residents (id) ON DELETE CASCADE,
      watch TEXT NOT NULL,
      due_at INTEGER
    );
    CREATE INDEX detection_watches_due ON detection_watches (due_at) WHERE due_at IS NOT NULL;

    -- One row: when the hub was last seen running, and when it was not.
    CREATE TABLE detection_hub (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      alive_at INTEGER NOT NULL,
      gaps TEXT NOT NULL
    );

    CREATE TABLE organisation_rules (
      organisation_id TEXT PRIMARY KEY REFERENCES organisations (id) ON DELETE CASCADE,
      rules TEXT NOT NULL,
      version INTEGER NOT NULL
    );
    CREATE TABLE resident_rules (
      resident_id TEXT PRIMARY KEY REFERENCES residents (id) ON DELETE CASCADE,
      rules TEXT NOT NULL,
      version INTEGER NOT NULL
    );
  `,
};
