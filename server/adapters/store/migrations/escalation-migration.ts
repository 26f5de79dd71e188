import type { Migration } from './migrations.ts';

/** Alarms that are open while the hub is brought up to this get their policy at once: they are due now. */
export const escalationMigration: Migration = {
  number: 6,
  name: 'deadlines, escalation policies, duty',
  sql: `
    ALTER TABLE alarms ADD COLUMN next_deadline_at INTEGER;
    ALTER TABLE alarms ADD COLUMN missed_deadlines INTEGER NOT NULL DEFAULT 0;
    UPDATE alarms SET next_deadline_at = pressed_at WHERE phase <> 'closed';
    DROP INDEX alarms_by_display_deadline;
    ALTER TABLE alarms DROP COLUMN display_deadline_at;
    CREATE INDEX alarms_by_next_deadline ON alarms (next_deadline_at) WHERE next_deadline_at IS NOT NULL;
    CREATE INDEX alarms_missed ON alarms (last_seq) WHERE missed_deadlines > 0;
    CREATE INDEX alarms_open_by_dwelling ON alarms (dwelling_id) WHERE phase <> 'closed';

    ALTER TABLE dwellings ADD COLUMN area TEXT NOT NULL DEFAULT 'centre';

    CREATE TABLE escalation_policies (
      organisation_id TEXT PRIMARY KEY,
      policies TEXT NOT NULL,
      version INTEGER NOT NULL
    );

    CREATE TABLE duty (
      organisation_id TEXT NOT NULL,
      user_id TEXT NOT NULL REFERENCES users (id),
      until_at INTEGER,
      PRIMARY KEY (organisation_id, user_id)
    );
  `,
};
