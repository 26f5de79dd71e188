import { describe, expect, it } from 'vitest';
import { clockTime, dayAndTime, deadlineTime, elapsed, hop } from './instants.ts';

describe('times on the wall', () => {
  it.each([
    [-3_000, '0:00'],
    [0, '0:00'],
    [65_900, '1:05'],
    [3_600_000, '1:00:00'],
    [47 * 3_600_000, '47:00:00'],
    [49 * 3_600_000, '2d'],
  ])('counts %d ms since a press as %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });

  it.each([
    [12, '+12 ms'],
    [840, '+0.8 s'],
    [-300, '−0.3 s'],
    [12_400, '+12 s'],
    [125_000, '+2:05'],
  ])('tells a hop of %d ms as %s', (ms, text) => {
    expect(hop(ms)).toBe(text);
  });

  it('speaks in the time zone of the hub, whatever the screen is set to', () => {
    expect(clockTime('2026-03-13T19:12:45Z', 'Asia/Shanghai')).toBe('03:12:45');
    expect(dayAndTime('2026-03-13T19:12:45Z', 'Asia/Shanghai')).toBe('03-14 03:12:45');
  });

  it.each([
    ['2026-03-14T16:00:00Z', '03-14 24:00'],
    ['2026-12-31T16:00:00Z', '12-31 24:00'],
    ['2026-03-14T15:59:00Z', '03-14 23:59'],
    ['2026-03-14T16:01:00Z', '03-15 00:01'],
  ])('tells what is due until %s as due until %s', (instant, text) => {
    expect(deadlineTime(instant, 'Asia/Shanghai')).toBe(text);
  });
});
