import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pass } from 'node:timers/promises';
import { logIn } from '../api.ts';
import { openHubFigures } from '../crowd/hub-figures.ts';
import { startLoadChild } from '../crowd/orders.ts';
import { mostMemoryMb } from '../crowd/usage.ts';
import { foundTown } from '../faults/founded-town.ts';
import { hubProcess } from '../hub-process.ts';
import type { LoadAsk, LoadTold } from './load-process.ts';

export type LoadSetting = { devices: number; heartbeatSeconds: number; seconds: number };
export type LoadReport = {
  devices: number;
  connected: number;
  connectedInSeconds: number;
  heartbeatSeconds: number;
  seconds: number;
  memoryMb: { before: number; connected: number; most: number; end: number };
  perConnectionKb: number;
  acknowledged: number;
  stored: number;
  waiting: number;
  missed: number;
  lostConnections: number;
  /** The worst of the looks, which are ten seconds each. */
  pubackMs: { p50: number; p99: number; most: number };
  cores: { hub: number; generator: number };
};

const devicesOfAProcess = 10_000;
const calmMs = 10_000;
const lookEveryMs = 10_000;

/** So many devices on one hub, each on a connection of its own, which only give signs of life. */
export async function runLoad(setting: LoadSetting, told: (line: string) => void): Promise<LoadReport> {
  const town = await foundTown(0, setting.devices, { hasHomes: true });
  const folder = mkdtempSync(join(tmpdir(), 'carebell-load-'));
  town.copyTo(folder);
  town.remove();
  const hub = await hubProcess(folder);
  await hub.start();
  const children = Array.from({ length: Math.ceil(setting.devices / devicesOfAProcess) }, () =>
    startLoadChild<LoadAsk, LoadTold>('load-process.ts', import.meta.url),
  );
  const askAll = async (ask: (index: number) => LoadAsk): Promise<LoadTold> =>
    together(await Promise.all(children.map((child, index) => child.ask(ask(index)))));
  try {
    const admin = await logIn(hub.url, 'admin', hub.adminPassword);
    const figures = openHubFigures(hub.pid(), hub.url, admin);
    await pass(calmMs);
    const before = await figures();
    const startedAtMs = performance.now();
    await askAll((index) => {
      const firstNumber = index * devicesOfAProcess;
      const accounts = town.crowd.slice(firstNumber, firstNumber + devicesOfAProcess);
      return { order: 'connect', mqttPort: hub.mqttPort, accounts, firstNumber };
    });
    const connectedInSeconds = (performance.now() - startedAtMs) / 1_000;
    await pass(calmMs);
    const connected = await figures();
    told(
      `${setting.devices} have signed in, in ${connectedInSeconds.toFixed(0)} s; the hub has ${connected.memoryMb} MB, ${before.memoryMb} before`,
    );
    await askAll(() => ({ order: 'live', heartbeatSeconds: setting.heartbeatSeconds }));
    const pubackMs = { p50: 0, p99: 0, most: 0 };
    const cores = { hub: 0, generator: 0 };
    const looks = Math.max(1, Math.round((setting.seconds * 1_000) / lookEveryMs));
    for (let look = 1; look <= looks; look += 1) {
      await pass(Math.min(lookEveryMs, setting.seconds * 1_000));
      const [now, all] = [await figures(), await askAll(() => ({ order: 'tell' }))];
      for (const part of ['p50', 'p99', 'most'] as const)
        pubackMs[part] = Math.max(pubackMs[part], all.pubackMs[part] || 0);
      cores.hub += now.cores / looks;
      cores.generator += all.cores / looks;
      const { p50, p99, most } = all.pubackMs;
      told(
        `${look * 10} s: ${all.connected} connected, ${all.acknowledged} acknowledged, PUBACK p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} most ${most.toFixed(0)} ms; hub ${now.memoryMb} MB, ${now.cores.toFixed(2)} cores; load ${all.cores.toFixed(2)} cores`,
      );
    }
    const over = await askAll(() => ({ order: 'quiet' }));
    await pass(calmMs);
    const end = await figures();
    return {
      devices: setting.devices,
      connected: over.connected,
      connectedInSeconds,
      heartbeatSeconds: setting.heartbeatSeconds,
      seconds: setting.seconds,
      memoryMb: {
        before: before.memoryMb,
        connected: connected.memoryMb,
        most: mostMemoryMb(hub.pid()),
        end: end.memoryMb,
      },
      perConnectionKb: ((end.memoryMb - before.memoryMb) * 1_000) / Math.max(1, over.connected),
      acknowledged: over.acknowledged,
      stored: heartbeatsIn(folder),
      waiting: over.waiting,
      missed: over.missed,
      lostConnections: over.lost,
      pubackMs,
      cores,
    };
  } finally {
    for (const child of children) child.kill();
    await hub.kill();
    rmSync(folder, { recursive: true });
  }
}

/** Their sums; of latencies the worst, which is not too good for any. */
function together(all: readonly LoadTold[]): LoadTold {
  const sum = (figure: (told: LoadTold) => number): number =>
    all.reduce((total, told) => total + figure(told), 0);
  const worst = (part: keyof LoadTold['pubackMs']): number =>
    Math.max(0, ...all.map(({ pubackMs }) => pubackMs[part] || 0));
  return {
    connected: sum(({ connected }) => connected),
    lost: sum(({ lost }) => lost),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    waiting: sum(({ waiting }) => waiting),
    missed: sum(({ missed }) => missed),
    pubackMs: { p50: worst('p50'), p99: worst('p99'), most: worst('most') },
    cores: sum(({ cores }) => cores),
  };
}

function heartbeatsIn(dataDir: string): number {
  using db = new DatabaseSync(join(dataDir, 'carebell.db'), { readOnly: true, timeout: 10_000 });
  const { count } = db
    .prepare("SELECT count(*) AS count FROM journal WHERE type = 'event' AND kind = 'heartbeat'")
    .get() as { count: number };
  return count;
}
