import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalPort, Work } from '../../journal/journal-port.ts';
import type { Followed } from '../../detection/detection-works.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

const minuteMs = 60_000;
const eightMs = Date.UTC(2026, 2, 14);

let dir: string;
let file: string;
let journal: JournalPort;
let nowMs: number;
let sent = 0;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'carebell-detection-'));
  file = join(dir, 'carebell.db');
  nowMs = eightMs;
  journal = await openSqliteJournal(file);
  write((db) => {
    db.exec(`INSERT INTO organisations (id, level, parent_id, name) VALUES ('s', 'station', 'x', 's')`);
    for (const name of ['one', 'two'])
      db.exec(`
        INSERT INTO dwellings (id, station_id, address, access) VALUES ('home-${name}', 's', '${name}', '');
        INSERT INTO residents (id, dwelling_id, name, risk_groups, medical_notes, contacts)
          VALUES ('${name}', 'home-${name}', '${name}', '["living-alone"]', '', '[]');
        INSERT INTO devices (id, type, name, room, station_id, dwelling_id, is_registered)
          VALUES ('sensor-${name}', 'motion-sensor', '', '客厅', 's', 'home-${name}', 1);`);
  });
  await follow();
});
afterEach(async () => {
  await journal.close();
  rmSync(dir, { recursive: true });
});

function write(change: (db: DatabaseSync) => void): void {
  const db = new DatabaseSync(file);
  change(db);
  db.close();
}
async function commit(work: Work): Promise<unknown> {
  const [outcome] = (await journal.commit([work], nowMs)).outcomes;
  if (!outcome?.ok) throw new Error(outcome?.error.message);
  return outcome.result;
}
async function follow(): Promise<Followed> {
  return (await commit({
    name: 'followDetection',
    input: { timeZone: 'Asia/Shanghai', atMost: 200 },
  })) as Followed;
}
async function move(name: string): Promise<void> {
  sent += 1;
  const origin = { residentId: null, stationId: 's', gatewayId: null, isKnown: true, receivedAtMs: nowMs };
  await commit({
    name: 'receiveEvent',
    input: {
      event: { id: `e${sent}`, kind: 'motion.detected' },
      origin: { ...origin, deviceId: `sensor-${name}` },
    },
  });
}
/** Lets time pass as a hub that runs. */
async function pass(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 4) {
    nowMs += 4 * minuteMs;
    await follow();
  }
}
function alarms(): unknown[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare('SELECT resident_id, kind FROM alarms ORDER BY resident_id').all();
  db.close();
  return rows.map((row) => `${String(row['resident_id'])} ${String(row['kind'])}`);
}

describe('what rules know of residents, in the store', () => {
  it('outlives a restart, with its deadlines, and raises each thing once', async () => {
    await move('one');
    expect(await follow()).toMatchObject({ isMoreLeft: false, nextDueMs: expect.any(Number) });
    await pass(100);
    await journal.close();
    journal = await openSqliteJournal(file);
    await pass(104);
    expect(alarms()).toEqual([]);
    await pass(12);
    await journal.close();
    journal = await openSqliteJournal(file);
    await pass(60);
    expect(alarms()).toEqual(['one inactivity']);
  });

  it('takes nothing for silence while the hub was down', async () => {
    await move('one');
    await move('two');
    await follow();
    nowMs += 300 * minuteMs;
    await follow();
    expect(alarms()).toEqual([]);
    await pass(216);
    expect(alarms()).toEqual(['one inactivity', 'two inactivity']);
  });

  it('stops nobody else where it is broken, and is counted', async () => {
    await move('one');
    await move('two');
    await follow();
    write((db) => db.exec(`UPDATE detection_watches SET watch = '{}' WHERE resident_id = 'one'`));
    await pass(220);
    expect(alarms()).toEqual(['two inactivity']);
    write((db) =>
      expect(
        db.prepare(`SELECT subject FROM refusals WHERE reason = 'detection-broken'`).all(),
      ).toMatchObject([{ subject: 'one' }]),
    );
  });

  it('does not take up what happened before detection first ran', async () => {
    write((db) => db.exec(`DELETE FROM followers WHERE name = 'detection'`));
    await move('one');
    await follow();
    await pass(240);
    expect(alarms()).toEqual([]);
  });
});
