import type { DatabaseSync } from 'node:sqlite';
import { createSealing, unsealed } from '../sealing/sealing.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { DataKeys } from '../sealing/data-keys.ts';
import { sealedColumns } from '../sealing/sealed-columns.ts';
import type { SealedColumn } from '../sealing/sealed-columns.ts';

const proofCell = 'sealing_keys.proof';
const proofText = 'this key';

/** Each search looks through all of them: opened once, they are kept, some hundred octets each. */
const searched: SealedColumn = 'search_entries.text';
const keptAtMost = 100_000;

type Open = (row: unknown, stored: string) => string | undefined;

function keptOpen(open: Open): Open {
  const kept = new Map<unknown, { stored: string; text: string | undefined }>();
  return (row, stored) => {
    const known = kept.get(row);
    if (known?.stored === stored) return known.text;
    const text = open(row, stored);
    if (kept.size < keptAtMost || known) kept.set(row, { stored, text });
    return text;
  };
}

/** Gives a connection the functions by which queries write and read sealed cells. */
export function teachSealing(db: DatabaseSync, keys: DataKeys | undefined): Sealing {
  const sealing = keys ? createSealing(keys) : unsealed;
  const cell = (column: unknown, row: unknown): string => `${String(column)}/${String(row)}`;
  db.function('seal', (column, row, text) =>
    typeof text === 'string' ? sealing.seal(cell(column, row), text) : text,
  );
  const openSearched = keptOpen((row, stored) => sealing.unseal(cell(searched, row), stored));
  db.function('unseal', { deterministic: true }, (column, row, stored, instead) => {
    if (typeof stored !== 'string') return stored;
    const text = column === searched ? openSearched(row, stored) : sealing.unseal(cell(column, row), stored);
    return text === undefined ? instead : text;
  });
  // What no key opens stays as it is: a key that is found again may open it.
  db.function('reseal', (column, row, stored) => {
    if (typeof stored !== 'string' || sealing.isCurrent(stored)) return stored;
    const text = sealing.unseal(cell(column, row), stored);
    return text === undefined ? stored : sealing.seal(cell(column, row), text);
  });
  db.function('is_current', { deterministic: true }, (stored) =>
    typeof stored !== 'string' || sealing.isCurrent(stored) ? 1 : 0,
  );
  return sealing;
}

/**
 * Seals what is not sealed by the key that seals now: at the first start with a key, after an older hub's years, after a
 * new key, and in columns that the hub before this one left readable. All of it or nothing.
 */
export function sealAll(db: DatabaseSync, keys: DataKeys): void {
  const [current] = keys;
  const isSealedBy = db.prepare('SELECT 1 FROM sealing_keys WHERE id = ?').get(current.id) !== undefined;
  const done = new Set(isSealedBy ? sealedBefore(db) : []);
  const due = Object.entries(sealedColumns).filter(([column]) => !done.has(column));
  if (due.length === 0) return;
  // What was readable is written over, and not only left to be written over some day.
  db.exec('PRAGMA secure_delete = ON; BEGIN IMMEDIATE');
  for (const [column, { row }] of due) {
    const [table, name] = column.split('.');
    const which = table === 'search_entries' ? " AND kind = 'resident'" : '';
    db.exec(`UPDATE ${table} SET ${name} = reseal('${column}', ${row}, ${name})
      WHERE is_current(${name}) = 0${which}`);
  }
  db.exec('DELETE FROM sealing_keys');
  db.prepare(`INSERT INTO sealing_keys (id, proof) VALUES (?, seal('${proofCell}', ?, ?))`).run(
    current.id,
    current.id,
    proofText,
  );
  db.exec('DELETE FROM sealed_columns');
  const remember = db.prepare('INSERT INTO sealed_columns (name) VALUES (?)');
  for (const column of Object.keys(sealedColumns)) remember.run(column);
  db.exec('COMMIT; PRAGMA secure_delete = OFF; PRAGMA wal_checkpoint(TRUNCATE)');
}

function sealedBefore(db: DatabaseSync): string[] {
  return (db.prepare('SELECT name FROM sealed_columns').all() as { name: string }[]).map(({ name }) => name);
}

/** The names of the keys that the cells of this store are sealed by. */
export function sealingKeys(db: DatabaseSync): string[] {
  return proofsIn(db).map(({ id }) => id);
}

function proofsIn(db: DatabaseSync): { id: string; proof: string }[] {
  const hasTable = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sealing_keys'").get() !== undefined;
  if (!hasTable) return [];
  return db.prepare('SELECT id, proof FROM sealing_keys').all() as { id: string; proof: string }[];
}

/** The keys that have sealed something here and that are not among these, or are others of their names. */
export function missingKeys(db: DatabaseSync, keys: DataKeys | undefined): string[] {
  const sealing = keys ? createSealing(keys) : unsealed;
  return proofsIn(db)
    .filter(({ id, proof }) => sealing.unseal(`${proofCell}/${id}`, proof) !== proofText)
    .map(({ id }) => id);
}

export type CellFault = { column: string; row: string };

/** Every sealed cell that the keys of this connection do not open. */
export function unopenableCells(db: DatabaseSync, sealing: Sealing): CellFault[] {
  return Object.entries(sealedColumns).flatMap(([column, { row }]) => {
    const [table, name] = column.split('.');
    const which = table === 'search_entries' ? " WHERE kind = 'resident'" : '';
    const cells = db.prepare(`SELECT ${row} AS id, ${name} AS stored FROM ${table}${which}`).iterate();
    return [...cells].flatMap(({ id, stored }) =>
      typeof stored === 'string' && sealing.unseal(`${column}/${String(id)}`, stored) === undefined
        ? [{ column, row: String(id) }]
        : [],
    );
  });
}
