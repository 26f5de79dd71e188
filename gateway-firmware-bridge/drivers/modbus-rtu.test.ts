import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerSerial } from 'modbus-serial';
import { SerialPort } from 'serialport';
import { afterEach, expect, test, vi } from 'vitest';
import type { Decoded, Order, Poller } from './driver.ts';
import { modbusRtu } from './modbus-rtu.ts';
import { bytesOf, sortOut, storm } from './testing/feed.ts';

if (modbusRtu.mode !== 'polled') throw new Error('Modbus is a bus');
const { createPoller } = modbusRtu;

const readInputs = '01020000000879cc';
const pointThreeOn = '01 02 01 04 A0 4B';
const allOff = '01 02 01 00 A1 88';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A master whose questions are answered by `answer`, in hex. */
function master(answer: (question: string) => string | undefined, options: object = {}) {
  const decoded: Decoded[] = [];
  const written: string[] = [];
  const answering: [string, boolean][] = [];
  const poller: Poller = createPoller(
    { units: [{ id: 1 }], pollEveryMs: 10, answerMs: 40, ...options },
    {
      write(bytes) {
        const question = Buffer.from(bytes).toString('hex');
        written.push(question);
        const said = answer(question);
        if (said !== undefined) queueMicrotask(() => poller.push(bytesOf(said)));
      },
      decoded: (items) => void decoded.push(...items),
      answering: (address, isAnswering) => void answering.push([address, isAnswering]),
    },
  );
  stops.push(() => poller.stop());
  poller.start();
  const heard = () => decoded.flatMap((item) => (item.of === 'heard' ? [item.heard] : []));
  return { poller, decoded, written, answering, heard };
}

const signal = (address: string, name: string, kind: string, data?: object) => ({
  of: 'signal',
  address,
  signal: name,
  meaning: data ? { kind, data } : { kind },
});
const help = (address: string) => signal(address, 'on', 'button.pressed', { key: 'help' });

test('the inputs of a unit are asked for, and a point that is on is a call for help', async () => {
  const { written, heard } = master(() => pointThreeOn);
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(3));
  expect(new Set(written)).toEqual(new Set([readInputs]));
  expect(heard()).toEqual([help('unit.1.point.3')]);
});

test('a call point that is pressed again is a call again, and one reset in between is not', async () => {
  let says = pointThreeOn;
  const { heard, written } = master(() => says);
  for (const next of [allOff, pointThreeOn, allOff]) {
    const before = written.length;
    await vi.waitFor(() => expect(written.length).toBeGreaterThan(before + 2));
    says = next;
  }
  expect(heard()).toEqual([help('unit.1.point.3'), help('unit.1.point.3')]);
});

test('points have names and kinds of their own, contacts that rest closed, and clearings', async () => {
  let says = '01 02 01 02 20 49';
  const units = [
    {
      id: 1,
      inputs: 3,
      names: ['bath', 'door', null],
      kinds: ['button.pressed', 'door.opened', 'smoke.detected'],
      key: 'advice',
      closedAtRest: [1],
      release: 'button.cancelled',
    },
  ];
  const { heard, written } = master(() => says, { units });
  await vi.waitFor(() => expect(heard()).toHaveLength(2));
  expect(written[0]?.slice(0, 12)).toBe('010200000003');
  expect(heard()).toEqual([
    signal('unit.1.bath', 'on', 'button.pressed', { key: 'advice' }),
    signal('unit.1.door', 'on', 'door.opened'),
  ]);
  says = '01 02 01 05 61 8B';
  await vi.waitFor(() => expect(heard()).toHaveLength(5));
  expect(heard().slice(2)).toEqual([
    signal('unit.1.bath', 'off', 'button.cancelled'),
    signal('unit.1.door', 'off', 'door.closed'),
    signal('unit.1.point.3', 'on', 'smoke.detected'),
  ]);
});

test.each([
  ['a wrong checksum', '01 02 01 04 A0 4C', { checksum: 1 }],
  ['an exception', '01 82 02 C1 61', { 'bad-field': 1 }],
  ['an answer that is cut', '01 02 01', { cut: 1 }],
  ['noise before the answer', `FF 00 FF ${pointThreeOn}`, { noise: 1 }],
  ['an answer of another unit', '02 02 01 04 A0 0F', { cut: 1 }],
])('%s is rejected by its name, and the next answer is heard', async (_what, first, rejections) => {
  let turn = 0;
  const { heard, decoded } = master(() => {
    turn += 1;
    return turn === 1 ? first : pointThreeOn;
  });
  await vi.waitFor(() => expect(heard()).toEqual([help('unit.1.point.3')]));
  expect(sortOut(decoded).rejections).toEqual(rejections);
});

test('an answer in pieces is one answer', async () => {
  const { poller, heard } = master(() => {
    for (const byte of bytesOf(pointThreeOn)) setImmediate(() => poller.push(Uint8Array.of(byte)));
    return undefined;
  });
  await vi.waitFor(() => expect(heard()).toEqual([help('unit.1.point.3')]));
});

test('a unit that stays silent is told, asked seldom, and told again when it answers, and the others go on', async () => {
  let isBack = false;
  const { answering, heard, written } = master(
    (question) =>
      question.startsWith('01') || isBack ? question.slice(0, 2) + pointThreeOn.slice(2) : undefined,
    { units: [{ id: 1 }, { id: 2 }], answerMs: 20, silentEveryMs: 1_500 },
  );
  await vi.waitFor(() => expect(answering).toEqual([['unit.2', false]]));
  expect(heard()).toContainEqual({ of: 'reading', address: 'unit.2', reading: { answering: 0 } });
  const asked = () => written.filter((question) => question.startsWith('02')).length;
  expect(asked()).toBe(3);
  const ofUnitOne = written.length;
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(ofUnitOne + 5));
  expect(asked()).toBe(3);
  isBack = true;
  await vi.waitFor(() => expect(asked()).toBe(4));
});

