import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A hub as its own process, as `npm start` runs it, on ports that stay the same over restarts. */
export type HubProcess = {
  url: string;
  mqttPort: number;
  adminPassword: string;
  /** Resolves when it is ready. `further` settings hold for this start only. */
  start(further?: Record<string, string>): Promise<void>;
  /** Ends it without any chance to tidy up, as a crash or power cut does. */
  kill(): Promise<void>;
  /** Asks it to stop, as a service manager does. */
  stop(): Promise<void>;
  /** It stands still, as a computer does that swaps itself to death: its connections stay, and nothing is said on them. */
  freeze(): void;
  thaw(): void;
  /** Of the process that runs. */
  pid(): number;
  output(): string;
};

const repository = fileURLToPath(new URL('../', import.meta.url));
const main = 'server/main.ts';

/** What `npm start` gives to Node before the hub's own file: what is broken, loaded and measured is the hub that people run. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(`${repository}package.json`, 'utf8')) as {
    scripts: { start: string };
  };
  const words = scripts.start.split(' ');
  const at = words.indexOf(main);
  if (words[0] !== 'node' || at < 0) throw new Error(`"start" in package.json is not "node … ${main}"`);
  return words.slice(1, at);
}

export async function hubProcess(dataDir: string, more: Record<string, string> = {}): Promise<HubProcess> {
  const [httpPort, mqttPort] = [await freePort(), await freePort()];
  const adminPassword = 'a password for tests';
  const url = `http://127.0.0.1:${httpPort}`;
  let child: ChildProcess | undefined;
  let output = '';

  // A test that fails in the middle leaves no hub behind.
  process.once('exit', () => child?.kill('SIGKILL'));

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  return {
    url,
    mqttPort,
    adminPassword,
    async start(further = {}) {
      const started = spawn(process.execPath, [...startFlags(), main], {
        cwd: repository,
        env: {
          PATH: process.env['PATH'],
          CAREBELL_DATA_DIR: dataDir,
          CAREBELL_HTTP_PORT: String(httpPort),
          CAREBELL_MQTT_PORT: String(mqttPort),
          CAREBELL_ADMIN_PASSWORD: adminPassword,
          CAREBELL_LOG_LEVEL: 'warn',
          ...more,
          ...further,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      const gather = (chunk: Buffer): void => {
        output = (output + chunk.toString()).slice(-20_000);
      };
      started.stdout.on('data', gather);
      started.stderr.on('data', gather);
      const gone = once(started, 'exit').then(() => {
        throw new Error(`the hub ended while starting:\n${output}`);
      });
      await Promise.race([isReady(url), gone]);
      gone.catch(() => undefined);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    pid() {
      if (child?.pid === undefined) throw new Error('the hub does not run');
      return child.pid;
    },
    output: () => output,
  };
}

async function isReady(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
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
