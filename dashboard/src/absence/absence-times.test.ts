import { describe, expect, it } from 'vitest';
import { fieldTime, instantOf, isNews, noonIn } from './absence-times.ts';

const at = new Date(2026, 2, 14, 9, 5).getTime();

describe('the times of an absence', () => {
  it('go into a field and come back as the same instant', () => {
    expect(fieldTime(at)).toBe('2026-03-14T09:05');
    expect(instantOf(fieldTime(at))).toBe(new Date(at).toISOString());
    expect(instantOf('')).toBeUndefined();
  });

  it('end at noon of a later day', () => {
    expect(noonIn(1, at)).toBe('2026-03-15T12:00');
    expect(noonIn(30, at)).toBe('2026-04-13T12:00');
  });

  it('are news for a week after the end', () => {
    const ended = new Date(at).toISOString();
    expect(isNews(ended, at + 6 * 86_400_000)).toBe(true);
    expect(isNews(ended, at + 7 * 86_400_000)).toBe(false);
    expect(isNews(null, at)).toBe(false);
  });
});
