import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRepeats } from './repeats.ts';

test('fifty frames of one press, 80 ms apart, are one press', () => {
  const repeats = createRepeats();
  const news = Array.from({ length: 50 }, (_, frame) => repeats.isNew('button key.4', frame * 80));
  expect(news.filter(Boolean)).toEqual([true]);
  expect(news[0]).toBe(true);
  expect(repeats.counted()).toBe(49);
});

test('a second press after a pause is a second press', () => {
  const repeats = createRepeats();
  expect([0, 100, 1599, 3098, 4598].map((ms) => repeats.isNew('button key.4', ms))).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});

test('two keys, or two senders, do not hide one another', () => {
  const repeats = createRepeats();
  expect(repeats.isNew('a key.4', 0)).toBe(true);
  expect(repeats.isNew('a key.2', 1)).toBe(true);
  expect(repeats.isNew('b key.4', 2)).toBe(true);
  expect(repeats.isNew('a key.4', 3)).toBe(false);
});

test('a stuck key is a new press every minute', () => {
  const repeats = createRepeats();
  let presses = 0;
  for (let ms = 0; ms < 300_000; ms += 100) if (repeats.isNew('stuck', ms)) presses += 1;
  expect(presses).toBe(5);
});

test('a clock that goes back makes a new press, and swallows none', () => {
  const repeats = createRepeats();
  expect(repeats.isNew('a', 1_000_000)).toBe(true);
  expect(repeats.isNew('a', 5)).toBe(true);
  expect(repeats.isNew('a', 6)).toBe(false);
});

test('whatever comes, a frame that follows a quiet time is a press', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 4000 })));
  fc.assert(
    fc.property(steps, (frames) => {
      const repeats = createRepeats();
      const lastMs = new Map<string, number>();
      let nowMs = 0;
      for (const [key, pauseMs] of frames) {
        nowMs += pauseMs;
        const quietMs = nowMs - (lastMs.get(key) ?? Number.NEGATIVE_INFINITY);
        lastMs.set(key, nowMs);
        const isNew = repeats.isNew(key, nowMs);
        if (quietMs >= 1500) expect(isNew).toBe(true);
      }
    }),
  );
});
