import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineSplitter } from './text-lines.ts';

const ascii = (text: string) => Buffer.from(text, 'latin1');

test('lines end with CR, LF or both, and empty lines are none', () => {
  const lines = createLineSplitter(20).push(ascii('one\r\ntwo\nthree\r\r\n\nfo'));
  expect(lines.map((line) => line.of === 'line' && line.text)).toEqual(['one', 'two', 'three']);
});

test('a line that goes quiet before its end comes out as one whose end is lost', () => {
  const splitter = createLineSplitter(20);
  expect(splitter.push(ascii('half'))).toEqual([]);
  expect(splitter.quiet()).toMatchObject([{ text: 'half', isEndLost: true, isStartLost: false }]);
  expect(splitter.quiet()).toEqual([]);
  expect(splitter.push(ascii('next\n'))).toMatchObject([{ text: 'next', isEndLost: false }]);
});

test('a megabyte without a line end is thrown away in counted pieces, and the line behind it is whole', () => {
  const splitter = createLineSplitter(100);
  const noise = 1_000_000;
  const pieces = [...splitter.push(new Uint8Array(noise).fill(0x41)), ...splitter.push(ascii('the line\n'))];
  const last = pieces.at(-1)!;
  const thrownAway = pieces.slice(0, -1);
  expect(thrownAway.every((piece) => piece.of === 'rejected' && piece.reason === 'too-long')).toBe(true);
  expect(last).toMatchObject({ of: 'line', isStartLost: true });
  if (last.of !== 'line') return;
  expect(last.text.endsWith('Athe line')).toBe(true);
  const accounted = thrownAway.reduce((sum, piece) => sum + (piece.of === 'rejected' ? piece.length : 0), 0);
  expect(accounted + last.bytes.length).toBe(noise + 'the line'.length);
  expect(splitter.push(ascii('next\n'))).toMatchObject([{ text: 'next', isStartLost: false }]);
});

test('how the bytes arrive never changes the lines', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 12 }),
      (chunks, longestLine) => {
        const split = createLineSplitter(longestLine);
        const whole = createLineSplitter(longestLine);
        const found = chunks.flatMap((chunk) => split.push(chunk));
        expect(found).toEqual(whole.push(Buffer.concat(chunks)));
      },
    ),
  );
});
