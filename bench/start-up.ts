import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pass } from 'node:timers/promises';
import { hubFlags, hubMain, repository } from './npm-start.ts';

export type StartUp = { startMs: number; idleRssMb: number };

/** `npm start` on a fresh data directory, until it says where it is and `/readyz` agrees; then left alone. */
export async function measureStartUp(idleSeconds: number): Promise<StartUp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'carebell-bench-'));
  const startedAtMs = performance.now();
  const hub = spawn(process.execPath, [...hubFlags(), hubMain], {
    cwd: repository,
    env: {
      PATH: process.env['PATH'],
      CAREBELL_DATA_DIR: dataDir,
      CAREBELL_HTTP_PORT: '0',
      CAREBELL_MQTT_PORT: '0',
      CAREBELL_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(hub, 'exit');
  const kill = (): void => void hub.kill('SIGKILL');
  process.once('exit', kill);
  try {
    const url = await addressIn(createInterface(hub.stdout));
    const ready = await fetch(`${url}/readyz`);
    if (!ready.ok) throw new Error(`the hub says that it listens, and /readyz answers ${ready.status}`);
    const startMs = performance.now() - startedAtMs;
    await pass(idleSeconds * 1000);
    return { startMs, idleRssMb: residentMb(hub.pid) };
  } finally {
    hub.kill('SIGTERM');
    await exited;
    process.off('exit', kill);
    rmSync(dataDir, { recursive: true });
  }
}

async function addressIn(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [url] = /https?:\/\/\S+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the hub ended before it listened');
}

/** From the kernel, not from the hub: the whole process, its threads and their stacks included. */
function residentMb(pid: number | undefined): number {
  if (process.platform !== 'linux')
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
