import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new directory for this process, gone with it. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'carebell-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
