import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readMonthRecord } from './month-record.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'carebell-days-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }));

function demo(...argv: string[]) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'main.ts'), ...argv, '--lang', 'en'],
    {
      env: {
        PATH: process.env['PATH'],
        CAREBELL_DATA_DIR: dataDir,
        CAREBELL_HTTP_PORT: '0',
        CAREBELL_MQTT_PORT: '0',
        CAREBELL_LOG_LEVEL: 'error',
      },
    },
  );
  const said = { all: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said.all += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said, ended };
}

test('days that Ctrl-C breaks off end cleanly, say where, and are not gone on with', async () => {
  const first = demo('--days', '30');
  await vi.waitUntil(() => first.said.all.includes('living 30 days'), { timeout: 90_000 });
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(first.said.all).toContain('stopped at ');
  const record = await readMonthRecord(join(dataDir, 'demo-month.json'));
  expect(record).toMatchObject({ isWhole: false, seed: 'carebell' });
  expect(record?.atMs).toBeGreaterThanOrEqual(record?.fromMs ?? Infinity);

  const second = demo('--days', '30');
  expect(await second.ended).toBe(2);
  expect(second.said.all).toContain('cannot be gone on with');
}, 150_000);

test('days that are still to come are refused before a hub is started', async () => {
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const refused = demo('--days', '3', '--until', tomorrow);
  expect(await refused.ended).toBe(2);
  expect(refused.said.all).toContain('is still to come');
  expect(await readMonthRecord(join(dataDir, 'demo-month.json'))).toBeUndefined();
});

test.each([
  [['--days', '0'], '1–92'],
  [['--days', '30d'], '1–92'],
  [['--days', '3', '--until', 'yesterday'], '2026-11-01'],
  [['--days', '3', '--history', '3d'], 'cannot be used with'],
  [['--until', '2026-11-01'], '--days 30 --until 2026-11-01'],
])('%o is refused with what to write', async (argv, expected) => {
  const refused = demo(...argv);
  expect(await refused.ended).toBe(2);
  expect(refused.said.all).toContain(expected);
});
