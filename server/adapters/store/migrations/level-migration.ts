import type { Migration } from './migrations.ts';

/** Where dwellings and stations stand, the outlines of organisations, and home care beds. */
export const levelMigration: Migration = {
  number: 23,
  name: 'coordinates, outlines, home care beds',
  sql: `
    ALTER TABLE dwellings ADD COLUMN latitude REAL;
    ALTER TABLE dwellings ADD COLUMN longitude REAL;
    ALTER TABLE organisations ADD COLUMN latitude REAL;
    ALTER TABLE organisations ADD COLUMN longitude REAL;
    CREATE TABLE outlines (
      organisation_id TEXT PRIMARY KEY REFERENCES organisations (id),
      geometry TEXT NOT NULL,
      changed_at INTEGER NOT NULL
    );
    CREATE TABLE care_beds (
      id TEXT PRIMARY KEY,
      resident_id TEXT NOT NULL,
      carers TEXT NOT NULL,
      respites TEXT NOT NULL,
      note TEXT NOT NULL,
      opened_at INTEGER NOT NULL,
      opened_by TEXT NOT NULL,
      ended_at INTEGER,
      ended_by TEXT,
      end_reason TEXT,
      version INTEGER NOT NULL
    );
    CREATE UNIQUE INDEX care_beds_open ON care_beds (resident_id) WHERE ended_at IS NULL;
  `,
};
