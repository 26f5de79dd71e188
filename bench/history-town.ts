import { DatabaseSync } from 'node:sqlite';

/** Whose events the history holds; each resident has four devices. */
export const historyTown = { residents: 100, devicesEach: 4, days: 14 };

const kinds = ['motion.detected', 'door.opened', 'door.closed', 'bed.left', 'motion.cleared'] as const;

/** The event of this number, spread evenly over the days; the same for everyone who is measured. */
export function townEvent(index: number, events: number, endMs: number) {
  const { residents, devicesEach, days } = historyTown;
  const device = index % (residents * devicesEach);
  const spanMs = days * 86_400_000;
  return {
    seq: index + 1,
    deviceId: `device-${device}`,
    residentId: `resident-${Math.floor(device / devicesEach)}`,
    stationId: 'station',
    kind: kinds[Math.floor(index / 7) % kinds.length] ?? kinds[0],
    atMs: Math.floor(endMs - spanMs + (spanMs * index) / events),
  };
}

/** Writes the town's events into the journal of a hub that does not run. */
export function fillJournal(file: string, events: number, endMs: number): void {
  const db = new DatabaseSync(file);
  const { last } = db.prepare('SELECT coalesce(max(seq), 0) AS last FROM journal').get() as { last: number };
  const insert = db.prepare(
    `INSERT INTO journal (at, received_at, type, device_id, resident_id, station_id, kind, body)
     VALUES (?, ?, 'event', ?, ?, ?, ?, ?)`,
  );
  db.exec('BEGIN');
  for (let index = 0; index < events; index += 1) {
    const { atMs, deviceId, residentId, stationId, kind } = townEvent(index, events, endMs);
    const body = `{"id":"${last + index}","kind":"${kind}"}`;
    insert.run(atMs, atMs + 40, deviceId, residentId, stationId, kind, body);
  }
  // The others that follow the journal are at its end, as in a hub whose InfluxDB comes back: they are not what is measured.
  db.prepare("INSERT OR REPLACE INTO followers (name, cursor) VALUES ('journal-by-device', 0)").run();
  db.prepare('UPDATE followers SET cursor = ?').run(last + events);
  db.exec('COMMIT');
  db.close();
}

/** What a plain program would do: the same points in line protocol, a thousand at a time, one request after another. */
export async function writePlainly(url: string, events: number, endMs: number): Promise<number> {
  await fetch(`${url}/query`, { method: 'POST', body: new URLSearchParams({ q: 'CREATE DATABASE plain' }) });
  const startedAtMs = performance.now();
  for (let from = 0; from < events; from += 1_000) {
    const lines: string[] = [];
    for (let index = from; index < Math.min(events, from + 1_000); index += 1) {
      const { seq, deviceId, residentId, stationId, kind, atMs } = townEvent(index, events, endMs);
      const nanoseconds = `${atMs}${String(seq % 1_000_000).padStart(6, '0')}`;
      lines.push(
        `event,device=${deviceId},resident=${residentId},station=${stationId},kind=${kind} seq=${seq}i,delay_ms=40i ${nanoseconds}`,
      );
    }
    const answer = await fetch(`${url}/write?db=plain&precision=ns`, {
      method: 'POST',
      body: lines.join('\n'),
    });
    if (answer.status !== 204) throw new Error(`InfluxDB answered ${answer.status}: ${await answer.text()}`);
  }
  return events / ((performance.now() - startedAtMs) / 1000);
}
