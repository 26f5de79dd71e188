import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { DataKeys } from '../sealing/data-keys.ts';
import { teachSealing } from './sealed-cells.ts';

/** Statements kept prepared; past this the longest unused goes. The hub has far fewer texts than this. */
const keptStatements = 300;

/**
 * Opens a database file in this thread. WAL with `synchronous=FULL`: a commit returns only after fsync of the log, which
 * is what lets PUBACK mean stored. A reader may open it while the writer writes. Without keys, what is sealed stays so.
 *
 * What SQLite puts aside while it sorts stays in memory: opened cells would lie readable in a file of `/var/tmp` otherwise, which
 * not every machine lets a service write.
 */
export function openDatabase(file: string, mode: 'write' | 'read', keys?: DataKeys): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: mode === 'read', timeout: 1000 });
  teachSealing(db, keys);
  db.exec('PRAGMA temp_store = MEMORY');
  if (mode === 'write') {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    // 1,000 pages is SQLite's default; a larger log means fewer checkpoints (each an fsync more) at a few MB of disk.
    db.exec('PRAGMA wal_autocheckpoint = 4000;');
  }
  return db;
}

/** Prepares each text once and runs it with positional parameters. */
export function statementCache(db: DatabaseSync): (sql: string) => StatementSync {
  const kept = new Map<string, StatementSync>();
  return (sql) => {
    const known = kept.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    if (kept.size >= keptStatements) {
      const oldest = kept.keys().next();
      if (!oldest.done) kept.delete(oldest.value);
    }
    kept.set(sql, statement);
    return statement;
  };
}
