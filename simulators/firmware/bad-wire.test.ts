import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { badWire } from './bad-wire.ts';

const frame = Uint8Array.from([1, 2, 3, 4, 5, 6]);

test('a good wire carries every frame as it is', () => {
  const carry = badWire(seededRandom('a'), { noise: 0, truncate: 0 });
  for (let count = 0; count < 100; count += 1) expect(carry(frame)).toEqual(frame);
});

test('the same seed damages the same frames in the same way, about as many as asked for', () => {
  const run = () => {
    const carry = badWire(seededRandom('b'), { noise: 0.1, truncate: 0.2 });
    return Array.from({ length: 1000 }, () => carry(frame));
  };
  const carried = run();
  expect(run()).toEqual(carried);
  const whole = carried.filter(
    (bytes) => bytes.length === frame.length && bytes.every((b, i) => b === frame[i]),
  );
  expect(whole.length).toBeGreaterThan(650);
  expect(whole.length).toBeLessThan(790);
});

test('a cut frame lacks its end and noise stands before a frame', () => {
  const cut = badWire(seededRandom('c'), { noise: 0, truncate: 1 })(frame);
  expect(cut).toEqual(frame.subarray(0, cut.length));
  expect(cut.length).toBeLessThan(frame.length);
  const noisy = badWire(seededRandom('c'), { noise: 1, truncate: 0 })(frame);
  expect(noisy.subarray(-frame.length)).toEqual(frame);
  expect(noisy.length).toBeGreaterThan(frame.length);
});
