import type { Migration } from './migrations.ts';

export const handlingMigration: Migration = {
  number: 11,
  name: 'scripts, what to know of a resident, asking afterwards',
  sql: `
    CREATE TABLE alarm_scripts (
      organisation_id TEXT PRIMARY KEY,
      scripts TEXT NOT NULL,
      version INTEGER NOT NULL
    );
    ALTER TABLE residents ADD COLUMN handling_notes TEXT NOT NULL DEFAULT '';
    ALTER TABLE alarms ADD COLUMN ask_since INTEGER;
    CREATE INDEX alarms_to_ask ON alarms (ask_since) WHERE ask_since IS NOT NULL;
  `,
};