test('bytes that nobody asked for are noise, a storm of them is bounded, and the next answer is heard', async () => {
  let says: string | undefined;
  const { poller, decoded, heard } = master(() => says, { answerMs: 20 });
  const bytes = storm(9, 200_000);
  for (let start = 0; start < bytes.length; start += 700) poller.push(bytes.subarray(start, start + 700));
  says = pointThreeOn;
  await vi.waitFor(() => expect(heard()).toContainEqual(help('unit.1.point.3')));
  expect(sortOut(decoded).rejectedBytes).toBeGreaterThan(190_000);
});

const order = (state: 'received' | 'closed', address = 'unit.1.point.3'): Order => ({
  address,
  command: { id: 'c-1', command: 'reassure', data: { state, alarmId: 'a-1' } },
  ordinal: 1,
});
const echo = (question: string) => (question.startsWith('0102') ? allOff : question);

test('a lamp is lit by "received" and put out by "closed", which also resets the call points', async () => {
  const { poller, written } = master(echo, { units: [{ id: 1, lamps: [null, null, 7], reset: 9 }] });
  const writes = () => written.filter((question) => question.startsWith('0105'));
  expect(await poller.order?.(order('received'))).toEqual({ ok: true });
  expect(writes()).toEqual(['01050007ff003dfb']);
  expect(await poller.order?.(order('closed'))).toEqual({ ok: true });
  expect(writes().map((each) => each.slice(4, 12))).toEqual(['0007ff00', '00070000', '0009ff00', '00090000']);
});

test('identify and test light the lamp for a moment, and calls are asked for meanwhile', async () => {
  const { poller, written } = master(echo, { units: [{ id: 1, lamps: 7 }] });
  const result = poller.order?.({
    address: 'unit.1',
    command: { id: 'c-2', command: 'identify' },
    ordinal: 2,
  });
  expect(await result).toEqual({ ok: true });
  const on = written.indexOf('01050007ff003dfb');
  const off = written.findIndex((each) => each.startsWith('010500070000'));
  expect(off - on).toBeGreaterThan(10);
});

test.each([
  ['no-lamp', order('received'), {}],
  ['no-lamp', order('received', 'unit.9'), { units: [{ id: 1, lamps: 7 }] }],
  ['no-answer', order('received'), { units: [{ id: 1, lamps: 7 }] }],
])('an order that cannot be shown says %s', async (reason, given, options) => {
  const { poller } = master((question) => (question.startsWith('0102') ? allOff : undefined), options);
  expect(await poller.order?.(given)).toEqual({ ok: false, reason });
});

test('a poller that is stopped asks nothing, and started again goes on without repeating what it told', async () => {
  const { poller, written, heard } = master(() => pointThreeOn);
  await vi.waitFor(() => expect(heard()).toHaveLength(1));
  await poller.stop();
  const asked = written.length;
  poller.start();
  await vi.waitFor(() => expect(written.length).toBeGreaterThan(asked + 2));
  expect(heard()).toHaveLength(1);
});

test.each([[{ units: [] }], [{ units: [{ id: 300 }] }], [{ units: [{ id: 1, names: ['a b'] }] }]])(
  'the settings %j are refused',
  (options) => {
    expect(() => createPoller(options, { write() {}, decoded() {} })).toThrow(/./);
  },
);

const hasSocat = spawnSync('socat', ['-V']).status === 0;

test.runIf(hasSocat)('a unit of the library at the other end of a real pty is heard and lit', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carebell-modbus-'));
  const [near, far] = [join(folder, 'near'), join(folder, 'far')];
  const socat = spawn('socat', [`pty,raw,echo=0,link=${near}`, `pty,raw,echo=0,link=${far}`]);
  const opened = (port: SerialPort) => vi.waitFor(() => expect(port.isOpen).toBe(true));
  const inputs: boolean[] = Array.from({ length: 8 }, () => false);
  const coils: boolean[] = [];
  const vector = {
    getDiscreteInput: (address: number) => inputs[address] ?? false,
    setCoil: (address: number, value: boolean) => void (coils[address] = value),
  };
  await vi.waitFor(() => expect(spawnSync('test', ['-e', far, '-a', '-e', near]).status).toBe(0));
  const server = new ServerSerial(vector, { path: far, baudRate: 9600, unitID: 5 });
  const port = new SerialPort({ path: near, baudRate: 9600 });
  await opened(port);
  const heard: unknown[] = [];
  const poller = createPoller(
    { units: [{ id: 5, names: ['bath'], lamps: 2 }], pollEveryMs: 20, answerMs: 2_000 },
    {
      write: (bytes) => void port.write(bytes),
      decoded: (items) =>
        void heard.push(...items.flatMap((each) => (each.of === 'heard' ? [each.heard] : []))),
    },
  );
  port.on('data', (bytes: Buffer) => poller.push(bytes));
  poller.start();
  try {
    inputs[0] = true;
    await vi.waitFor(() => expect(heard).toEqual([help('unit.5.bath')]));
    expect(await poller.order?.(order('received', 'unit.5.bath'))).toEqual({ ok: true });
    expect(coils[2]).toBe(true);
  } finally {
    await poller.stop();
    const closed = once(port, 'close');
    port.close();
    await closed;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    socat.kill();
    await rm(folder, { recursive: true });
  }
});
