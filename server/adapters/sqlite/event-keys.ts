import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { NewEvent } from '../../journal/transaction.ts';
import { rowsAtOnce } from './rows-at-once.ts';

const dayMs = 24 * 3600 * 1000;

/**
 * Which events have come within the last 24 h. One table per day, of three: today's is written, yesterday's is asked, and
 * the one of the day before is emptied in portions before tomorrow needs it. An index by time instead would cost every
 * event a further page to write.
 */
export function createEventKeys(db: DatabaseSync) {
  const tables = [0, 1, 2].map((index) => {
    // Yesterday's table is asked within the same statement: each way into SQLite costs as much as the look-up.
    const add = (rows: number) =>
      db.prepare(
        `INSERT INTO event_keys_${index} (device_id, event_id, received_at)
         SELECT column1, column2, ?1 FROM (VALUES ${keyCells(rows)}) WHERE NOT EXISTS (
           SELECT 1 FROM event_keys_${(index + 2) % 3}
           WHERE device_id = column1 AND event_id = column2 AND received_at >= ?2)
         ON CONFLICT (device_id, event_id) DO UPDATE SET received_at = excluded.received_at
         WHERE event_keys_${index}.received_at < ?2`,
      );
    return {
      one: add(1),
      many: add(rowsAtOnce),
      empty: db.prepare(
        `DELETE FROM event_keys_${index} WHERE (device_id, event_id) IN
           (SELECT device_id, event_id FROM event_keys_${index} LIMIT ?)`,
      ),
    };
  });

  function tableOf(day: number) {
    const table = tables[((day % 3) + 3) % 3];
    if (!table) throw new Error('a day belongs to one of three tables');
    return table;
  }

  return {
    /** `false` if this device has used this identifier within 24 h. */
    claim(deviceId: string, eventId: string, nowMs: number): boolean {
      const { one } = tableOf(Math.floor(nowMs / dayMs));
      return one.run(nowMs, nowMs - dayMs, deviceId, eventId).changes === 1;
    },
    /** Exactly {@link rowsAtOnce}; `false` if not all of them were new, and then some are claimed. */
    claimMany(events: readonly NewEvent[], nowMs: number): boolean {
      const { many } = tableOf(Math.floor(nowMs / dayMs));
      const cells: SQLInputValue[] = [nowMs, nowMs - dayMs];
      for (const { eventId, entry } of events) cells.push(entry.deviceId, eventId);
      return many.run(...cells).changes === events.length;
    },
    /** Empties a part of the table that holds only what is older than yesterday; returns how many it forgot. */
    forget(nowMs: number, atMost: number): number {
      return Number(tableOf(Math.floor(nowMs / dayMs) + 1).empty.run(atMost).changes);
    },
  };
}

/** After the two that all rows share. */
function keyCells(rows: number): string {
  return Array.from({ length: rows }, (_, row) => `(?${2 * row + 3}, ?${2 * row + 4})`).join();
}
