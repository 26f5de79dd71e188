import type { Migration } from './migrations.ts';

export const absenceMigration: Migration = {
  number: 12,
  name: 'absences of residents, alarms by device',
  sql: `
    -- due_at is when it begins or ends by itself; NULL when it is over.
    CREATE TABLE absences (
      id TEXT PRIMARY KEY,
      resident_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      phase TEXT NOT NULL CHECK (phase IN ('planned', 'running', 'over')),
      from_at INTEGER NOT NULL,
      until_at INTEGER NOT NULL,
      note TEXT NOT NULL,
      set_by TEXT NOT NULL,
      set_at INTEGER NOT NULL,
      ended_at INTEGER,
      ended_by TEXT,
      due_at INTEGER,
      version INTEGER NOT NULL DEFAULT 1
    );
    CREATE UNIQUE INDEX absences_running ON absences (resident_id) WHERE phase = 'running';
    CREATE INDEX absences_by_resident ON absences (resident_id, from_at);
    CREATE INDEX absences_due ON absences (due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX absences_by_phase ON absences (phase, until_at, id) WHERE phase <> 'over';

    CREATE INDEX alarms_by_device ON alarms (device_id, pressed_at);
  `,
};
