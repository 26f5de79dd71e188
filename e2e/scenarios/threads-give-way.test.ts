import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hubProcess } from '../hub-process.ts';

/** Niceness above the main thread's, of each thread of the process, by the name that the kernel has of it. */
function nicerThanMain(pid: number): { name: string; by: number }[] {
  const nicenessOf = (thread: string): number => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    // proc_pid_stat(5): the name is in brackets and may hold anything; niceness is the 17th field behind it.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  };
  return readdirSync(`/proc/${pid}/task`).map((thread) => ({
    name: readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8').trim(),
    by: nicenessOf(thread) - nicenessOf(String(pid)),
  }));
}

it.runIf(process.platform === 'linux')(
  'in a hub only the threads that a press passes are not nicer than the others',
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'carebell-e2e-'));
    const hub = await hubProcess(dataDir);
    try {
      await hub.start();
      const threads = nicerThanMain(hub.pid());
      const by = (name: string): number[] =>
        threads
          .filter((thread) => thread.name === name)
          .map((thread) => thread.by)
          .toSorted((a, b) => a - b);

      expect(by('MainThread')).toEqual([0]);
      // The journal's, and the one that reads.
      expect(by('WorkerThread')).toEqual([0, 10]);
      expect(by('V8Worker')).toEqual([10]);
      expect(by('libuv-worker')).toEqual([10, 10, 10, 10]);
    } finally {
      await hub.stop();
      await rm(dataDir, { recursive: true });
    }
  },
);
