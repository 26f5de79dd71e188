import type { Migration } from './migrations.ts';

export const serviceMigration: Migration = {
  number: 21,
  name: 'service requests',
  sql: `
    CREATE TABLE service_requests (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      phase TEXT NOT NULL,
      station_id TEXT,
      held_by TEXT,
      offered_to TEXT,
      resident_id TEXT,
      dwelling_id TEXT,
      device_id TEXT,
      alarm_id TEXT,
      owner_id TEXT,
      asked_at INTEGER NOT NULL,
      ended_at INTEGER,
      is_waiting INTEGER NOT NULL,
      is_missed INTEGER NOT NULL,
      is_test INTEGER NOT NULL DEFAULT 0,
      due_at INTEGER,
      state TEXT NOT NULL,
      version INTEGER NOT NULL,
      last_seq INTEGER NOT NULL,
      last_hash TEXT NOT NULL
    );
    CREATE INDEX service_requests_due ON service_requests (due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX service_requests_open ON service_requests (station_id) WHERE ended_at IS NULL;
    CREATE INDEX service_requests_by_alarm ON service_requests (alarm_id) WHERE alarm_id IS NOT NULL;
    CREATE INDEX service_requests_by_resident ON service_requests (resident_id, asked_at);
    CREATE INDEX service_requests_by_time ON service_requests (asked_at);
    CREATE INDEX journal_of_requests ON journal (json_extract(body, '$.requestId'), seq) WHERE type = 'request';

    CREATE TABLE services (
      organisation_id TEXT PRIMARY KEY,
      services TEXT NOT NULL,
      version INTEGER NOT NULL
    );

    -- What is told may be about a request as well as about an alarm, so that its case is no longer a row of one table.
    CREATE TABLE notifications_of_cases (
      id TEXT PRIMARY KEY,
      alarm_id TEXT NOT NULL,
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
    INSERT INTO notifications_of_cases
      SELECT id, alarm_id, station_id, step_key, purpose, recipient_key, recipient, channels, urgency, created_at,
        expires_at, is_link_revoked, phase, state, due_at, channel_id, receipt_id
      FROM notifications;
    DROP TABLE notifications;
    ALTER TABLE notifications_of_cases RENAME TO notifications;
    CREATE INDEX notifications_due ON notifications (urgency, due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX notifications_by_channel ON notifications (channel_id, phase) WHERE due_at IS NOT NULL;
    CREATE INDEX notifications_finished ON notifications (created_at) WHERE due_at IS NULL AND channels <> '[]';
    CREATE INDEX notifications_by_receipt ON notifications (channel_id, receipt_id) WHERE receipt_id IS NOT NULL;
  `,
};
