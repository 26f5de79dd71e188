import { DatabaseSync } from 'node:sqlite';

export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/**
 * Points lie together by hour and, within it, by series (measurement and tags): a batch of live points touches the pages of
 * one hour, a resident's day is a few short ranges, and what is too old goes from the front.
 */
const tables = `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    measurement TEXT NOT NULL,
    device TEXT NOT NULL,
    resident TEXT NOT NULL,
    station TEXT NOT NULL,
    kind TEXT NOT NULL,
    UNIQUE (measurement, device, resident, station, kind)
  );
  CREATE INDEX series_by_resident ON series (resident, measurement);
  CREATE INDEX series_by_station ON series (measurement, station);

  CREATE TABLE points (
    hour INTEGER NOT NULL,
    series INTEGER NOT NULL,
    at INTEGER NOT NULL,
    sub INTEGER NOT NULL,
    fields TEXT NOT NULL,
    PRIMARY KEY (hour, series, at, sub)
  ) WITHOUT ROWID;

  -- What was written and is not downsampled yet.
  CREATE TABLE dirty (series INTEGER NOT NULL, hour INTEGER NOT NULL, PRIMARY KEY (series, hour)) WITHOUT ROWID;
  CREATE TABLE hourly (
    series INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    field TEXT NOT NULL,
    count INTEGER NOT NULL,
    sum REAL NOT NULL,
    min REAL NOT NULL,
    max REAL NOT NULL,
    PRIMARY KEY (series, hour, field)
  ) WITHOUT ROWID;
  -- Days of the hub's time zone; "day" is the instant at which one begins.
  CREATE TABLE daily (
    series INTEGER NOT NULL,
    day INTEGER NOT NULL,
    field TEXT NOT NULL,
    count INTEGER NOT NULL,
    sum REAL NOT NULL,
    min REAL NOT NULL,
    max REAL NOT NULL,
    PRIMARY KEY (series, day, field)
  ) WITHOUT ROWID;
  CREATE INDEX hourly_by_hour ON hourly (hour);

  CREATE TABLE cursors (journal TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = 1;
`;
const schemaVersion = 1;

/**
 * The history's own file. `synchronous=NORMAL`: no fsync for each batch. A power cut may take the latest batches and then
 * takes the cursor that was written after them too, so they are followed again from the journal, which is fsynced.
 */
export function openHistoryFile(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 1000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 2000;');
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > schemaVersion) {
    throw Object.assign(new Error('history.db was written by a newer version: start that version'), {
      code: 'schema-too-new',
    });
  }
  if (version === 0) db.exec(`BEGIN; ${tables} COMMIT;`);
  return db;
}

/** Runs it whole or not at all. */
export function inTransaction<T>(db: DatabaseSync, action: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = action();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
