import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** Statements kept prepared; past this the longest unused goes. The hub has far fewer texts than this. */
const keptStatements = 300;

/**
 * Opens a database file in this thread. WAL with `synchronous=FULL`: a commit returns only after fsync of the log, which
 * is what lets PUBACK mean stored. A reader may open it while the writer writes.
 */
export function openDatabase(file: string, mode: 'write' | 'read'): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: mode === 'read', timeout: 1000 });
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

/** Kysely on a connection of this thread. The connection belongs to the caller, transactions included. */
export function kyselyOn(db: DatabaseSync): Kysely<Tables> {
  const statementOf = statementCache(db);
  return new Kysely<Tables>({
    dialect: new SqliteDialect({
      database: {
        close: () => undefined,
        prepare(sql) {
          const statement = statementOf(sql);
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
            run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
            iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
          };
        },
      },
    }),
  });
}
