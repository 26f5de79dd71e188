import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Decoded, Order } from './driver.ts';
import { espa444 } from './espa-444.ts';
import { bytesOf, sortOut, storm } from './testing/feed.ts';

const room12 =
  '01 31 02 31 1F 31 30 31 1E 32 1F 57 43 20 41 4C 41 52 4D 20 52 4F 4F 4D 20 31 32 1E 33 1F 32 1E 34 1F 33 1E 35 1F 31 1E 36 1F 31 03 63';
/** The same call ended: call type 1. */
const room12Over = room12.replace('34 1F 33', '34 1F 31').replace(/63$/, '61');
const ack = '06';
const nak = '3115';
const eot = '04';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

if (espa444.mode !== 'polled') throw new Error('ESPA is a bus');
const { createPoller } = espa444;

/** A station with everything it writes, in order: a reply stands behind what was heard before it. */
function station(options = {}) {
  const decoded: Decoded[] = [];
  const written: string[] = [];
  const answering: [string, boolean][] = [];
  const write = (bytes: Uint8Array) => void written.push(Buffer.from(bytes).toString('hex'));
  const poller = createPoller(options, {
    write,
    decoded(items) {
      for (const item of items) {
        decoded.push(item);
        if (item.of === 'reply') write(item.bytes);
      }
    },
    answering: (address, isAnswering) => void answering.push([address, isAnswering]),
  });
  const heard = () => decoded.flatMap((item) => (item.of === 'heard' ? [item.heard] : []));
  return {
    poller,
    decoded,
    answering,
    heard,
    push: (hex: string) => poller.push(bytesOf(hex)),
    takeWritten: () => written.splice(0),
  };
}

const call = (address: string, signal: string, meaning: object) => ({
  of: 'signal',
  address,
  signal,
  meaning,
});
const helpFromRoom12 = call('pager.101.WC-ALARM-ROOM-12', 'call.3.1', {
  kind: 'button.pressed',
  data: { key: 'help', text: 'WC ALARM ROOM 12', pager: '101', callType: '3', priority: '1' },
});

test('a polled station has nothing to say, and takes a call when it is selected', () => {
  const { push, takeWritten, heard, decoded } = station();
  push('04 32 05');
  expect(takeWritten()).toEqual([eot]);
  push('04 31 05');
  expect(takeWritten()).toEqual([]);
  push('32 05');
  expect(takeWritten()).toEqual([ack]);
  push(room12);
  expect(takeWritten()).toEqual([ack]);
  push('04');
  expect(heard()).toEqual([helpFromRoom12]);
  const order = decoded.map(({ of }) => of);
  expect(order.indexOf('heard')).toBeLessThan(order.indexOf('reply'));
});

test('two calls in one transmission are both taken', () => {
  const { push, takeWritten, heard } = station();
  push(`31 05 32 05 ${room12}`);
  push(`${room12Over} 04`);
  expect(takeWritten()).toEqual([ack, ack, ack]);
  expect(heard()).toMatchObject([
    { signal: 'call.3.1' },
    { signal: 'call.1.1', meaning: { kind: 'button.cancelled' } },
  ]);
});

test('a call that comes damaged is refused and taken when it is repeated', () => {
  const { push, takeWritten, heard, decoded } = station();
  push(`31 05 32 05 ${room12.slice(0, -2)}00`);
  expect(takeWritten()).toEqual([ack, nak]);
  push(`${room12} 04`);
  expect(takeWritten()).toEqual([ack]);
  expect(heard()).toEqual([helpFromRoom12]);
  expect(sortOut(decoded).rejections).toEqual({ checksum: 1 });
});

test('a call without a selection before it is taken too', () => {
  const { push, takeWritten, heard } = station();
  push(room12);
  expect({ heard: heard(), written: takeWritten() }).toEqual({ heard: [helpFromRoom12], written: [ack] });
});

