import type { Migration } from './migrations.ts';

export const commissioningMigration: Migration = {
  number: 19,
  name: 'test mode, commissioning',
  sql: `
    ALTER TABLE alarms ADD COLUMN is_test INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE test_modes (
      id TEXT PRIMARY KEY,
      of_what TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      station_id TEXT NOT NULL,
      dwelling_id TEXT,
      started_by TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL,
      ended_at INTEGER,
      ended_by TEXT,
      reason TEXT NOT NULL,
      commissioning_id TEXT
    );
    -- Of the few that run; every press that raises an alarm looks here.
    CREATE INDEX test_modes_running ON test_modes (ends_at, id) WHERE ended_at IS NULL;
    CREATE INDEX test_modes_ended ON test_modes (ended_at, id) WHERE ended_at IS NOT NULL;

    CREATE TABLE commissionings (
      id TEXT PRIMARY KEY,
      dwelling_id TEXT NOT NULL,
      station_id TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'signed', 'abandoned')),
      started_by TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      -- Where the journal stood: what devices said later is looked for behind it.
      started_seq INTEGER NOT NULL,
      ended_at INTEGER,
      test_mode_id TEXT,
      abandoned_because TEXT,
      -- What was signed, word for word; gone when the data of the resident were deleted on request.
      content TEXT,
      previous_sha256 TEXT,
      sha256 TEXT
    );
    CREATE UNIQUE INDEX commissionings_open ON commissionings (dwelling_id) WHERE state = 'open';
    CREATE INDEX commissionings_by_time ON commissionings (started_at, id);
    CREATE INDEX commissionings_by_dwelling ON commissionings (dwelling_id, started_at);
    CREATE UNIQUE INDEX commissionings_signed ON commissionings (previous_sha256) WHERE state = 'signed';

    CREATE TABLE commissioning_checks (
      commissioning_id TEXT NOT NULL REFERENCES commissionings (id),
      device_id TEXT NOT NULL,
      key TEXT NOT NULL,
      position INTEGER NOT NULL,
      since_at INTEGER NOT NULL,
      passed_at INTEGER,
      evidence TEXT NOT NULL,
      confirmed_at INTEGER,
      point_id TEXT,
      PRIMARY KEY (commissioning_id, device_id, key)
    ) WITHOUT ROWID;
    CREATE INDEX commissioning_checks_by_device ON commissioning_checks (device_id);

    CREATE TABLE commissioning_points (
      id TEXT PRIMARY KEY,
      commissioning_id TEXT NOT NULL REFERENCES commissionings (id),
      dwelling_id TEXT NOT NULL,
      station_id TEXT NOT NULL,
      device_id TEXT NOT NULL,
      check_key TEXT NOT NULL,
      reason TEXT NOT NULL,
      owner TEXT NOT NULL,
      due_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      done_at INTEGER,
      done_by TEXT,
      note TEXT NOT NULL
    );
    CREATE INDEX commissioning_points_open ON commissioning_points (due_at, id) WHERE done_at IS NULL;
    CREATE INDEX commissioning_points_done ON commissioning_points (done_at, id) WHERE done_at IS NOT NULL;
    CREATE INDEX commissioning_points_of ON commissioning_points (commissioning_id);

    CREATE TABLE device_retests (
      device_id TEXT PRIMARY KEY,
      commissioning_id TEXT NOT NULL,
      since_at INTEGER NOT NULL,
      reasons TEXT NOT NULL,
      needs TEXT NOT NULL
    );
    CREATE INDEX device_retests_by_time ON device_retests (since_at, device_id);
    -- That gateways came back, for those who follow; devices announce themselves far more often than gateways.
    CREATE INDEX journal_presence ON journal (seq) WHERE type = 'availability';
  `,
};
