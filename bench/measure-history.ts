import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pass } from 'node:timers/promises';
import { influxdIn } from '@carebell/server/compose.ts';
import { fillJournal, historyTown, writePlainly } from './history-town.ts';
import { hubFlags, hubMain, repository } from './npm-start.ts';
import { percentile } from './statistics.ts';

const influxd = '/usr/bin/influxd';
const password = 'a password for benchmarks';

/** Per second; `null` where there is no InfluxDB. */
export type HistoryResult = {
  events: number;
  plainPerSecond: number | null;
  influx: { perSecond: number; heatMapMs: number } | null;
  sqlite: { perSecond: number; heatMapMs: number };
};

/** The follower beside a plain loop on the same InfluxDB, and how long a resident's fortnight takes with all events stored. */
export async function measureHistory(
  events: number,
  progress: (line: string) => void,
): Promise<HistoryResult> {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-bench-history-'));
  const endMs = Date.now();
  try {
    const sqlite = await measureHub(join(dir, 'sqlite'), events, endMs, {});
    progress(`history, SQLite: ${told(sqlite)}`);
    if (!existsSync(influxd)) return { events, plainPerSecond: null, influx: null, sqlite };
    const server = await influxdIn(join(dir, 'influxd'), influxd);
    await server.start();
    try {
      const plainPerSecond = await writePlainly(server.url, events, endMs);
      progress(`history, plain loop into InfluxDB: ${Math.round(plainPerSecond)} points/s`);
      const influx = await measureHub(join(dir, 'influx'), events, endMs, {
        CAREBELL_INFLUX_URL: `${server.url}/carebell`,
      });
      progress(`history, InfluxDB: ${told(influx)}`);
      return { events, plainPerSecond, influx, sqlite };
    } finally {
      await server.kill();
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function told({ perSecond, heatMapMs }: HistoryResult['sqlite']): string {
  return `${Math.round(perSecond)} points/s, heat map ${heatMapMs.toFixed(1)} ms`;
}

async function measureHub(dataDir: string, events: number, endMs: number, more: Record<string, string>) {
  // The first start makes the tables and the resident whose page is asked for.
  const first = await startHub(dataDir, more);
  const cookie = await logIn(first.url);
  const enter = async (path: string, body: object): Promise<void> => {
    const answer = await fetch(`${first.url}/api/v1${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  await enter('/organisations', { id: 'station', level: 'station', name: 'Station', parentId: 'root' });
  await enter('/dwellings', { id: 'dwelling', stationId: 'station', address: '1' });
  await enter('/residents', { id: 'resident-7', dwellingId: 'dwelling', name: 'Resident' });
  for (let index = 0; index < historyTown.devicesEach; index += 1) {
    const id = `device-${7 * historyTown.devicesEach + index}`;
    await enter('/devices', { id, type: 'motion-sensor', room: `room ${index}`, residentId: 'resident-7' });
  }
  await first.stop();
  fillJournal(join(dataDir, 'carebell.db'), events, endMs);

  const startedAtMs = performance.now();
  const hub = await startHub(dataDir, more);
  try {
    const again = await logIn(hub.url);
    const ask = async <T>(path: string): Promise<T> => {
      const answer = await fetch(`${hub.url}/api/v1${path}`, { headers: { cookie: again } });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const perSecond = await rateOf(() => ask('/history/status'), { events, startedAtMs });
    // Downsampling has its turn every 20 s; a page may come before it.
    const from = new Date(endMs - historyTown.days * 86_400_000).toISOString();
    const times: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const askedAtMs = performance.now();
      const { rows } = await ask<{ rows: object[] }>(
        `/history/activity?residentId=resident-7&every=1h&from=${from}&to=${new Date(endMs).toISOString()}`,
      );
      times.push(performance.now() - askedAtMs);
      if (rows.length !== historyTown.devicesEach) throw new Error(`${rows.length} rooms in the heat map`);
    }
    return { perSecond, heatMapMs: percentile(times, 0.5), firstHeatMapMs: times[0] ?? 0 };
  } finally {
    await hub.stop();
  }
}

/**
 * From the first time that the follower was seen moving until it is at the end; of so few events that it was there before anybody
 * looked, from the start of the hub, which is slower than the truth.
 */
async function rateOf(
  status: () => Promise<{ cursor: number; journalSeq: number }>,
  { events, startedAtMs }: { events: number; startedAtMs: number },
): Promise<number> {
  let begun: { cursor: number; atMs: number } | undefined;
  for (;;) {
    const { cursor, journalSeq } = await status();
    if (cursor >= journalSeq) {
      if (!begun) return events / ((performance.now() - startedAtMs) / 1_000);
      return (cursor - begun.cursor) / ((performance.now() - begun.atMs) / 1000);
    }
    if (cursor > 100) begun ??= { cursor, atMs: performance.now() };
    await pass(50);
  }
}

async function logIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password }),
  });
  return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
}

async function startHub(dataDir: string, more: Record<string, string>) {
  const hub: ChildProcess = spawn(process.execPath, [...hubFlags(), hubMain], {
    cwd: repository,
    env: {
      PATH: process.env['PATH'],
      CAREBELL_DATA_DIR: dataDir,
      CAREBELL_HTTP_PORT: '0',
      CAREBELL_MQTT_PORT: '0',
      CAREBELL_ADMIN_PASSWORD: password,
      CAREBELL_LOG_LEVEL: 'error',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = (): void => void hub.kill('SIGKILL');
  process.once('exit', kill);
  const exited = once(hub, 'exit');
  if (!hub.stdout) throw new Error('the hub has no output');
  for await (const line of createInterface(hub.stdout)) {
    const [url] = /https?:\/\/\S+/.exec(line) ?? [];
    if (url === undefined) continue;
    return {
      url,
      async stop() {
        hub.kill('SIGTERM');
        await exited;
        process.off('exit', kill);
      },
    };
  }
  throw new Error('the hub ended before it listened');
}
