import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One line of the bridge's log. */
export type Logged = { msg: string } & Record<string, unknown>;

/** A bridge as its own process, as `npm run bridge` runs it. */
export type BridgeProcess = {
  start(): void;
  /** Ends it without any chance to tidy up, as a crash or power cut does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** It stands still, as a computer does that swaps itself to death: its connections stay, and nothing is said on them. */
  freeze(): void;
  thaw(): void;
  isRunning(): boolean;
  /** Everything that it has logged since its last start. */
  log(): readonly Logged[];
  onLog(listener: (line: Logged) => void): void;
};

export type BridgeProcessSettings = {
  configPath: string;
  dataDir: string;
  hubUrl: string;
  gatewayId: string;
  secret: string;
  /** Path of a serial device by the name of its port; all speak RFLink. */
  ports: Readonly<Record<string, string>>;
  deviceMapPath?: string;
};

const main = fileURLToPath(new URL('../../gateway-firmware-bridge/main.ts', import.meta.url));

export function bridgeProcess(settings: BridgeProcessSettings): BridgeProcess {
  const { configPath, dataDir, hubUrl, gatewayId, secret, ports, deviceMapPath } = settings;
  // JSON is YAML.
  const config = {
    hub: { url: hubUrl, gatewayId },
    dataDir,
    logLevel: 'info',
    ports: Object.entries(ports).map(([name, path]) => ({ name, path, driver: 'rflink' })),
    ...(deviceMapPath === undefined ? {} : { deviceMap: deviceMapPath }),
  };
  writeFileSync(configPath, JSON.stringify(config));
  let child: ChildProcess | undefined;
  let log: Logged[] = [];
  const listeners: ((line: Logged) => void)[] = [];
  process.once('exit', () => child?.kill('SIGKILL'));

  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || !isRunning()) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  return {
    start() {
      log = [];
      const started = spawn(process.execPath, [main, '--config', configPath], {
        env: { PATH: process.env['PATH'], CAREBELL_BRIDGE_SECRET: secret },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child = started;
      createInterface(started.stdout).on('line', (text) => {
        if (!text.startsWith('{')) return;
        const line = JSON.parse(text) as Logged;
        log.push(line);
        for (const listener of listeners) listener(line);
      });
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    isRunning,
    log: () => log,
    onLog: (listener) => void listeners.push(listener),
  };
}
