import { openDatabase } from '../sqlite/node-sqlite.ts';
import { sealingKeys } from '../sqlite/sealed-cells.ts';

/**
 * Copies a database as it stands at one moment, on a connection that cannot write. A reader in WAL mode holds up no
 * writer; SQLite's page-by-page copy would begin anew at each of the writer's commits. Pages that were freed, and what was deleted with them,
 * do not come along.
 */
export function copyDatabase(file: string, to: string): void {
  using db = openDatabase(file, 'read');
  db.prepare('VACUUM INTO ?').run(to);
}

export type DatabaseCheck = { faults: string[]; schema: number };

/** SQLite's own check of every page, index and reference. */
export function checkDatabase(file: string): DatabaseCheck {
  using db = openDatabase(file, 'read');
  const integrity = db.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
  const references = db.prepare('PRAGMA foreign_key_check').all() as { table: string }[];
  const { user_version: schema } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  const faults = integrity.map(({ integrity_check: said }) => said).filter((said) => said !== 'ok');
  return {
    faults: [...faults, ...references.map(({ table }) => `a reference of ${table} leads nowhere`)],
    schema,
  };
}

/** The names of the data keys that its cells are sealed by. */
export function sealedBy(file: string): string[] {
  using db = openDatabase(file, 'read');
  return sealingKeys(db);
}

const counted = ['residents', 'dwellings', 'devices', 'gateways', 'users', 'alarms'] as const;

/** How much is in it: numbers that a person can compare. */
export function countDatabase(file: string): Record<string, number> {
  using db = openDatabase(file, 'read');
  const one = (sql: string): number => (db.prepare(sql).get() as { n: number }).n;
  const tables = counted.map((table) => [table, one(`SELECT count(*) AS n FROM ${table}`)] as const);
  return {
    ...Object.fromEntries(tables),
    journalEntries: one('SELECT count(*) AS n FROM journal'),
    journalSeq: one('SELECT coalesce(max(seq), 0) AS n FROM journal'),
  };
}
