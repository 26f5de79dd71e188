import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mr60fda1 } from './mr60fda1.ts';
import { bytesOf, pushInPieces, sortOut, storm } from './testing/feed.ts';

const fall = '53 59 83 01 00 01 01 32 54 43';
const noFall = '53 59 83 01 00 01 00 31 54 43';
const somebody = '53 59 80 01 00 01 01 2F 54 43';
const nobody = '53 59 80 01 00 01 00 2E 54 43';
const heartbeat = '53 59 01 01 00 01 0F BE 54 43';

const fallHeard = {
  of: 'heard',
  heard: { of: 'signal', address: 'radar', signal: 'fall.on', meaning: { kind: 'fall.detected' } },
};
const signal = (name: string, kind: string, data?: object) => ({
  of: 'heard',
  heard: { of: 'signal', address: 'radar', signal: name, meaning: data ? { kind, data } : { kind } },
});
const reading = (values: object) => ({
  of: 'heard',
  heard: { of: 'reading', address: 'radar', reading: values },
});
const decoder = (options = {}) => mr60fda1.createDecoder(options);
const decode = (hex: string, options = {}) => sortOut(decoder(options).push(bytesOf(hex)));

test.each([
  [fall, fallHeard],
  [noFall, signal('fall.off', 'fall.cleared')],
  [somebody, signal('presence.on', 'motion.detected', { presence: true })],
  [nobody, signal('presence.off', 'motion.cleared', { presence: false })],
  ['53 59 80 02 00 01 00 2F 54 43', reading({ motion: 0 })],
  ['53 59 80 02 00 01 01 30 54 43', reading({ motion: 1 })],
  ['53 59 80 02 00 01 02 31 54 43', signal('motion.on', 'motion.detected')],
  ['53 59 83 05 00 01 01 36 54 43', reading({ stay: 1 })],
  [heartbeat, { of: 'firmware', says: 'alive' }],
  ['53 59 05 01 00 01 0F C2 54 43', { of: 'firmware', says: 'started' }],
  ['53 59 83 81 00 01 01 B2 54 43', fallHeard],
  ['53 59 83 81 00 01 00 B1 54 43', { of: 'firmware', says: 'alive' }],
  [
    '53 59 02 A4 00 0F 47 36 30 46 44 31 53 59 76 30 31 30 31 30 34 11 54 43',
    { of: 'firmware', says: 'alive', version: 'G60FD1SYv010104' },
  ],
])('the frame %s says what it should', (hex, expected) => {
  expect(decode(hex)).toEqual({ taken: [expected], rejections: {}, rejectedBytes: 0 });
});

test('the body sign comes each second and is passed on once a minute, as mean and greatest', () => {
  const radar = decoder();
  for (let second = 1; second < 60; second += 1) {
    expect(radar.push(bytesOf('53 59 80 03 00 01 2A 5A 54 43'))).toEqual([]);
  }
  expect(radar.push(bytesOf('53 59 80 03 00 01 64 94 54 43'))).toEqual([
    reading({ bodySign: 43, bodySignMost: 100 }),
  ]);
});

test('whoever stays motionless is a suspected fall where the settings say so', () => {
  expect(decode('53 59 83 05 00 01 01 36 54 43', { stay: 'fall.suspected' }).taken).toEqual([
    signal('stay.on', 'fall.suspected'),
  ]);
});

test.each([
  ['a wrong sum', '53 59 83 01 00 01 01 33 54 43', { checksum: 1 }],
  ['a length that no report has', '53 59 83 01 7F 01 01 32 54 43', { length: 1, noise: 1 }],
  ['a tail in the wrong place', '53 59 83 01 00 01 01 32 00 54 43', { cut: 1, noise: 1 }],
  ['a control word of another radar', '53 59 84 01 00 01 01 33 54 43', { 'unknown-frame': 1 }],
  ['a fall that is neither yes nor no', '53 59 83 01 00 01 02 33 54 43', { 'bad-field': 1 }],
  ['bytes between frames', '00 53 00 FF', { noise: 1 }],
])('%s is rejected by its name, and the fall behind it is heard', (_what, hex, rejections) => {
  const { taken, rejections: counted, rejectedBytes } = decode(`${hex} ${fall}`);
  expect(taken).toEqual([fallHeard]);
  expect(counted).toEqual(rejections);
  expect(rejectedBytes).toBe(bytesOf(hex).length);
});

test('a frame cut by the next is rejected and the next one is heard once the line is quiet', () => {
  const radar = decoder();
  const pushed = radar.push(bytesOf(`53 59 80 03 00 40 2A ${fall}`));
  expect(pushed).toEqual([]);
  expect(sortOut(radar.quiet())).toEqual({ taken: [fallHeard], rejections: { cut: 1 }, rejectedBytes: 7 });
  expect(radar.quiet()).toEqual([]);
});

test('a radar that reboots within a frame is heard again from its first whole frame', () => {
  const radar = decoder();
  const pushed = radar.push(bytesOf(`53 59 83 01 00 53 59 05 01 00 01 0F C2 54 43 ${fall}`));
  const { taken, rejections } = sortOut([...pushed, ...radar.quiet()]);
  expect(taken).toEqual([{ of: 'firmware', says: 'started' }, fallHeard]);
  expect(rejections).toEqual({ cut: 1 });
});

test('glued frames are all heard, in whatever pieces they come', () => {
  const stream = bytesOf([fall, noFall, heartbeat, '59 53', somebody, nobody].join(' '));
  const whole = sortOut(decoder().push(stream));
  expect(whole.taken).toHaveLength(5);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 30 }), (sizes) => {
      const radar = decoder();
      const pieces = sortOut(pushInPieces(radar, stream, sizes));
      expect({ taken: pieces.taken, bytes: pieces.rejectedBytes }).toEqual({ taken: whole.taken, bytes: 2 });
    }),
  );
});

test.each([['53'], ['53 59'], ['53 59 80 03 02 00'], ['41']])(
  'a megabyte of %s is thrown away in bounded pieces, and the fall behind it is heard',
  (unit) => {
    const radar = decoder();
    const piece = Buffer.concat(Array.from({ length: 1000 }, () => bytesOf(unit)));
    let thrownAway = 0;
    let pushed = 0;
    while (pushed < 1_000_000) {
      const { taken, rejectedBytes } = sortOut(radar.push(piece));
      expect(taken).toEqual([]);
      thrownAway += rejectedBytes;
      pushed += piece.length;
      expect(pushed - thrownAway).toBeLessThan(1000);
    }
    const rest = [...radar.push(bytesOf(fall)), ...radar.quiet()];
    expect(sortOut(rest).taken).toEqual([fallHeard]);
  },
);

test('a storm of bytes neither stops it nor gets lost uncounted', () => {
  const radar = decoder();
  const bytes = storm(60, 200_000);
  const { taken, rejectedBytes } = sortOut([
    ...pushInPieces(radar, bytes, [1, 700, 13, 64]),
    ...radar.quiet(),
  ]);
  expect(rejectedBytes + taken.length * 10).toBe(bytes.length);
  expect(sortOut(radar.push(bytesOf(fall))).taken).toEqual([fallHeard]);
});

test('it asks for the version and for a fall that lasts, in frames of the vendor', () => {
  expect(mr60fda1.onOpen?.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual([
    '535902a400010f625443',
    '5359838100010fc05443',
  ]);
  expect(mr60fda1.keepAlive?.bytes).toEqual(new Uint8Array(bytesOf(heartbeat)));
});

test('a setting that it does not know is refused', () => {
  expect(() => decoder({ stays: 'reading' })).toThrow('stays');
});
