import type { DatabaseSync } from 'node:sqlite';
import type { HeardAbout, HeardEvent } from '../../journal/transaction.ts';

/** The step of the index `journal_heard`; its expression stands in a migration and cannot change. */
const stepMs = 8_000;

/** Finds what gateways have reported of a device about the same time, by an index that follows the time. */
export function createHeardEvents(db: DatabaseSync) {
  const find = db.prepare(
    `SELECT seq, at, type, kind, heard_by, body FROM journal
     WHERE at / 8000 IN (?1, ?2) AND device_id = ?3
       AND heard_by IS NOT NULL AND type IN ('event', 'echo') AND at BETWEEN ?4 AND ?5
       AND CASE type WHEN 'echo' THEN heard_by = ?6 ELSE heard_by <> ?6 AND kind = ?7 END`,
  );

  return {
    around({ deviceId, gatewayId, kind, atMs, withinMs }: HeardAbout): HeardEvent[] {
      // A span of at most one step touches at most two of them.
      if (2 * withinMs > stepMs) throw new Error(`look for at most ${stepMs / 2} ms before and after`);
      const [from, to] = [atMs - withinMs, atMs + withinMs];
      const steps = [Math.floor(from / stepMs), Math.floor(to / stepMs)] as const;
      const rows = find.all(...steps, deviceId, from, to, gatewayId, kind);
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
