import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataDir } from './data-dir-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.runIf(process.platform === 'linux')(
  'a second bridge on one directory is told so, under whatever name it comes',
  async () => {
    const dataDir = join(folder, 'state');
    const lock = await lockDataDir(dataDir);
    symlinkSync(dataDir, join(folder, 'other-name'));
    await expect(lockDataDir(join(folder, 'other-name'))).rejects.toMatchObject({
      code: 'data-dir-in-use',
      message: expect.stringContaining('is used by another bridge'),
    });
    const elsewhere = await lockDataDir(join(folder, 'elsewhere'));
    elsewhere.release();
    lock.release();
    (await lockDataDir(dataDir)).release();
  },
);

test.runIf(process.platform === 'linux')('a bridge that was killed leaves no lock behind', async () => {
  const source = join(import.meta.dirname, 'data-dir-lock.ts');
  const script = `import { lockDataDir } from ${JSON.stringify(source)};
await lockDataDir(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`;
  const killed = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(killed.stdout, 'data');
  await expect(lockDataDir(folder)).rejects.toMatchObject({ code: 'data-dir-in-use' });
  const gone = once(killed, 'exit');
  killed.kill('SIGKILL');
  await gone;
  (await lockDataDir(folder)).release();
});
