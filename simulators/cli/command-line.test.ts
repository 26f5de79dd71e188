import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { writeAccounts } from '../accounts.ts';
import { startTestBroker } from '../testing/broker.ts';
import type { TestBroker } from '../testing/broker.ts';

const devices = [
  { id: 'btn-1', secret: 's-1', type: 'button', resident: '周秀兰' },
  { id: 'term-2', secret: 's-2', type: 'terminal', resident: '陈国强' },
  { id: 'fall-1', secret: 's-3', type: 'fall-detector', resident: '周秀兰' },
  { id: 'door-1', secret: 's-4', type: 'door-sensor', resident: '周秀兰' },
  { id: 'motion-1', secret: 's-5', type: 'motion-sensor', resident: '周秀兰' },
] as const;

let folder: string;
let broker: TestBroker;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carebell-simulate-'));
  await writeAccounts(join(folder, 'demo-accounts.json'), { users: [], devices: [...devices] });
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  broker = await startTestBroker({ accounts: new Map(devices.map(({ id, secret }) => [id, secret])) });
});
afterEach(() => broker.close());

type Ended = { code: number | null; out: string; err: string };

function start(...argv: string[]) {
  const main = join(import.meta.dirname, '..', 'main.ts');
  const env = {
    PATH: process.env['PATH'],
    LANG: 'C',
    CAREBELL_DATA_DIR: folder,
    CAREBELL_MQTT_PORT: `${broker.port}`,
  };
  const child = spawn(process.execPath, [main, ...argv], { env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
  return { child, said, ended };
}
const simulate = (...argv: string[]) => start(...argv).ended;
const kinds = () => broker.bodies('/event').map((body) => (body as { kind: string }).kind);

test('press with no option presses a demo button, shows the reassurance it gets and ends with 0', async () => {
  const { said, ended } = start('press');
  await vi.waitFor(() => expect(said.out).toContain('PUBACK'));
  const tell = (id: string, state: string) => {
    const body = JSON.stringify({ id, command: 'reassure', data: { state, alarmId: 'a-1' } });
    return broker.publish('carebell/v1/devices/btn-1/command', body);
  };
  await tell('c-1', 'received');
  await tell('c-2', 'closed');
  const { code, out, err } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /周秀兰[^]*已连接[^]*已发送 button\.pressed[^]*PUBACK，[\d.]+ 毫秒后[^]*已收到您的呼叫/,
  );
  expect(broker.bodies('/command/result')).toEqual([
    { id: 'c-1', ok: true },
    { id: 'c-2', ok: true },
  ]);
});

test('a key that a button does not have is pressed on a terminal', async () => {
  expect(await simulate('press', '--key', 'meal', '--wait', '0', '--lang', 'en')).toMatchObject({ code: 0 });
  expect(broker.received.find(({ topic }) => topic.endsWith('/event'))).toMatchObject({
    topic: 'carebell/v1/devices/term-2/event',
    payload: expect.stringContaining('"key":"meal"'),
    qos: 1,
  });
});

test('a fall is suspected, then detected, or cleared when the wearer cancels', async () => {
  expect(await simulate('fall', '--window', '0.3', '--wait', '0')).toMatchObject({ code: 0 });
  expect(kinds()).toEqual(['fall.suspected', 'fall.detected']);
  expect(await simulate('fall', '--cancel-after', '0.1', '--wait', '0')).toMatchObject({ code: 0 });
  expect(kinds().slice(2)).toEqual(['fall.suspected', 'fall.cleared']);
});

test('a door is opened', async () => {
  expect(await simulate('door', '--action', 'open')).toMatchObject({ code: 0 });
  expect(kinds()).toEqual(['door.opened']);
});

test('a home lives its day and every event of it is accepted', async () => {
  const argv = [
    'home',
    '--from',
    '7',
    '--hours',
    '3',
    '--pace',
    '7200',
    '--resident',
    '周秀兰',
    '--lang',
    'en',
  ];
  const { code, out } = await simulate(...argv);
  expect(code).toBe(0);
  expect(out).toMatch(/0[789]:\d\d door-1 open/);
  expect(kinds()).toContain('door.closed');
});

test('a fleet tells its figures', async () => {
  const { code, out } = await simulate('fleet', '--rate', '100', '--for', '1', '--lang', 'en');
  expect(code).toBe(0);
  expect(out).toMatch(/5 devices connected, 0 refused[^]*PUBACK +\d+ · p50/);
});

test('a wrong secret is named and ends with 1', async () => {
  const { code, err } = await simulate('press', '--id', 'btn-1', '--secret', 'wrong', '--lang', 'en');
  expect({ code, err }).toEqual({
    code: 1,
    err: 'the hub refused the log-in (CONNACK 5): wrong device identifier or secret\n',
  });
});

test('a hub out of reach is named and ends with 1', async () => {
  const { code, err } = await simulate('door', '--hub', 'mqtt://127.0.0.1:1', '--lang', 'en');
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringContaining('mqtt://127.0.0.1:1 (ECONNREFUSED)'),
  });
});

