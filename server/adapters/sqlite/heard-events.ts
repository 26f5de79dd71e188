import type { DatabaseSync } from 'node:sqlite';
import type { HeardEvent } from '../../journal/transaction.ts';

/** The step of the index `journal_heard`; its expression stands in a migration and cannot change. */
const stepMs = 8_000;

/** Finds what gateways have reported of a device about the same time, by an index that follows the time. */
export function createHeardEvents(db: DatabaseSync) {
  const find = db.prepare(
    `SELECT seq, at, type, kind, heard_by, body FROM journal
     WHERE at / 8000 IN (?, ?) AND device_id = ?
       AND heard_by IS NOT NULL AND type IN ('event', 'echo') AND at BETWEEN ? AND ?`,
  );

  return {
    around(deviceId: string, atMs: number, withinMs: number): HeardEvent[] {
      // A span of at most one step touches at most two of them.
      if (2 * withinMs > stepMs) throw new Error(`look for at most ${stepMs / 2} ms before and after`);
      const [from, to] = [atMs - withinMs, atMs + withinMs];
      const rows = find.all(Math.floor(from / stepMs), Math.floor(to / stepMs), deviceId, from, to);
      return rows.map((row) => ({
        seq: Number(row['seq']),
        atMs: Number(row['at']),
        type: row['type'] === 'echo' ? 'echo' : 'event',
        kind: String(row['kind']),
        gatewayId: String(row['heard_by']),
        body: JSON.parse(String(row['body'])) as unknown,
      }));
    },
  };
}
