import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** An InfluxDB of this machine in a directory of its own, on ports that stay the same over restarts. */
export type Influxd = {
  /** Without a database. */
  url: string;
  start(): Promise<void>;
  /** Asks it to stop. */
  stop(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Removes all that it holds; call it while it does not run. */
  wipe(): void;
};

/** For tests, benchmarks and a demo: `program` is an `influxd` of version 1. */
export async function influxdIn(dir: string, program: string, httpPort?: number): Promise<Influxd> {
  const port = httpPort ?? (await freePort());
  const rpcPort = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  process.once('exit', () => child?.kill('SIGKILL'));

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  return {
    url,
    async start() {
      mkdirSync(dir, { recursive: true });
      const file = join(dir, 'influxd.conf');
      writeFileSync(file, settings(dir, port, rpcPort));
      const started = spawn(program, ['-config', file], { stdio: 'ignore' });
      child = started;
      const gone = once(started, 'exit').then(() => {
        throw new Error(`${program} ended while starting`);
      });
      await Promise.race([answers(`${url}/ping`), gone]);
      gone.catch(() => undefined);
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    wipe: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function settings(dir: string, port: number, rpcPort: number): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = ${JSON.stringify(join(dir, 'meta'))}
[data]
  dir = ${JSON.stringify(join(dir, 'data'))}
  wal-dir = ${JSON.stringify(join(dir, 'wal'))}
  index-version = "tsi1"
  query-log-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
[monitor]
  store-enabled = false
[continuous_queries]
  log-enabled = false
`;
}

async function answers(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
