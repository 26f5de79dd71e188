import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'carebell-demo-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

async function demo(argv: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...argv], {
    env: {
      PATH: process.env['PATH'],
      CAREBELL_DATA_DIR: dataDir,
      CAREBELL_HTTP_PORT: '0',
      CAREBELL_MQTT_PORT: '0',
      ...env,
    },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

test('a data directory with a hub that is not a demo is left alone', async () => {
  await writeFile(join(dataDir, 'carebell.db'), 'someone else');
  const { code, err } = await demo(['--lang', 'en']);
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringContaining('CAREBELL_DATA_DIR=another-folder npm run demo'),
  });
  expect(await readdir(dataDir)).toEqual(['carebell.db']);
});

test('accounts that cannot be read are not overwritten', async () => {
  await writeFile(join(dataDir, 'demo-accounts.json'), '{"users":[');
  expect(await demo([])).toMatchObject({ code: 2, err: expect.stringContaining('demo-accounts.json') });
});

test.each(['CAREBELL_HTTP_PORT', 'CAREBELL_MQTT_PORT'])(
  'a taken port is named, with %s to change it',
  async (name) => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { code, err } = await demo(['--lang', 'en'], { [name]: String(port) });
    holder.close();
    expect(code).toBe(2);
    expect(err).toContain(`127.0.0.1:${port} cannot be had (EADDRINUSE)`);
    expect(err).toContain(`${name}=another-port`);
    expect(await readdir(dataDir)).toEqual([]);
  },
);

test.each([
  [['--pace', '0'], {}, '--pace'],
  [['--speed', '1'], {}, "unknown option '--speed'"],
  [[], { CAREBELL_DATABASE_URL: 'postgres://x' }, 'CAREBELL_DATABASE_URL'],
  [[], { CAREBELL_HTTP_PORT: 'eighty' }, 'CAREBELL_HTTP_PORT'],
])('the settings %j %j are refused', async (argv, env, reason) => {
  expect(await demo(argv, env)).toMatchObject({ code: 2, err: expect.stringContaining(reason) });
});

test('help ends with 0', async () => {
  expect(await demo(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--quiet') });
});
