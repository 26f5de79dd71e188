import type { Migration } from './migrations.ts';

export const visitMigration: Migration = {
  number: 22,
  name: 'visits, what is owed, campaigns',
  sql: `
    CREATE TABLE visit_settings (
      organisation_id TEXT PRIMARY KEY REFERENCES organisations (id) ON DELETE CASCADE,
      settings TEXT NOT NULL,
      version INTEGER NOT NULL
    );
    CREATE TABLE visit_plans (
      resident_id TEXT PRIMARY KEY REFERENCES residents (id) ON DELETE CASCADE,
      frequency TEXT,
      note TEXT NOT NULL,
      version INTEGER NOT NULL
    );

    -- When it was decided last what is owed to a resident, and when it must be decided again; NULL: when something changes.
    CREATE TABLE visit_looks (
      resident_id TEXT PRIMARY KEY REFERENCES residents (id) ON DELETE CASCADE,
      looked_at INTEGER,
      next_at INTEGER
    );
    CREATE INDEX visit_looks_next ON visit_looks (next_at) WHERE next_at IS NOT NULL;
    INSERT INTO visit_looks (resident_id, looked_at, next_at) SELECT id, NULL, 0 FROM residents;

    CREATE TABLE owed_visits (
      id TEXT PRIMARY KEY,
      resident_id TEXT NOT NULL,
      station_id TEXT NOT NULL,
      grid TEXT,
      cause TEXT NOT NULL,
      ref TEXT NOT NULL,
      from_at INTEGER NOT NULL,
      until_at INTEGER NOT NULL,
      opened_at INTEGER NOT NULL,
      phase TEXT NOT NULL CHECK (phase IN ('open', 'excused', 'done', 'missed', 'dropped')),
      visit_id TEXT,
      kind TEXT,
      is_checked_in INTEGER NOT NULL,
      settled_at INTEGER,
      tier TEXT,
      excuse TEXT,
      tries INTEGER NOT NULL,
      why_not TEXT,
      sign_at INTEGER
    );
    CREATE UNIQUE INDEX owed_visits_once ON owed_visits (resident_id, cause, ref);
    CREATE INDEX owed_visits_of ON owed_visits (resident_id, until_at);
    CREATE INDEX owed_visits_by_period ON owed_visits (cause, from_at, station_id);
    CREATE INDEX owed_visits_now ON owed_visits (station_id, until_at)
      WHERE phase = 'open' OR phase = 'missed' AND settled_at IS NULL;
    CREATE INDEX owed_visits_excused ON owed_visits (until_at) WHERE phase = 'excused';

    CREATE TABLE visits (
      id TEXT PRIMARY KEY,
      resident_id TEXT NOT NULL,
      dwelling_id TEXT NOT NULL,
      station_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      result TEXT NOT NULL,
      reason TEXT,
      started_at INTEGER NOT NULL,
      at INTEGER NOT NULL,
      recorded_at INTEGER NOT NULL,
      visitor_id TEXT NOT NULL,
      check_in TEXT,
      checked_in_at INTEGER,
      findings TEXT NOT NULL,
      campaign_id TEXT
    );
    CREATE INDEX visits_of ON visits (resident_id, at);
    CREATE INDEX visits_at_home ON visits (dwelling_id, at);

    -- Test presses of the last two weeks, by which visitors check in.
    CREATE TABLE visit_presses (
      dwelling_id TEXT NOT NULL,
      device_id TEXT NOT NULL,
      at INTEGER NOT NULL
    );
    CREATE INDEX visit_presses_at ON visit_presses (dwelling_id, at);

    CREATE TABLE visit_follow_ups (
      id TEXT PRIMARY KEY,
      visit_id TEXT NOT NULL,
      resident_id TEXT NOT NULL,
      text TEXT NOT NULL,
      due_day TEXT NOT NULL,
      owner_id TEXT,
      done_at INTEGER,
      done_by TEXT,
      done_note TEXT NOT NULL
    );
    CREATE INDEX visit_follow_ups_open ON visit_follow_ups (due_day, id) WHERE done_at IS NULL;
    CREATE INDEX visit_follow_ups_of ON visit_follow_ups (resident_id);

    CREATE TABLE visit_campaigns (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      organisation_id TEXT NOT NULL REFERENCES organisations (id),
      groups TEXT NOT NULL,
      script TEXT NOT NULL,
      until_at INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      started_by TEXT NOT NULL,
      ended_at INTEGER
    );
    CREATE INDEX visit_campaigns_by_time ON visit_campaigns (started_at, id);
    CREATE TABLE campaign_calls (
      campaign_id TEXT NOT NULL REFERENCES visit_campaigns (id) ON DELETE CASCADE,
      resident_id TEXT NOT NULL,
      station_id TEXT NOT NULL,
      result TEXT,
      is_done INTEGER NOT NULL,
      tries INTEGER NOT NULL,
      last_at INTEGER,
      last_by TEXT,
      PRIMARY KEY (campaign_id, resident_id)
    );
    CREATE INDEX campaign_calls_of ON campaign_calls (resident_id);
  `,
};
