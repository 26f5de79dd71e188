import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { lstat } from 'node:fs/promises';
import { CableError } from './cable.ts';
import type { Cable, CableEvents } from './cable.ts';

const attempts = 100;
const betweenAttemptsMs = 30;

/** A serial port that only the kernel knows: socat makes a pseudo-terminal, and `path` leads to it while plugged in. */
export function createPty(path: string): Cable {
  let socat: ChildProcess | undefined;

  async function plugIn(events: CableEvents): Promise<string> {
    const child = spawn('socat', ['-', `pty,raw,echo=0,link=${path}`], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => (complaint = `${complaint}${text.toString()}`.slice(-400)));
    child.stdout.on('data', (bytes: Buffer) => events.bytes(bytes));
    // Bytes on their way when the cable is pulled are lost, as they are on a real one.
    child.stdin.on('error', () => undefined);
    const ended = new Promise<CableError>((resolve) => {
      child.once('error', (error: NodeJS.ErrnoException) =>
        resolve(new CableError(error.code === 'ENOENT' ? 'no-socat' : 'failed', error.message, error)),
      );
      child.once('close', (code) =>
        resolve(new CableError('failed', complaint.trim() || `socat ended with ${code}`)),
      );
    });
    socat = child;
    const failure = await Promise.race([ended, appears(path)]);
    if (failure !== undefined) throw failure;
    void ended.then((reason) => (socat === child ? events.failed(reason) : undefined));
    return path;
  }

  return {
    plugIn,
    write: (bytes) => void socat?.stdin?.write(bytes),
    async pull() {
      const child = socat;
      socat = undefined;
      if (child === undefined || child.exitCode !== null || child.pid === undefined) return;
      const closed = once(child, 'close');
      child.kill();
      await closed;
    },
  };
}

async function appears(path: string): Promise<undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await isThere(path)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, betweenAttemptsMs));
  }
  throw new CableError('failed', `${path} did not appear`);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