test('a press without PUBACK ends with 1', async () => {
  broker.staySilent(true);
  const { code, err } = await simulate('press', '--timeout', '0.3');
  expect({ code, err }).toEqual({ code: 1, err: '0.3 秒内没有 PUBACK：枢纽没有保存\n' });
});

test.each([
  [['press', '--key', 'fire'], 'Allowed choices'],
  [['press', '--wait', 'long'], '--wait'],
  [['dance'], "unknown command 'dance'"],
  [['press', '--hub', 'http://x'], 'mqtt://host:port'],
  [['press', '--id', 'a/b', '--secret', 'x'], 'a/b'],
  [['press', '--secret', 'x'], '--id'],
  [['press', '--id', 'nobody'], '没有这个设备'],
  [['press', '--resident', 'nobody'], '没有这位老人的设备'],
  [['press', '--accounts', '/nowhere/a.json'], 'npm run demo'],
  [['gateway', '--driver', 'zigbee'], 'Allowed choices'],
  [['gateway', '--driver', 'rflink', '--press', 'every', 'day'], '--press'],
  [['gateway', '--driver', 'rflink', '--noise', '2'], '--noise'],
  [['gateway', '--driver', 'rflink', '--act', 'fall'], '说不出 fall'],
  [['gateway', '--driver', 'rflink', '--pty', '/tmp/a', '--tcp', '1'], '只能给一个'],
])('the command line %j is refused with 2 and a reason', async (argv, reason) => {
  const { code, err } = await simulate(...argv);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(reason) });
});

test('a simulated firmware says its frames over TCP and takes what the bridge writes', async () => {
  const { said, ended } = start(
    ...'gateway --driver rflink --tcp 0 --lang en --press every 300ms --count 3'.split(' '),
  );
  await vi.waitFor(() => expect(said.out).toContain('plugged in at tcp://127.0.0.1:'));
  const port = Number(/tcp:\/\/127\.0\.0\.1:(\d+)/.exec(said.out)?.[1]);
  const bridge = connect(port, '127.0.0.1');
  let heard = '';
  bridge.on('data', (bytes: Buffer) => (heard += bytes.toString()));
  bridge.write('10;PING;\n');
  const { code, out, err } = await ended;
  bridge.destroy();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(heard).toMatch(/PONG[^]*20;0\d;EV1527;ID=[0-9a-f]{6};SWITCH=04;CMD=ON;/);
  expect(out).toMatch(/← 10;PING;[^]*→ 20;99;PONG;[^]*ended: it happened 3 times/);
});

test('help is given for each command, with examples, and ends with 0', async () => {
  for (const command of ['press', 'fall', 'door', 'home', 'fleet', 'gateway']) {
    const { code, out } = await simulate(command, '--help', '--lang', 'en');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining(`npm run simulate -- ${command}`),
    });
  }
});
