import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockBytes, createEspaReader } from './espa-block.ts';
import { bytesOf, storm } from './testing/feed.ts';

// The text of Zenitel's example, with its check character.
const zenitel =
  '01 31 02 31 1F 35 35 30 1E 32 1F 43 41 4C 4C 20 4D 45 20 31 30 31 1E 33 1F 33 1E 34 1F 33 1E 35 1F 33 1E 36 1F 33 03 23';
const room12 =
  '01 31 02 31 1F 31 30 31 1E 32 1F 57 43 20 41 4C 41 52 4D 20 52 4F 4F 4D 20 31 32 1E 33 1F 32 1E 34 1F 33 1E 35 1F 31 1E 36 1F 31 03 63';

const read = (hex: string) => createEspaReader().push(bytesOf(hex));
const told = (hex: string) => {
  const tokens = read(hex);
  return tokens.map((token) => {
    if (token.of === 'rejected') return token.reason;
    if (token.of === 'block') return Object.fromEntries(token.block.records);
    return token.of === 'enquiry' ? `enquiry ${token.address}` : token.of;
  });
};
const room12Records = { 1: '101', 2: 'WC ALARM ROOM 12', 3: '2', 4: '3', 5: '1', 6: '1' };

test.each<[string, string, unknown[]]>([
  ['an example of the field', zenitel, [{ 1: '550', 2: 'CALL ME 101', 3: '3', 4: '3', 5: '3', 6: '3' }]],
  ['a call', room12, [room12Records]],
  [
    'the words of the link',
    '04 31 05 32 05 06 31 15 15 04',
    ['ended', 'enquiry 1', 'enquiry 2', 'acknowledged', 'refused', 'refused', 'ended'],
  ],
  ['a record separator before the end', '01 31 02 31 1F 35 1E 03 35', [{ 1: '5' }]],
  ['a check character that looks like SOH', '01 31 02 31 1F 20 3F 03 01', [{ 1: ' ?' }]],
  ['glued blocks', `${zenitel} ${room12}`, [expect.anything(), room12Records]],
  ['a wrong check character', `${room12.slice(0, -2)}64 ${room12}`, ['checksum', room12Records]],
  ['a block cut by the next', `01 31 02 31 1F 31 30 ${room12}`, ['cut', room12Records]],
  [
    'a block cut by the restart of the sender',
    `01 31 02 31 04 31 05 ${room12}`,
    ['cut', 'ended', 'enquiry 1', room12Records],
  ],
  ['noise before a block', `FF 41 42 ${room12}`, ['noise', room12Records]],
  ['noise before an enquiry', 'FF 41 32 05', ['noise', 'enquiry 2']],
  ['an enquiry for nobody', '05', ['bad-field']],
  ['a block without text', `01 31 03 32 ${room12}`, ['bad-field', room12Records]],
  ['a record without a separator', `01 31 02 31 32 03 33 ${room12}`, ['bad-field', room12Records]],
])('%s is read', (_what, hex, expected) => {
  expect(told(hex)).toEqual(expected);
});

test('what is written is what is read', () => {
  const records = [
    ['1', '101'],
    ['2', 'WC ALARM ROOM 12'],
    ['3', '2'],
    ['4', '3'],
    ['5', '1'],
    ['6', '1'],
  ] as const;
  expect(Buffer.from(blockBytes('1', records)).toString('hex')).toBe(
    room12.replaceAll(' ', '').toLowerCase(),
  );
});

test('how the bytes arrive never changes what is read', () => {
  const stream = bytesOf(`FF 04 31 05 32 05 ${zenitel} 01 31 02 ${room12} 04 41 41 06`);
  const whole = createEspaReader().push(stream);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (sizes) => {
      const reader = createEspaReader();
      const tokens = [];
      for (let start = 0, turn = 0; start < stream.length; turn += 1) {
        const size = sizes[turn % sizes.length]!;
        tokens.push(...reader.push(stream.subarray(start, start + size)));
        start += size;
      }
      expect(tokens).toEqual(whole);
    }),
  );
});

test.each([0x41, 0x01])('a megabyte of %i is thrown away in bounded pieces', (byte) => {
  const reader = createEspaReader();
  const tokens = reader.push(new Uint8Array(1_000_000).fill(byte));
  const thrownAway = tokens.reduce((sum, token) => sum + (token.of === 'rejected' ? token.length : 0), 0);
  expect(1_000_000 - thrownAway).toBeLessThan(512);
  reader.quiet();
  expect(reader.push(bytesOf(room12))).toMatchObject([{ of: 'block' }]);
});

test('a block that has begun is too long without its end, or is given up when the line is quiet', () => {
  const begun = Buffer.concat([Uint8Array.of(1, 0x31, 2), Buffer.alloc(600, 'A')]);
  expect(createEspaReader().push(begun)).toMatchObject([{ reason: 'too-long', length: 512 }]);
  const reader = createEspaReader();
  expect(reader.push(bytesOf('01 31 02'))).toEqual([]);
  expect(reader.quiet()).toMatchObject([{ reason: 'cut', length: 3 }]);
  expect(reader.quiet()).toEqual([]);
});

test('a storm of bytes does not stop it', () => {
  const reader = createEspaReader();
  reader.push(storm(4, 200_000));
  reader.quiet();
  expect(reader.push(bytesOf(room12))).toMatchObject([{ of: 'block' }]);
});
