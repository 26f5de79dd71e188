import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 30_000 });
const main = join(import.meta.dirname, 'main.ts');

test('without settings the bridge shows its help in the language of the environment', () => {
  const saysIn = (LANG: string) =>
    spawnSync(process.execPath, [main], { encoding: 'utf8', env: { ...process.env, LANG, LC_ALL: '' } });
  const english = saysIn('en_GB.UTF-8');
  expect(english.status).toBe(2);
  expect(english.stderr).toContain('serial port, better by its name under');
  expect(saysIn('C').stderr).toContain('串口路径');
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it cleanly', async (signal) => {
  const argv = [main, '--port', '/dev/no-such-port', '--driver', 'rflink', '--dry-run', '--lang', 'en'];
  const bridge = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(bridge, 'exit');
  bridge.stdout.once('data', () => bridge.kill(signal));
  const [said, [code]] = await Promise.all([text(bridge.stdout), ended]);
  expect(code).toBe(0);
  expect(said).toContain('listening to rflink (/dev/no-such-port), without a hub');
  expect(said).toContain('0 events');
});
