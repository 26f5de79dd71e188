import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldTime, instantOf, isNews, noonIn } from './absence-times.ts';

const shanghai = 'Asia/Shanghai';
const at = Date.UTC(2026, 2, 14, 1, 5);

describe('the times of an absence', () => {
  it('go into a field and come back as the same instant, by the hub’s clock wherever the computer stands', () => {
    expect(fieldTime(at, shanghai)).toBe('2026-03-14T09:05');
    expect(instantOf('2026-03-14T09:05', shanghai)).toBe(new Date(at).toISOString());
    expect(instantOf('', shanghai)).toBeUndefined();
    const minutes = fc
      .integer({ min: 0, max: 60 * 24 * 365 * 20 })
      .map((n) => Date.UTC(2020, 0) + n * 60_000);
    fc.assert(
      fc.property(minutes, fc.constantFrom(shanghai, 'UTC', 'Asia/Kathmandu'), (atMs, timeZone) => {
        expect(instantOf(fieldTime(atMs, timeZone), timeZone)).toBe(new Date(atMs).toISOString());
      }),
    );
  });

  it('end at noon of a later day', () => {
    expect(noonIn(1, at, shanghai)).toBe('2026-03-15T12:00');
    expect(noonIn(30, at, shanghai)).toBe('2026-04-13T12:00');
    expect(noonIn(1, Date.UTC(2026, 2, 14, 17), shanghai)).toBe('2026-03-16T12:00');
  });

  it('are news for a week after the end', () => {
    const ended = new Date(at).toISOString();
    expect(isNews(ended, at + 6 * 86_400_000)).toBe(true);
    expect(isNews(ended, at + 7 * 86_400_000)).toBe(false);
    expect(isNews(null, at)).toBe(false);
  });
});
