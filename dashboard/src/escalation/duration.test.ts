import { describe, expect, it } from 'vitest';
import { durationOf, durationParts, enteredOf, wholeUnitOf } from './duration.ts';

describe('a duration', () => {
  it.each([
    [0, '0s'],
    [30_000, '30s'],
    [90_000, '1min 30s'],
    [7_200_000, '2h'],
    [90_060_000, '1d 1h 1min'],
  ])('of %d ms is told as %s', (ms, text) => {
    const told = durationParts(ms)
      .map(({ n, unit }) => `${n}${unit}`)
      .join(' ');
    expect(told).toBe(text);
  });

  it.each([
    [0, 's'],
    [90_000, 's'],
    [120_000, 'min'],
    [7_200_000, 'h'],
    [172_800_000, 'd'],
    [Number.NaN, 's'],
  ] as const)('of %d ms is entered in %s', (ms, unit) => {
    expect(wholeUnitOf(ms)).toBe(unit);
  });

  it.each(['s', 'min', 'h', 'd'] as const)(
    'that was entered in %s stands there as it was entered',
    (unit) => {
      expect(enteredOf(durationOf('3', unit), unit)).toBe('3');
    },
  );

  it('that is no number is none', () => {
    expect(durationOf('', 's')).toBeNaN();
    expect(durationOf('soon', 's')).toBeNaN();
    expect(enteredOf(Number.NaN, 'min')).toBe('');
  });
});