test('a system that selects without polling itself is answered where the settings say so', () => {
  const { push, takeWritten } = station({ firstEnquiry: 'select' });
  push('32 05');
  expect(takeWritten()).toEqual([ack]);
});

test('what another station is asked is left to it', () => {
  const { push, takeWritten } = station();
  push('31 05 33 05 06 04 33 05 04');
  expect(takeWritten()).toEqual([]);
});

test.each<[string, object, object]>([
  ['the room in the text names the caller', { room: 'ROOM (\\w+)' }, { address: 'room.12' }],
  [
    'a rule for a priority',
    { meanings: [{ priority: '1', kind: 'button.pressed', key: 'advice' }] },
    { meaning: { kind: 'button.pressed', data: { key: 'advice' } } },
  ],
  [
    'a rule for a text',
    { meanings: [{ text: 'WC', kind: 'fall.suspected' }] },
    { meaning: { kind: 'fall.suspected' } },
  ],
  [
    'a rule that does not fit',
    { meanings: [{ callType: '2', kind: 'smoke.detected' }] },
    { meaning: { kind: 'button.pressed' } },
  ],
])('%s', (_what, options, expected) => {
  const { push, heard } = station(options);
  push(room12);
  expect(heard()).toMatchObject([expected]);
});

test('long texts that begin alike are different callers, and an address never passes 48 characters', () => {
  const block = (text: string) => {
    const checked = [0x31, 0x02, 0x31, 0x1f, 0x39, 0x1e, 0x32, 0x1f, ...Buffer.from(text), 0x03];
    return Buffer.from([1, ...checked, checked.reduce((sum, byte) => sum ^ byte, 0)]).toString('hex');
  };
  const { push, heard } = station();
  push(block('STATION 4 NORTH WING LONG CORRIDOR ROOM 12 BED 1'));
  push(block('STATION 4 NORTH WING LONG CORRIDOR ROOM 12 BED 2'));
  push(block('Küche'));
  const addresses = heard().map(({ address }) => address);
  expect(new Set(addresses).size).toBe(3);
  for (const address of addresses) expect(address).toMatch(/^[A-Za-z0-9._-]{1,48}$/);
});

test('status blocks are acknowledged as signs of life, and unknown ones are counted', () => {
  const { push, takeWritten, decoded } = station();
  push('01 32 02 37 1F 36 03 2D 01 39 02 31 1F 31 03 27');
  expect(takeWritten()).toEqual([ack, ack]);
  expect(sortOut(decoded).rejections).toEqual({ 'unknown-frame': 1 });
});

const order = (state: 'answered' | 'closed', address = 'pager.101.WC'): Order => ({
  address,
  command: { id: 'c-1', command: 'reassure', data: { state, alarmId: 'a-1' } },
  ordinal: 1,
});
const answeredBlock =
  '01 31 02 31 1F 31 30 31 1E 32 1F 41 4E 53 57 45 52 45 44 1E 33 1F 31 1E 34 1F 33 1E 35 1F 31 1E 36 1F 33 03 04'
    .replaceAll(' ', '')
    .toLowerCase();

test('an order is written when the station is polled next, and is done when the display took it', async () => {
  const { poller, push, takeWritten } = station();
  const result = poller.order?.(order('answered'));
  expect(takeWritten()).toEqual([]);
  push('32 05');
  expect(takeWritten()).toEqual(['3105']);
  push('06');
  expect(takeWritten()).toEqual([answeredBlock]);
  push('06');
  expect(takeWritten()).toEqual([eot]);
  expect(await result).toEqual({ ok: true });
});

