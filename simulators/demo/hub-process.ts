import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type HubExit = { code: number | null; signal: NodeJS.Signals | null };

export type HubProcess = {
  /** Resolves when `GET /readyz` answers 200, or with the exit of a hub that ended before. */
  ready(): Promise<'ready' | HubExit | 'overdue'>;
  readonly exited: Promise<HubExit>;
  /** What is said over the IPC channel; only a hub whose clock is moved listens to anything. */
  readonly channel: { send(message: object): void; listen(listener: (message: unknown) => void): void };
  /** Asks the hub to stop, and kills it when it has not done so within 15 seconds. */
  stop(): Promise<HubExit>;
};

const server = join(import.meta.dirname, '..', '..', 'server');
const serverMain = join(server, 'main.ts');
/** As `npm start` runs it. */
const hubFlags = [
  '--no-sparkplug',
  '--no-maglev',
  '--max-semi-space-size=64',
  '--v8-pool-size=1',
  '--no-short-builtin-calls',
  '--expose-gc',
  '--import',
  join(server, 'compile-cache.mjs'),
];
const readyWithinMs = 60_000;
const stopWithinMs = 15_000;

/**
 * Starts the hub as a child with an IPC channel: a demo hub ends when its channel disconnects, so it does not outlive a
 * demo that was killed. It has a process group of its own, because Ctrl-C must stop the devices before the hub.
 */
export function startHub(httpUrl: string, env: NodeJS.ProcessEnv): HubProcess {
  const child = fork(serverMain, [], {
    execPath: process.execPath,
    execArgv: hubFlags,
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = new Promise<HubExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const end: { exit: HubExit | undefined } = { exit: undefined };
  void exited.then((exit) => (end.exit = exit));

  return {
    exited,
    channel: {
      send: (message) => void child.send(message),
      listen: (listener) => void child.on('message', listener),
    },
    async ready() {
      const overdue = AbortSignal.timeout(readyWithinMs);
      while (!overdue.aborted) {
        if (end.exit !== undefined) return end.exit;
        if (await answers(`${httpUrl}/readyz`)) return 'ready';
        await pause(50);
      }
      return 'overdue';
    },
    async stop() {
      if (end.exit !== undefined) return end.exit;
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      const exit = await exited;
      clearTimeout(kill);
      return exit;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
