import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How often the journal has an event of each transmitter. */
export function arrivals(hubDir: string): Map<string, number> {
  const db = new DatabaseSync(join(hubDir, 'carebell.db'), { readOnly: true, timeout: 10_000 });
  const rows = db
    .prepare(
      "SELECT device_id AS id, count(*) AS times FROM journal WHERE type IN ('event', 'echo') AND kind = 'smoke.detected' GROUP BY 1",
    )
    .all() as { id: string; times: number }[];
  db.close();
  return new Map(rows.map(({ id, times }) => [id, times]));
}

/** How many presses the alarms of each transmitter have. */
export function alarmPresses(hubDir: string): Map<string, number> {
  const db = new DatabaseSync(join(hubDir, 'carebell.db'), { readOnly: true, timeout: 10_000 });
  const rows = db
    .prepare(
      "SELECT device_id AS id, sum(json_extract(state, '$.presses')) AS presses FROM alarms WHERE kind = 'smoke' GROUP BY 1",
    )
    .all() as { id: string; presses: number }[];
  db.close();
  return new Map(rows.map(({ id, presses }) => [id, presses]));
}
