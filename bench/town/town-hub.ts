import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { hubFlags, hubMain, repository } from '../npm-start.ts';

const password = 'a password for benchmarks';

export type TownHub = {
  mqttPort: number;
  /** From the start of the process until it is ready. */
  startedInMs: number;
  post<T>(path: string, body: object): Promise<T>;
  /** Values of `/metrics` by name, without those that have labels. */
  metrics(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
};

/** A hub as `npm start` runs it. */
export async function startTownHub(dataDir: string): Promise<TownHub> {
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [...hubFlags(), hubMain], {
    cwd: repository,
    env: {
      PATH: process.env['PATH'],
      CAREBELL_DATA_DIR: dataDir,
      CAREBELL_HTTP_PORT: '0',
      CAREBELL_MQTT_PORT: '0',
      CAREBELL_ADMIN_PASSWORD: password,
      CAREBELL_LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const ports = await new Promise<{ http: number; mqtt: number }>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes('"level":50') || line.includes('"level":60')) process.stderr.write(`${line}\n`);
      if (!line.includes('hub.started')) return;
      resolve(JSON.parse(line) as { http: number; mqtt: number });
    });
    child.once('exit', (code) => reject(new Error(`the hub ended with ${code}`)));
  });
  const startedInMs = performance.now() - startedAtMs;
  const url = `http://127.0.0.1:${ports.http}`;
  const session = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password }),
  });
  const cookie = (session.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return {
    mqttPort: ports.mqtt,
    startedInMs,
    async post<T>(path: string, body: object) {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async metrics() {
      const text = await (await fetch(`${url}/metrics`, { headers: { cookie, connection: 'close' } })).text();
      const lines = text.split('\n').filter((line) => /^carebell_\w+ /.test(line));
      return new Map(
        lines.map((line): [string, number] => {
          const [name = '', value] = line.split(' ');
          return [name.replace('carebell_', ''), Number(value)];
        }),
      );
    },
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
