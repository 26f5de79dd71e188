import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { createCallDirector } from './call-director.ts';
import type { Call } from './call-director.ts';

const minuteMs = 60_000;
const callers = Array.from({ length: 24 }, (_, index) => ({
  resident: `r-${index}`,
  canFall: index % 2 === 0,
  canOrder: index % 3 === 0,
  canSmoke: index % 4 === 0,
}));

/** Lives so many hours; `answer` closes calls. */
function live(seed: string, hours: number, answer: (call: Call, close: () => void) => void) {
  const director = createCallDirector(seededRandom(seed), callers, 0);
  const calls: { atMs: number; call: Call }[] = [];
  for (let atMs = director.nextAtMs(); atMs < hours * 60 * minuteMs; atMs = director.nextAtMs()) {
    const call = director.take(atMs);
    if (call === undefined) continue;
    calls.push({ atMs, call });
    answer(call, () => director.closed(call.resident));
  }
  return calls;
}

test('the first call comes after 20 seconds and is a call for help', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      expect(live(seed, 0.1, () => {})[0]).toMatchObject({ atMs: 20_000, call: { type: 'help' } });
    }),
  );
});

test('the same seed makes the same calls', () => {
  expect(live('a', 5, (_, close) => close())).toEqual(live('a', 5, (_, close) => close()));
});

test('while nobody answers, no resident calls twice within 30 minutes and no more than six emergencies are open', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const calls = live(seed, 6, () => {});
      for (const { atMs, call } of calls) {
        const recent = calls.filter((other) => other.atMs <= atMs && other.atMs > atMs - 30 * minuteMs);
        expect(recent.filter((other) => other.call.resident === call.resident)).toHaveLength(1);
        expect(recent.filter((other) => other.call.type !== 'order').length).toBeLessThanOrEqual(6);
        expect(recent.filter((other) => other.call.type === 'order').length).toBeLessThanOrEqual(4);
      }
    }),
    { numRuns: 30 },
  );
});

test('an answered town keeps calling every few minutes, with every kind of call, and half of the falls cancelled', () => {
  const calls = live('long', 200, (_, close) => close()).map(({ call }) => call);
  const perHour = (type: Call['type']) => calls.filter((call) => call.type === type).length / 200;
  expect(perHour('help')).toBeGreaterThan(12);
  expect(perHour('help')).toBeLessThan(18);
  expect(perHour('order')).toBeGreaterThan(9);
  expect(perHour('smoke')).toBeGreaterThan(0.3);
  const falls = calls.filter((call) => call.type === 'fall');
  const cancelled = falls.filter(({ cancelAfterMs }) => cancelAfterMs !== null).length / falls.length;
  expect(cancelled).toBeGreaterThan(0.4);
  expect(cancelled).toBeLessThan(0.6);
});
