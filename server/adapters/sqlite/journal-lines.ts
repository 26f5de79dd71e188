import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { JournalEntry, NewEvent } from '../../journal/transaction.ts';
import { rowsAtOnce } from './rows-at-once.ts';

/** Appends to the journal. Every event passes here, so the statements are prepared once and go round the query builder. */
export function createJournalLines(db: DatabaseSync) {
  const insert = (rows: number) =>
    db.prepare(
      `INSERT INTO journal (at, received_at, type, device_id, resident_id, station_id, alarm_id, kind, body, hash, heard_by)
       VALUES ${Array.from({ length: rows }, () => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join()}`,
    );
  const one = insert(1);
  const many = insert(rowsAtOnce);

  return {
    /** Returns its sequence number. */
    append: (entry: JournalEntry): number => Number(one.run(...cellsOf(entry)).lastInsertRowid),
    /** Exactly {@link rowsAtOnce}, in their order. */
    appendMany(events: readonly NewEvent[]): void {
      const cells: SQLInputValue[] = [];
      for (const { entry } of events) cells.push(...cellsOf(entry));
      many.run(...cells);
    },
  };
}

function cellsOf(entry: JournalEntry): SQLInputValue[] {
  return [
    entry.atMs,
    entry.receivedAtMs,
    entry.type,
    entry.deviceId,
    entry.residentId,
    entry.stationId,
    entry.alarmId,
    entry.kind,
    JSON.stringify(entry.body),
    entry.hash,
    entry.heardBy ?? null,
  ];
}
