import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyStatusSchema, seriesSchema } from '@carebell/contracts/history.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { accountsSchema } from '../../accounts.ts';
import { logIn } from '../api-client.ts';

let dataDir: string;
const nowMs = Date.now();
const from = new Date(nowMs - 3 * 86_400_000).toISOString();
const to = new Date(nowMs - 2 * 3_600_000).toISOString();
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'carebell-past-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

/** Starts the demo, and once it lives answers what the hub holds of each day before today; then ends it. */
async function historyAfterStart(): Promise<{ said: string; openings: Map<string, number> }> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'main.ts'), '--quiet', '--history', '2d', '--lang', 'en'],
    {
      env: {
        PATH: process.env['PATH'],
        CAREBELL_DATA_DIR: dataDir,
        CAREBELL_HTTP_PORT: '0',
        CAREBELL_MQTT_PORT: '0',
      },
    },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    await vi.waitFor(() => expect(said).toContain('Ctrl-C'), { timeout: 120_000, interval: 50 });
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
    const text = await readFile(join(dataDir, 'demo-accounts.json'), 'utf8');
    const supervisor = accountsSchema
      .parse(JSON.parse(text))
      .users.find(({ role }) => role === 'supervisor')!;
    const api = await logIn(url, supervisor);
    await vi.waitFor(
      async () =>
        expect(await api.get('/history/status', historyStatusSchema)).toMatchObject({ lagEntries: 0 }),
      { timeout: 60_000, interval: 200 },
    );
    const path = `/history/series?from=${from}&to=${to}&every=1h&kind=motion.detected,door.opened,bed.left`;
    const { groups } = await api.get(path, seriesSchema);
    return {
      said,
      openings: new Map(groups.flatMap(({ values }) => values.map(({ at, value }) => [at, value]))),
    };
  } finally {
    const ended = once(child, 'close');
    child.kill('SIGINT');
    await ended;
  }
}

test('the days before the start are filled once, and a second start adds nothing to them', async () => {
  const first = await historyAfterStart();
  expect(first.said).toMatch(/\d{4}-\d\d-\d\d {3}\d+ messages so far/);
  const total = [...first.openings.values()].reduce((sum, count) => sum + count, 0);
  expect(first.openings.size).toBeGreaterThan(30);
  expect(total).toBeGreaterThan(2_000);
  expect((await historyAfterStart()).openings).toEqual(first.openings);
}, 300_000);
