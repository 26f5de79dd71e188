import type { DatabaseSync } from 'node:sqlite';
import { deviceIndexFollower } from '../store/followers.ts';

/**
 * Notes behind the journal which entries are whose device's. Sorted by device and in large portions, many entries share a
 * page; in the event's own transaction each would write one more.
 */
export function createDeviceIndex(db: DatabaseSync) {
  const place = db.prepare('SELECT cursor FROM followers WHERE name = ?');
  const last = db.prepare(
    'SELECT max(seq) AS seq FROM (SELECT seq FROM journal WHERE seq > ? ORDER BY seq LIMIT ?)',
  );
  const copy = db.prepare(
    `INSERT INTO journal_by_device (device_id, seq)
     SELECT device_id, seq FROM journal WHERE seq > ? AND seq <= ? AND device_id IS NOT NULL ORDER BY device_id, seq`,
  );
  const move = db.prepare(
    `INSERT INTO followers (name, cursor) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor`,
  );

  return {
    /** Goes through at most so many entries; returns through how many. */
    follow(atMost: number): number {
      const from = Number(place.get(deviceIndexFollower)?.['cursor'] ?? 0);
      const to = last.get(from, atMost)?.['seq'];
      if (typeof to !== 'number') return 0;
      copy.run(from, to);
      move.run(deviceIndexFollower, to);
      return to - from;
    },
  };
}
