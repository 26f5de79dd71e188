import type { Migration } from './migrations.ts';

/** `duty_turns` follows from `duty_shifts`: when an alarm is raised, a time is compared and no calendar worked out. */
export const dutyMigration: Migration = {
  number: 13,
  name: 'rotas of duty shifts',
  sql: `
    CREATE TABLE duty_shifts (
      id TEXT PRIMARY KEY,
      organisation_id TEXT NOT NULL REFERENCES organisations (id),
      user_id TEXT NOT NULL REFERENCES users (id),
      first_day TEXT NOT NULL,
      weekdays TEXT NOT NULL,
      last_day TEXT,
      begins TEXT NOT NULL,
      ends TEXT NOT NULL,
      except_days TEXT NOT NULL,
      version INTEGER NOT NULL
    );
    CREATE INDEX duty_shifts_by_organisation ON duty_shifts (organisation_id);

    CREATE TABLE duty_turns (
      organisation_id TEXT NOT NULL,
      user_id TEXT NOT NULL,
      from_at INTEGER NOT NULL,
      until_at INTEGER NOT NULL,
      PRIMARY KEY (organisation_id, user_id, from_at)
    ) WITHOUT ROWID;
  `,
};
