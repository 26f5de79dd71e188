import type { Migration } from './migrations.ts';

export const notificationMigration: Migration = {
  number: 4,
  name: 'notifications and their channels',
  sql: `
    CREATE TABLE channels (
      id TEXT PRIMARY KEY,
      organisation_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      settings TEXT NOT NULL,
      sealed TEXT NOT NULL,
      secret_names TEXT NOT NULL,
      is_enabled INTEGER NOT NULL,
      version INTEGER NOT NULL,
      failures INTEGER NOT NULL,
      suspended_at INTEGER,
      probe_at INTEGER,
      last_reason TEXT
    );
    CREATE INDEX channels_by_organisation ON channels (organisation_id, kind);

    -- due_at is when something must happen to it: sent, sent again, or given up waiting for a delivery report.
    CREATE TABLE notifications (
      id TEXT PRIMARY KEY,
      alarm_id TEXT NOT NULL REFERENCES alarms (id) DEFERRABLE INITIALLY DEFERRED,
      station_id TEXT,
      step_key TEXT NOT NULL,
      purpose TEXT NOT NULL,
      recipient_key TEXT NOT NULL,
      recipient TEXT NOT NULL,
      channels TEXT NOT NULL,
      urgency INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      is_link_revoked INTEGER NOT NULL DEFAULT 0,
      phase TEXT NOT NULL,
      state TEXT NOT NULL,
      due_at INTEGER,
      channel_id TEXT,
      receipt_id TEXT,
      UNIQUE (alarm_id, step_key, recipient_key)
    );
    CREATE INDEX notifications_due ON notifications (urgency, due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX notifications_by_channel ON notifications (channel_id, phase) WHERE due_at IS NOT NULL;
    CREATE INDEX notifications_by_receipt ON notifications (channel_id, receipt_id) WHERE receipt_id IS NOT NULL;
  `,
};
