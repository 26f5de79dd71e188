import { absenceMigration } from './absence-migration.ts';
import { auditMigration } from './audit-migration.ts';
import { commissioningMigration } from './commissioning-migration.ts';
import { deskMigration } from './desk-migration.ts';
import { detectionMigration } from './detection-migration.ts';
import { digestMigration } from './digest-migration.ts';
import { drillMigration } from './drill-migration.ts';
import { dutyMigration } from './duty-migration.ts';
import { escalationMigration } from './escalation-migration.ts';
import { gatewayClaimMigration } from './gateway-claim-migration.ts';
import { handlingMigration } from './handling-migration.ts';
import { historyMigration } from './history-migration.ts';
import { hubClockMigration } from './hub-clock-migration.ts';
import { installingMigration } from './installing-migration.ts';
import { levelMigration } from './level-migration.ts';
import { notificationMigration } from './notification-migration.ts';
import { reportMigration } from './report-migration.ts';
import { sealingMigration } from './sealing-migration.ts';
import { secondFactorMigration } from './second-factor-migration.ts';
import { serviceMigration } from './service-migration.ts';
import { supervisionMigration } from './supervision-migration.ts';
import { unknownDeviceMigration } from './unknown-device-migration.ts';
import { userAddressesMigration } from './user-addresses-migration.ts';
import { visitMigration } from './visit-migration.ts';

export type Migration = { number: number; name: string; sql: string };

/**
 * Forward-only numbered migrations: what stands here is never edited once released, only appended to.
 * SQLite dialect; the types and checks are chosen so that PostgreSQL takes the same statements with `BIGINT` for
 * `INTEGER` and `BIGSERIAL` for the journal's key.
 */
