import type { DatabaseSync } from 'node:sqlite';
import type { JournalSource } from '../../history/carry.ts';
import type { JournalRow } from '../../history/points.ts';

/** Reads the journal in its order, for those who follow it, on a connection that only reads. */
export function createJournalSource(db: DatabaseSync): JournalSource {
  const first = db.prepare('SELECT received_at FROM journal ORDER BY seq LIMIT 1');
  const after = db.prepare(
    `SELECT seq, at AS atMs, received_at AS receivedAtMs, type, device_id AS deviceId, resident_id AS residentId,
       station_id AS stationId, alarm_id AS alarmId, kind, body, heard_by AS heardBy,
       CASE WHEN type = 'alarm' AND kind = 'closed'
         THEN (SELECT state FROM alarms WHERE alarms.id = journal.alarm_id) END AS closedState,
       CASE WHEN type = 'alarm' AND kind = 'closed'
         THEN (SELECT json_extract(raised.body, '$.receivedAtMs') FROM journal AS raised
               WHERE raised.alarm_id = journal.alarm_id AND raised.kind = 'raised') END AS pressReceivedAtMs
     FROM journal WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  let name: string | null = null;

  return {
    name() {
      const receivedAt = name === null ? first.get()?.['received_at'] : undefined;
      if (typeof receivedAt === 'number') name = `j${receivedAt}`;
      return name;
    },
    after: (seq, limit) => after.all(seq, limit) as JournalRow[],
  };
}
