import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameSplitter, type Found } from './binary-frames.ts';

/** A frame of the tests: 7E, how many bytes follow (at most 8), those bytes; the last one is the sum of the others. */
function find(bytes: Uint8Array): Found {
  const [start, size] = bytes;
  if (start !== 0x7e) return { is: 'noise' };
  if (size === undefined) return { is: 'more' };
  if (size < 1 || size > 8) return { is: 'bad', reason: 'length', length: 2 };
  if (bytes.length < size + 2) return { is: 'more' };
  const sum = bytes.subarray(2, size + 1).reduce((total, byte) => (total + byte) & 0xff, 0);
  if (sum !== bytes[size + 1]) return { is: 'bad', reason: 'checksum', length: size + 2 };
  return { is: 'frame', length: size + 2, isSure: true };
}

const good = [0x7e, 0x03, 0x01, 0x02, 0x03];
const wrongSum = [0x7e, 0x03, 0x01, 0x02, 0x04];
const told = (found: ReturnType<ReturnType<typeof createFrameSplitter>['push']>) =>
  found.map((item) => (item.of === 'frame' ? 'frame' : `${item.length} ${item.reason}`));

const streams: [what: string, bytes: number[], expected: string[]][] = [
  ['two frames glued together', [...good, ...good], ['frame', 'frame']],
  ['noise, then a frame', [1, 2, 3, ...good], ['3 noise', 'frame']],
  ['a wrong sum, then a frame', [...wrongSum, ...good], ['5 checksum', 'frame']],
  ['two wrong sums', [...wrongSum, ...wrongSum, ...good], ['5 checksum', '5 checksum', 'frame']],
  ['a wrong sum and noise', [...wrongSum, 9, 9, ...good], ['5 checksum', '2 noise', 'frame']],
  ['a frame that swallows the beginning of the next', [0x7e, 0x06, 0x01, ...good], ['3 checksum', 'frame']],
  ['a length that no frame has', [0x7e, 0x09, ...good], ['2 length', 'frame']],
];

test.each(streams)('each byte of %s is told once', (_what, bytes, expected) => {
  expect(told(createFrameSplitter(find).push(Uint8Array.from(bytes)))).toEqual(expected);
});

test('noise without an end is told in pieces', () => {
  const splitter = createFrameSplitter(find);
  const pieces = [...splitter.push(new Uint8Array(1000)), ...splitter.quiet()];
  expect(told(pieces)).toEqual(['256 noise', '256 noise', '256 noise', '232 noise']);
});

test('a frame that goes quiet is cut, and the whole one inside it is found', () => {
  const splitter = createFrameSplitter(find);
  expect(splitter.push(Uint8Array.from([0x7e, 0x08, ...good]))).toEqual([]);
  expect(told(splitter.quiet())).toEqual(['2 cut', 'frame']);
  expect(splitter.quiet()).toEqual([]);
});

test('how the bytes come changes nothing, and none is lost', () => {
  const part = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.constantFrom(good, wrongSum, [0x7e], [0x7e, 8]));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 9 }), (parts, size) => {
      const bytes = Uint8Array.from(parts.flatMap((each) => [...each]));
      const whole = createFrameSplitter(find);
      const inPieces = createFrameSplitter(find);
      const expected = [...whole.push(bytes), ...whole.quiet()];
      const found = [];
      for (let at = 0; at < bytes.length; at += size)
        found.push(...inPieces.push(bytes.subarray(at, at + size)));
      found.push(...inPieces.quiet());
      expect(found).toEqual(expected);
      const total = expected.reduce(
        (sum, item) => sum + (item.of === 'frame' ? item.bytes.length : item.length),
        0,
      );
      expect(total).toBe(bytes.length);
    }),
  );
});
