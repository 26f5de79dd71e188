import type { Migration } from './migrations.ts';

/** A report of a month is written once and never again; a mail of it waits in its row until it is sent or given up. */
export const deskMigration: Migration = {
  number: 14,
  name: 'wishes of users, reviews of missed deadlines, stored reports',
  sql: `
    ALTER TABLE user_addresses ADD COLUMN locale TEXT;
    ALTER TABLE user_addresses ADD COLUMN wants_reports INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE miss_reviews (
      alarm_id TEXT PRIMARY KEY REFERENCES alarms (id),
      reviewed_at INTEGER NOT NULL,
      user_id TEXT NOT NULL,
      note TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX miss_reviews_by_time ON miss_reviews (reviewed_at, alarm_id);

    CREATE TABLE monthly_reports (
      month TEXT NOT NULL,
      organisation_id TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      report TEXT NOT NULL,
      PRIMARY KEY (month, organisation_id)
    ) WITHOUT ROWID;

    CREATE TABLE report_mails (
      month TEXT NOT NULL,
      user_id TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      due_at INTEGER,
      sent_at INTEGER,
      reason TEXT,
      PRIMARY KEY (month, user_id)
    ) WITHOUT ROWID;
    CREATE INDEX report_mails_due ON report_mails (due_at) WHERE due_at IS NOT NULL;
  `,
};
