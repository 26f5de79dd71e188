import { expect, test } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

const longest = () => 0.999_999;
const lost = { end: { reason: 'lost' }, failures: 1, hasEventsWaiting: false, yieldMs: 0 } as const;

test.each([
  [{ ...lost }, 1_000],
  [{ ...lost, failures: 3 }, 4_000],
  [{ ...lost, failures: 50 }, 60_000],
  [{ ...lost, end: { reason: 'unreachable', code: 'ECONNREFUSED' } } as const, 1_000],
  [{ ...lost, end: { reason: 'refused', code: 5 } } as const, 30_000],
  [{ ...lost, end: { reason: 'refused', code: 5 }, failures: 9 } as const, 600_000],
])('after %j the device waits up to %i ms', (question, expected) => {
  expect(Math.round(retryDelayMs(question, longest))).toBe(expected);
});

test('a device that gives way to someone who signed in with its identifier stays away, unless it has something to say', () => {
  const question = { ...lost, yieldMs: 120_000 };
  expect(retryDelayMs(question, longest)).toBe(120_000);
  expect(retryDelayMs({ ...question, failures: 9 }, longest)).toBe(600_000);
  expect(retryDelayMs({ ...question, hasEventsWaiting: true }, longest)).toBeLessThanOrEqual(1_000);
  expect(
    retryDelayMs({ ...question, end: { reason: 'unreachable', code: 'x' } }, longest),
  ).toBeLessThanOrEqual(1_000);
});
