import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';

export class DataDirInUse extends Error {
  readonly code = 'data-dir-in-use';

  constructor(dataDir: string, cause: unknown) {
    super(`${dataDir} is used by another bridge; give each its own by --data-dir`, { cause });
    this.name = 'DataDirInUse';
  }
}

export type DataDirLock = { release(): void };

/**
 * One bridge per directory: two would write one outbox. The lock is a name in Linux's abstract socket space, which the
 * kernel takes back when the process ends, however it ends. Other systems have no such names, and no lock.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (process.platform !== 'linux') return { release: () => undefined };
  const hash = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 32);
  const holder = createServer((connection) => connection.destroy()).unref();
  try {
    holder.listen({ path: `\0carebell-bridge-${hash}` });
    await once(holder, 'listening');
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw isTaken ? new DataDirInUse(dataDir, error) : error;
  }
  return { release: () => void holder.close() };
}
