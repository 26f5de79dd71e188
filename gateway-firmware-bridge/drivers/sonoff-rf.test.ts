import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Decoded, Order } from './driver.ts';
import { sonoffRf } from './sonoff-rf.ts';
import { bytesOf, pushInPieces, sortOut, storm } from './testing/feed.ts';

const ack: Decoded = { of: 'reply', bytes: bytesOf('AA A0 55') };
const alive: Decoded = { of: 'firmware', says: 'alive' };
const code = (address: string, signal: string): Decoded => ({
  of: 'heard',
  heard: { of: 'signal', address, signal },
});
const decoder = () => sonoffRf.createDecoder({});

const frames: [what: string, hex: string, decoded: Decoded[]][] = [
  [
    'a code, which is acknowledged',
    'AA A4 28 0A 01 5E 04 10 F7 49 94 55',
    [ack, code('rf433.ev1527.f7499', 'key.4')],
  ],
  [
    'a code and times that hold the stop byte',
    'AA A4 28 55 01 55 04 55 55 55 55 55',
    [ack, code('rf433.ev1527.55555', 'key.5')],
  ],
  [
    'a code that holds the start byte',
    'AA A4 28 0A 01 5E 04 10 AA A4 AA 55',
    [ack, code('rf433.ev1527.aaa4a', 'key.a')],
  ],
  [
    'a code whose identifier begins with zeros',
    'AA A4 28 0A 01 5E 04 10 00 00 18 55',
    [ack, code('rf433.ev1527.00001', 'key.8')],
  ],
  [
    'a code from a firmware that measures no times',
    'AA A4 00 00 00 00 00 00 12 34 5B 55',
    [ack, code('rf433.ev1527.12345', 'key.b')],
  ],
  ['the 24-bit protocol of Portisch', 'AA A6 04 00 F7 49 94 55', [code('rf433.ev1527.f7499', 'key.4')]],
  ['an order carried out', 'AA A0 55', [{ of: 'confirmation', token: 'order', ok: true }]],
  ['learning that timed out', 'AA A2 55', [ack, alive]],
  ['a code learned', 'AA A3 28 0A 01 5E 04 10 F7 49 94 55', [ack, alive]],
  ['Portisch learning that timed out', 'AA AA 55', [alive]],
  ['Portisch learned', 'AA AB 04 00 F7 49 94 55', [alive]],
  ['the version of Portisch', 'AA 03 55', [{ of: 'firmware', says: 'alive', version: 'Portisch 3' }]],
];

test.each(frames)('understands %s', (_what, hex, decoded) => {
  expect(decoder().push(bytesOf(hex))).toEqual(decoded);
});

const rejections: [what: string, hex: string, reasons: Record<string, number>][] = [
  ['another protocol of Portisch', 'AA A6 06 01 D0 F9 32 11 33 55', { 'unknown-frame': 1 }],
  ['raw times', 'AA B1 03 01 5E 04 10 28 0A 28 19 08 19 18 55', { 'unknown-frame': 1 }],
  ['raw times of too many kinds', 'AA B1 09 01 5E', { length: 1, noise: 1 }],
  ['raw times overtaken by a code', 'AA B1 03 01 5E 04 10 28 0A 28 19', { cut: 1 }],
  ['raw times without an end', `AA B1 02 01 5E 28 0A ${'08 '.repeat(140)}`, { 'too-long': 1, noise: 1 }],
  ['an action that does not exist', 'AA C7 55', { noise: 1 }],
  ['an advanced frame too long to be', 'AA A6 F0 01 02', { length: 1, noise: 1 }],
  ['a code without its end', 'AA A4 28 0A 01 5E 04 10 F7 49 94 00', { cut: 1 }],
  ['bytes between frames', '00 FF 12 13', { noise: 1 }],
];

test.each(rejections)('counts %s by its reason, and hears the code behind it', (_what, hex, reasons) => {
  const bytes = bytesOf(hex);
  const good = bytesOf('AA A4 28 0A 01 5E 04 10 F7 49 94 55');
  const tap = decoder();
  const found = sortOut([...tap.push(bytes), ...tap.push(good), ...tap.quiet()]);
  expect(found.rejections).toEqual(reasons);
  expect(found.rejectedBytes).toBe(bytes.length);
  expect(found.taken).toEqual([ack, code('rf433.ev1527.f7499', 'key.4')]);
});

test('a firmware that reboots within a frame loses that frame and no other', () => {
  const good = 'AA A4 28 0A 01 5E 04 10 F7 49 55 55';
  for (let kept = 2; kept < 24; kept += 2) {
    const cut = good.replaceAll(' ', '').slice(0, kept);
    const found = sortOut(decoder().push(bytesOf(cut + good)));
    expect(found.taken).toEqual([ack, code('rf433.ev1527.f7495', 'key.5')]);
    expect(found.rejectedBytes).toBe(kept / 2);
  }
});

test('a frame that went quiet is given up and counted as cut', () => {
  const tap = decoder();
  expect(tap.push(bytesOf('AA A4 28 0A 01'))).toEqual([]);
  const bytes = bytesOf('AA A4 28 0A 01');
  expect(tap.quiet()).toEqual([{ of: 'rejected', reason: 'cut', bytes, length: 5 }]);
});

test('after any noise and the gap of a frame, a code is heard; how the bytes come changes nothing', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(0xffffff), sizes, (noise, bits, pieces) => {
      const good = Buffer.from('AAA4280A015E041000000055', 'hex');
      good.writeUIntBE(bits, 8, 3);
      const tap = decoder();
      const before = [...tap.push(noise), ...tap.quiet()];
      const key = `key.${(bits & 0xf).toString(16)}`;
      const address = `rf433.ev1527.${(bits >>> 4).toString(16).padStart(5, '0')}`;
      expect(tap.push(good)).toEqual([ack, code(address, key)]);
      const again = decoder();
      expect([...pushInPieces(again, noise, pieces), ...again.quiet()]).toEqual(before);
    }),
  );
});

test('a storm of 200 KB and a megabyte of start bytes change nothing for the code behind them', () => {
  for (const noise of [storm(1, 200_000), new Uint8Array(1_000_000).fill(0xaa)]) {
    const tap = decoder();
    const { taken, rejectedBytes } = sortOut([...tap.push(noise), ...tap.quiet()]);
    expect(rejectedBytes).toBeGreaterThan(noise.length - 12 * taken.length - 1);
    expect(tap.push(bytesOf('AA A4 28 0A 01 5E 04 10 F7 49 94 55'))).toHaveLength(2);
  }
});

test('an order to show the state of an alarm sends the code of the bell, but has no code for its end', () => {
  const order = (state: 'received' | 'closed', signal?: string): Order => ({
    address: 'rf433.ev1527.f7499',
    ...(signal === undefined ? {} : { signal }),
    command: { id: 'c1', command: 'reassure', data: { state, alarmId: 'a1' } },
    ordinal: 1,
  });
  expect(sonoffRf.encode?.(order('received', 'key.4'), {})).toEqual({
    bytes: bytesOf('AA A5 2A 62 01 5E 04 1A F7 49 94 55'),
    token: 'order',
  });
  expect(sonoffRf.encode?.(order('closed', 'key.4'), {})).toBeUndefined();
  expect(sonoffRf.encode?.(order('received'), {})).toBeUndefined();
});

test('options that it does not have are named', () => {
  expect(() => sonoffRf.createDecoder({ baud: 1 })).toThrow(/baud/);
});