test('a display that refuses three times ends the order, and one that hears nothing as well', async () => {
  const { poller, push, takeWritten } = station({ orderMs: 60_000 });
  const refused = poller.order?.(order('answered'));
  push('32 05 06 15 15 15');
  expect(await refused).toEqual({ ok: false, reason: 'refused' });
  expect(takeWritten()).toEqual(['3105', answeredBlock, answeredBlock, answeredBlock, eot]);
  const unheard = poller.order?.(order('answered'));
  for (let poll = 0; poll < 3; poll += 1) {
    push('32 05');
    await vi.advanceTimersByTimeAsync(2000);
  }
  expect(await unheard).toEqual({ ok: false, reason: 'no-answer' });
});

test('an order for a station that nobody polls says so in time, and one without a display at once', async () => {
  const { poller } = station();
  const waiting = poller.order?.(order('closed'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await waiting).toEqual({ ok: false, reason: 'not-polled' });
  expect(await poller.order?.(order('closed', 'room.12'))).toEqual({ ok: false, reason: 'no-display' });
});

test('a closed alarm takes its text off the display again', () => {
  const { poller, push, takeWritten } = station({ display: '7' });
  void poller.order?.(order('closed', 'room.12'));
  push('32 05 06');
  const block = Buffer.from(takeWritten()[1] ?? '', 'hex').toString('latin1');
  expect(block).toContain('1\u001f7\u001e2\u001fCLOSED 12\u001e');
  expect(block).toContain('\u001e4\u001f1\u001e');
});

test('as the control station it polls, takes calls, and brings orders without waiting to be asked', async () => {
  const { poller, push, takeWritten, heard } = station({ role: 'control', address: '1', peer: '2' });
  poller.start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(takeWritten()).toEqual([eot, '3205']);
  push('04');
  await vi.advanceTimersByTimeAsync(1000);
  push(`31 05`);
  push(`${room12} 04`);
  expect(takeWritten()).toEqual(['3205', ack, ack]);
  expect(heard()).toEqual([helpFromRoom12]);
  const result = poller.order?.(order('answered'));
  await vi.advanceTimersByTimeAsync(1000);
  push('06');
  push('06');
  expect(takeWritten()).toEqual(['31053205', answeredBlock, eot]);
  expect(await result).toEqual({ ok: true });
  await poller.stop();
});

test('a station that does not answer three polls is told, and told again when it is back', async () => {
  const { poller, push, answering } = station({ role: 'control', address: '1', peer: '2', answerMs: 500 });
  poller.start();
  await vi.advanceTimersByTimeAsync(6000);
  expect(answering).toEqual([['station.2', false]]);
  push('04');
  expect(answering).toEqual([
    ['station.2', false],
    ['station.2', true],
  ]);
  await poller.stop();
});

test.each([
  [{}, '3205'],
  [{ role: 'control', address: '1', peer: '2' }, eot],
])(
  'a link without a call is alive by its polls, which is told every ten seconds (%j)',
  async (options, word) => {
    const { poller, push, decoded } = station(options);
    poller.start();
    for (let second = 0; second < 30; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      push(word);
    }
    expect(decoded).toEqual(Array.from({ length: 3 }, () => ({ of: 'firmware', says: 'alive' })));
    await poller.stop();
  },
);

test('stopping ends the orders that wait and every timer', async () => {
  const { poller } = station({ role: 'control', address: '1', peer: '2' });
  poller.start();
  const waiting = poller.order?.(order('answered'));
  await poller.stop();
  expect(await waiting).toEqual({ ok: false, reason: 'stopped' });
  expect(vi.getTimerCount()).toBe(0);
});

test('after a storm of bytes the next call is taken', async () => {
  const { poller, push, heard } = station();
  poller.push(storm(12, 200_000));
  await vi.advanceTimersByTimeAsync(5000);
  heard().length = 0;
  push(`04 31 05 32 05 ${room12} 04`);
  expect(heard().at(-1)).toEqual(helpFromRoom12);
});

test.each([[{ room: '(' }], [{ address: '22' }], [{ speed: 1 }]])(
  'the settings %j are refused',
  (options) => {
    expect(() => station(options)).toThrow(/./);
  },
);
