import type { Migration } from './migrations.ts';

export const drillMigration: Migration = {
  number: 9,
  name: 'drills',
  sql: `
    ALTER TABLE alarms ADD COLUMN is_drill INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE drills (
      id TEXT PRIMARY KEY,
      station_id TEXT NOT NULL REFERENCES organisations (id),
      kind TEXT NOT NULL,
      resident_id TEXT,
      starts_at INTEGER NOT NULL,
      notifies TEXT NOT NULL,
      draw REAL NOT NULL,
      planned_by TEXT NOT NULL,
      phase TEXT NOT NULL,
      alarm_id TEXT
    );
    CREATE INDEX drills_planned ON drills (starts_at) WHERE phase = 'planned';
    CREATE INDEX drills_by_time ON drills (starts_at, id);
  `,
};
