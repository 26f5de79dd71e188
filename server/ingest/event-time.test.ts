import { describe, expect, it } from 'vitest';
import { eventTime } from './event-time.ts';

const received = Date.parse('2026-03-14T08:00:00Z');

describe('when an event happened', () => {
  it.each([
    ['without a claim', {}, 0, false, null],
    ['by its own clock', { at: '2026-03-14T15:59:58+08:00' }, 2_000, false, null],
    ['by its age', { ageMs: 1_500 }, 1_500, false, null],
    ['a little ahead of the hub', { at: '2026-03-14T08:04:59Z' }, 0, false, null],
    ['far ahead of the hub', { at: '2026-03-15T08:00:00Z' }, 0, false, 'clock-ahead'],
    ['with a clock that was never set', { at: '1970-01-01T00:00:07Z' }, 0, false, 'clock-not-set'],
    ['exactly two minutes ago', { ageMs: 120_000 }, 120_000, false, null],
    ['just over two minutes ago', { ageMs: 120_001 }, 120_001, true, null],
    ['three days ago', { at: '2026-03-11T08:00:00Z' }, 3 * 86_400_000, true, null],
  ])('%s', (_, claim, agoMs, isLate, doubt) => {
    expect(eventTime(claim, received)).toEqual({ happenedAtMs: received - agoMs, isLate, doubt });
  });
});
