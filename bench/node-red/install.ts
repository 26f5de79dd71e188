import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repository } from '../npm-start.ts';

export type InstalledNodeRed = { program: string; version: string };
const files = ['package.json', 'package-lock.json'] as const;
const withinMs = 300_000;

/**
 * Node-RED in a folder of its own, installed when it is first asked for: 280 packages that are no part of the project. A
 * string says why it cannot be had.
 */
export function installNodeRed(told: (line: string) => void): InstalledNodeRed | string {
  const lock = readFileSync(join(import.meta.dirname, 'package-lock.json'));
  const name = `bench-node-red-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`;
  const folder = join(repository, 'node_modules', '.cache', name);
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    told(`Node-RED: installing into ${folder}`);
    mkdirSync(folder, { recursive: true });
    for (const file of files) copyFileSync(join(import.meta.dirname, file), join(folder, file));
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
    const { status, error, stderr } = spawnSync('npm', ['ci', ...flags], {
      cwd: folder,
      encoding: 'utf8',
      timeout: withinMs,
    });
    if (status !== 0)
      return `npm did not install it: ${error?.message ?? stderr.split('\n', 2).join(' ').trim()}`;
    writeFileSync(done, '');
  }
  const { version, bin } = createRequire(done)('node-red/package.json') as {
    version: string;
    bin: { 'node-red': string };
  };
  return { program: join(folder, 'node_modules', 'node-red', bin['node-red']), version };
}
