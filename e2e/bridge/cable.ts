import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, rmSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pass } from 'node:timers/promises';
import { eventually } from '../eventually.ts';

/** A serial line whose far end is the test: a pseudo-terminal that socat makes and takes away. */
export type Cable = {
  /** What the bridge opens. */
  readonly path: string;
  plugIn(): Promise<void>;
  /** The device disappears, as a USB adapter that is pulled out. */
  pullOut(): Promise<void>;
  /** The firmware says something; `false` while it is not plugged in. */
  write(bytes: string | Uint8Array): boolean;
  /** Everything that the firmware was told since the line was plugged in last. */
  told(): string;
  untilTold(text: string): Promise<void>;
};

const madeWithinMs = 30_000;

export function cableAt(socat: string, path: string): Cable {
  let child: ChildProcessByStdio<Writable, Readable, null> | undefined;
  let held: number | undefined;
  let told = '';
  // A test that fails in the middle leaves no socat behind.
  process.once('exit', () => child?.kill('SIGKILL'));

  return {
    path,
    async plugIn() {
      told = '';
      const started = spawn(socat, [`pty,raw,echo=0,link=${path}`, 'STDIO'], {
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      child = started;
      started.stdin.on('error', () => undefined);
      started.stdout.on('data', (chunk: Buffer) => {
        told += chunk.toString('latin1');
      });
      const untilMs = performance.now() + madeWithinMs;
      while (!existsSync(path)) {
        if (performance.now() > untilMs) throw new Error('socat has made no terminal');
        await pass(25);
      }
      // socat ends when the last process closes the terminal; a real adapter does not care who has it open.
      held = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    },
    async pullOut() {
      if (child === undefined) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      child = undefined;
      if (held !== undefined) closeSync(held);
      held = undefined;
      rmSync(path, { force: true });
    },
    write(bytes) {
      if (child === undefined) return false;
      child.stdin.write(bytes);
      return true;
    },
    told: () => told,
    untilTold: (text) =>
      eventually(() => {
        if (!told.includes(text)) throw new Error(`the firmware was not told ${JSON.stringify(text)}`);
      }),
  };
}
