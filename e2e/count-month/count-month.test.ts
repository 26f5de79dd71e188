import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Report } from '@carebell/contracts/report.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { logIn } from '../api.ts';
import { compareReport } from './count-month.ts';
import { openRecords } from './journal.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'carebell-days-'));
/** A Wednesday, so that a week begins within neither day; October is whole for the hub when it goes on today. */
const until = '2026-10-15';
let said = '';
let demo: ReturnType<typeof spawn>;
let report: Report;

beforeAll(async () => {
  demo = spawn(
    process.execPath,
    ['simulators/demo/main.ts', '--days', '2', '--until', until, '--quiet', '--lang', 'en'],
    {
      cwd: join(import.meta.dirname, '..', '..'),
      env: {
        PATH: process.env['PATH'],
        CAREBELL_DATA_DIR: dataDir,
        CAREBELL_HTTP_PORT: '0',
        CAREBELL_MQTT_PORT: '0',
        CAREBELL_LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  demo.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  demo.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await vi.waitUntil(() => said.includes('Ctrl-C'), { timeout: 240_000 });
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
  const { users } = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')) as {
    users: { name: string; password: string }[];
  };
  const password = users.find(({ name }) => name === 'admin')?.password ?? '';
  const admin = await logIn(url, 'admin', password);
  // The hub goes on weeks later, and must first see which visits of that month were never made.
  await vi.waitUntil(
    async () => {
      report = (await admin.get<Report>('/report?month=2026-10')).body;
      return report.care?.[0]?.visits.open === 0;
    },
    { timeout: 120_000, interval: 500 },
  );
}, 300_000);
afterAll(async () => {
  demo.kill('SIGINT');
  if (demo.exitCode === null) await once(demo, 'close');
  rmSync(dataDir, { recursive: true, force: true });
});

it('two days that the demo community has lived give the same numbers when they are counted anew from the journal', () => {
  const records = openRecords(dataDir);
  const { numbers, differences } = compareReport(records, report, rootOrganisationId);
  records.close();
  expect(differences).toEqual([]);
  expect(numbers).toBeGreaterThan(300);
  expect(report.all.cases).toBeGreaterThan(10);
  expect(report.all.within60s.of).toBe(report.all.cases);
  const [whole] = report.care ?? [];
  expect(whole?.requests.asked).toBeGreaterThan(3);
  expect(whole?.requests.done).toBeGreaterThan(0);
  expect(/the hub refused.*/.exec(said)?.[0]).toBeUndefined();
  expect(said).toContain('day 2 of 2');
});

it('a number of the hub that is one too high is named', () => {
  const records = openRecords(dataDir);
  const [station] = report.organisations.filter(({ level }) => level === 'station');
  station!.numbers.within60s.met += 1;
  const { differences } = compareReport(records, report, rootOrganisationId);
  records.close();
  expect(differences).toHaveLength(1);
  expect(differences[0]?.where).toBe(`${station!.id} within60s.met`);
  station!.numbers.within60s.met -= 1;
});

it('everything went the way that it always goes: a PUBACK for every event, and no alarm about the hub itself', () => {
  using db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true });
  const count = (sql: string): number => Number(Object.values(db.prepare(sql).get() ?? {})[0]);
  expect(count("SELECT count(*) FROM journal WHERE type = 'event'")).toBeGreaterThan(800);
  const hubs = `'store-failing', 'history-failing', 'detection-behind', 'station-unwatched'`;
  expect(
    count(
      `SELECT count(*) FROM journal WHERE kind = 'raised' AND at < ${Date.parse(`${until}T00:00:00+08:00`)}
        AND body ->> 'kind' IN (${hubs})`,
    ),
  ).toBe(0);
});

it('providers accept and do what they were asked on the pages whose links they were sent', () => {
  using db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true });
  const rows = db
    .prepare(
      `SELECT kind, count(*) AS count FROM journal WHERE type = 'request' AND body ->> 'way' = 'link' GROUP BY 1`,
    )
    .all() as { kind: string; count: number }[];
  const byLink = Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  expect(byLink['arranged']).toBeGreaterThan(1);
  expect(byLink['done']).toBeGreaterThan(0);
});
