import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { accountsSchema, writeAccounts } from '../accounts.ts';
import type { Accounts } from '../accounts.ts';
import { logIn } from './api-client.ts';

let dataDir: string;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'carebell-demo-'));
});
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
});

function run(script: string, ...argv: string[]) {
  const env = {
    PATH: process.env['PATH'],
    CAREBELL_DATA_DIR: dataDir,
    CAREBELL_HTTP_PORT: '0',
    CAREBELL_MQTT_PORT: '0',
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...argv, '--lang', 'en'], {
    env,
  });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...said })),
  );
  return { child, said, ended };
}

async function startDemo() {
  const demo = run('main.ts', '--quiet');
  await vi.waitFor(() => expect(demo.said).toMatchObject({ out: expect.stringContaining('Ctrl-C') }));
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(demo.said.out)?.[0] ?? '';
  const hub = /--hub (mqtt:\S+)/.exec(demo.said.out)?.[1] ?? '';
  const press = (...argv: string[]) => run('../main.ts', 'press', '--hub', hub, '--wait', '0', ...argv).ended;
  return { ...demo, url, press };
}

const accountsPath = () => join(dataDir, 'demo-accounts.json');
const readFileOfAccounts = async (): Promise<Accounts> =>
  accountsSchema.parse(JSON.parse(await readFile(accountsPath(), 'utf8')));

async function openAlarms(url: string, accounts: Accounts, name: string) {
  const user = accounts.users.find((candidate) => candidate.name === name)!;
  const api = await logIn(url, { name, password: user.password });
  return (await api.get('/alarms?phase=open', pageOf(alarmViewSchema))).items;
}

test('the demo shows its log-ins, a pressed button comes to the right station, and Ctrl-C ends both processes', async () => {
  const demo = await startDemo();
  const accounts = await readFileOfAccounts();
  expect((await stat(accountsPath())).mode & 0o777).toBe(0o600);
  expect(accounts.devices).toHaveLength(90);
  expect(accounts.users.map(({ name, role, station }) => [name, role, station])).toEqual([
    ['admin', 'administrator', null],
    ['wang.li', 'operator', '青山社区养老服务驿站'],
    ['chen.min', 'operator', '槐荫社区养老服务驿站'],
    ['zhao.qiang', 'operator', '柳河社区养老服务驿站'],
    ['liu.fang', 'supervisor', null],
    ['sun.wei', 'installer', null],
  ]);
  for (const { name, password } of accounts.users)
    expect(demo.said.out).toContain(`${name.padEnd(10)}   ${password}`);
  expect(await openAlarms(demo.url, accounts, 'wang.li')).toEqual([]);

  expect(await demo.press('--resident', '周秀兰')).toMatchObject({ code: 0, err: '' });
  const [alarm, ...others] = await openAlarms(demo.url, accounts, 'wang.li');
  expect(alarm).toMatchObject({ kind: 'help', residentName: '周秀兰', stationName: '青山社区养老服务驿站' });
  expect(others).toEqual([]);
  expect(await openAlarms(demo.url, accounts, 'chen.min')).toEqual([]);
  expect(await openAlarms(demo.url, accounts, 'liu.fang')).toHaveLength(1);

  demo.child.kill('SIGINT');
  expect(await demo.ended).toMatchObject({ code: 0 });
  await expect(fetch(demo.url)).rejects.toThrow('fetch failed');
});

test('a second start keeps accounts and secrets, and one after an interrupted seeding goes on', async () => {
  const first = await startDemo();
  const accounts = await readFileOfAccounts();
  first.child.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ code: 0 });

  const second = await startDemo();
  expect(await readFileOfAccounts()).toEqual(accounts);
  expect(await second.press()).toMatchObject({ code: 0, err: '' });
  second.child.kill('SIGTERM');
  expect(await second.ended).toMatchObject({ code: 0 });

  await writeAccounts(accountsPath(), { users: accounts.users, devices: accounts.devices.slice(0, 40) });
  const third = await startDemo();
  const mended = await readFileOfAccounts();
  expect(mended.devices.map(({ id }) => id)).toEqual(accounts.devices.map(({ id }) => id));
  expect(mended.devices.slice(0, 40)).toEqual(accounts.devices.slice(0, 40));
  const last = mended.devices.at(-1)!;
  expect(await third.press('--id', last.id)).toMatchObject({ code: 0, err: '' });
});

test('a hub does not outlive a demo that was killed', async () => {
  const demo = await startDemo();
  demo.child.kill('SIGKILL');
  await demo.ended;
  await vi.waitFor(() => expect(fetch(demo.url)).rejects.toThrow('fetch failed'));
});