export const migrations: readonly Migration[] = [
  {
    number: 1,
    name: 'people, places, things, events',
    sql: `
      CREATE TABLE organisations (
        id TEXT PRIMARY KEY,
        level TEXT NOT NULL CHECK (level IN ('district', 'street', 'station')),
        parent_id TEXT NOT NULL,
        name TEXT NOT NULL,
        phone TEXT
      );
      CREATE INDEX organisations_by_parent ON organisations (parent_id);

      CREATE TABLE dwellings (
        id TEXT PRIMARY KEY,
        station_id TEXT NOT NULL REFERENCES organisations (id),
        address TEXT NOT NULL,
        access TEXT NOT NULL,
        grid TEXT
      );
      CREATE INDEX dwellings_by_station ON dwellings (station_id);

      CREATE TABLE residents (
        id TEXT PRIMARY KEY,
        dwelling_id TEXT NOT NULL REFERENCES dwellings (id),
        name TEXT NOT NULL,
        phone TEXT,
        birth_year INTEGER,
        risk_groups TEXT NOT NULL,
        medical_notes TEXT NOT NULL,
        contacts TEXT NOT NULL
      );
      CREATE INDEX residents_by_dwelling ON residents (dwelling_id);

      CREATE TABLE gateways (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        station_id TEXT NOT NULL REFERENCES organisations (id),
        dwelling_id TEXT REFERENCES dwellings (id),
        secret_hash TEXT NOT NULL,
        availability TEXT,
        last_seen_at INTEGER
      );

      CREATE TABLE devices (
        id TEXT PRIMARY KEY,
        type TEXT NOT NULL,
        name TEXT NOT NULL,
        room TEXT NOT NULL,
        station_id TEXT REFERENCES organisations (id),
        dwelling_id TEXT REFERENCES dwellings (id),
        resident_id TEXT REFERENCES residents (id),
        gateway_id TEXT REFERENCES gateways (id),
        is_registered INTEGER NOT NULL,
        secret_hash TEXT,
        availability TEXT,
        last_seen_at INTEGER,
        battery REAL,
        rssi REAL
      );
      CREATE INDEX devices_by_dwelling ON devices (dwelling_id);
      CREATE INDEX devices_by_resident ON devices (resident_id);
      CREATE INDEX devices_by_gateway ON devices (gateway_id);
      CREATE INDEX devices_by_station ON devices (station_id);

      CREATE TABLE service_accounts (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        secret_hash TEXT NOT NULL,
        created_at INTEGER NOT NULL
      );

      CREATE TABLE users (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        display_name TEXT NOT NULL,
        role TEXT NOT NULL,
        organisation_id TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        is_active INTEGER NOT NULL DEFAULT 1,
        failed_logins INTEGER NOT NULL DEFAULT 0,
        locked_until INTEGER,
        last_login_at INTEGER
      );
      CREATE TABLE sessions (
        token_hash TEXT PRIMARY KEY,
        user_id TEXT NOT NULL REFERENCES users (id),
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
      );
      CREATE INDEX sessions_by_user ON sessions (user_id);
      CREATE TABLE tokens (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        token_hash TEXT NOT NULL UNIQUE,
        user_id TEXT NOT NULL REFERENCES users (id),
        created_at INTEGER NOT NULL,
        expires_at INTEGER
      );

      CREATE TABLE journal (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        received_at INTEGER NOT NULL,
        type TEXT NOT NULL,
        device_id TEXT,
        resident_id TEXT,
        station_id TEXT,
        alarm_id TEXT,
        kind TEXT,
        body TEXT NOT NULL,
        hash TEXT
      );
      CREATE TABLE journal_by_device (
        device_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (device_id, seq)
      ) WITHOUT ROWID;
      CREATE INDEX journal_by_alarm ON journal (alarm_id, seq) WHERE alarm_id IS NOT NULL;

      CREATE TABLE event_keys_0 (
        device_id TEXT NOT NULL,
        event_id TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        PRIMARY KEY (device_id, event_id)
      ) WITHOUT ROWID;
      CREATE TABLE event_keys_1 (
        device_id TEXT NOT NULL,
        event_id TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        PRIMARY KEY (device_id, event_id)
      ) WITHOUT ROWID;
      CREATE TABLE event_keys_2 (
        device_id TEXT NOT NULL,
        event_id TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        PRIMARY KEY (device_id, event_id)
      ) WITHOUT ROWID;
      CREATE TABLE followers (name TEXT PRIMARY KEY, cursor INTEGER NOT NULL);

      CREATE TABLE alarms (
        id TEXT PRIMARY KEY,
        subject TEXT NOT NULL,
        group_name TEXT NOT NULL,
        kind TEXT NOT NULL,
        priority TEXT NOT NULL,
        phase TEXT NOT NULL CHECK (phase IN ('raised', 'acknowledged', 'closed')),
        station_id TEXT,
        dwelling_id TEXT,
        resident_id TEXT,
        device_id TEXT NOT NULL,
        state TEXT NOT NULL,
        pressed_at INTEGER NOT NULL,
        display_deadline_at INTEGER,
        version INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,
        last_hash TEXT NOT NULL
      );
      CREATE UNIQUE INDEX alarms_open ON alarms (subject, group_name) WHERE phase <> 'closed';
      CREATE INDEX alarms_by_phase ON alarms (phase, last_seq);
      CREATE INDEX alarms_by_station ON alarms (station_id, last_seq);
      CREATE INDEX alarms_by_resident ON alarms (resident_id, last_seq);
      CREATE INDEX alarms_by_last_seq ON alarms (last_seq);
      CREATE INDEX alarms_by_display_deadline ON alarms (display_deadline_at) WHERE display_deadline_at IS NOT NULL;

      CREATE TABLE commands (
        id TEXT PRIMARY KEY,
        device_id TEXT NOT NULL,
        command TEXT NOT NULL,
        alarm_id TEXT,
        reassurance TEXT,
        state TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        sent_at INTEGER,
        finished_at INTEGER,
        reason TEXT
      );
      CREATE INDEX commands_waiting ON commands (device_id, created_at) WHERE state = 'waiting';
      CREATE INDEX commands_by_alarm ON commands (alarm_id) WHERE alarm_id IS NOT NULL;

      CREATE TABLE refusals (
        day TEXT NOT NULL,
        reason TEXT NOT NULL,
        subject TEXT NOT NULL,
        count INTEGER NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        sample TEXT,
        PRIMARY KEY (day, reason, subject)
      );
    `,
  },
  {
    number: 2,
    name: 'versions of records, search',
    sql: `
      ALTER TABLE organisations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE dwellings ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE residents ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE gateways ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE devices ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
      ALTER TABLE users ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

      CREATE INDEX dwellings_by_address ON dwellings (station_id, address);

      -- Follows from the records; a hub that finds it empty writes it at its start.
      CREATE TABLE search_entries (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        station_id TEXT,
        text TEXT NOT NULL,
        PRIMARY KEY (kind, id)
      ) WITHOUT ROWID;
    `,
  },
  {
    number: 3,
    name: 'devices heard by gateways',
    sql: `
      ALTER TABLE devices ADD COLUMN heard_as TEXT;
      ALTER TABLE devices ADD COLUMN signals TEXT NOT NULL DEFAULT '{}';
      CREATE INDEX devices_by_heard_as ON devices (lower(heard_as)) WHERE heard_as IS NOT NULL;

      -- The gateway that reported the entry. The index begins with the time in steps of 8 s, so that a batch writes few of
      -- its pages; one by device would write a page of its own for every event.
      ALTER TABLE journal ADD COLUMN heard_by TEXT;
      CREATE INDEX journal_heard ON journal (at / 8000, device_id)
        WHERE heard_by IS NOT NULL AND type IN ('event', 'echo');
    `,
  },
  notificationMigration,
  historyMigration,
  escalationMigration,
  userAddressesMigration,
  reportMigration,
  drillMigration,
  auditMigration,
  handlingMigration,
  absenceMigration,
  dutyMigration,
  deskMigration,
  detectionMigration,
  supervisionMigration,
  installingMigration,
  unknownDeviceMigration,
  commissioningMigration,
  serviceMigration,
  visitMigration,
  levelMigration,
  gatewayClaimMigration,
  sealingMigration,
  digestMigration,
  hubClockMigration,
  secondFactorMigration,
];
