import type { Migration } from './migrations.ts';

/** What waited among the devices for somebody to enter it waits here too. `said` is JSON. */
export const unknownDeviceMigration: Migration = {
  number: 18,
  name: 'unknown devices, maintenance',
  sql: `
    CREATE TABLE unknown_devices (
      gateway_id TEXT NOT NULL,
      code TEXT NOT NULL,
      first_at INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      times INTEGER NOT NULL,
      rssi REAL,
      battery REAL,
      said TEXT NOT NULL,
      PRIMARY KEY (gateway_id, code)
    ) WITHOUT ROWID;
    CREATE INDEX unknown_devices_by_time ON unknown_devices (last_at);
    CREATE INDEX unknown_devices_by_code ON unknown_devices (code);
    INSERT INTO unknown_devices (gateway_id, code, first_at, last_at, times, rssi, battery, said)
      SELECT gateway_id, id, last_seen_at, last_seen_at, 1, rssi, battery, '[]' FROM devices
      WHERE is_registered = 0 AND gateway_id IS NOT NULL AND last_seen_at IS NOT NULL;

    CREATE TABLE dismissed_codes (
      station_id TEXT NOT NULL,
      code TEXT NOT NULL,
      dismissed_at INTEGER NOT NULL,
      dismissed_by TEXT NOT NULL,
      note TEXT NOT NULL,
      PRIMARY KEY (station_id, code)
    ) WITHOUT ROWID;

    -- The latest version that a device or gateway said of itself, and those that somebody wants.
    CREATE TABLE firmware (
      of TEXT NOT NULL CHECK (of IN ('device', 'gateway')),
      id TEXT NOT NULL,
      version TEXT NOT NULL,
      since INTEGER NOT NULL,
      PRIMARY KEY (of, id)
    ) WITHOUT ROWID;
    CREATE TABLE wished_firmware (
      organisation_id TEXT NOT NULL,
      type TEXT NOT NULL,
      version TEXT NOT NULL,
      set_at INTEGER NOT NULL,
      set_by TEXT NOT NULL,
      PRIMARY KEY (organisation_id, type)
    ) WITHOUT ROWID;

    -- Jobs that somebody has taken or noted something of; the others follow from the state of the devices.
    CREATE TABLE maintenance_jobs (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      of TEXT NOT NULL,
      target_id TEXT NOT NULL,
      station_id TEXT,
      opened_at INTEGER NOT NULL,
      -- Of the battery when somebody undertook to change it.
      percent REAL,
      taken_by TEXT,
      taken_at INTEGER,
      notes TEXT NOT NULL DEFAULT '[]',
      done_at INTEGER,
      done_by TEXT
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX maintenance_jobs_open ON maintenance_jobs (of, target_id, kind) WHERE done_at IS NULL;
    CREATE INDEX maintenance_jobs_done ON maintenance_jobs (done_at) WHERE done_at IS NOT NULL;
    CREATE INDEX devices_by_battery ON devices (battery) WHERE battery IS NOT NULL;
  `,
};
