import { expect, it } from 'vitest';
import { isBelow, percent } from './percent.ts';

it.each([
  [0.985, '98.50 %'],
  [0.98499, '98.49 %'],
  [0.99999, '99.99 %'],
  [1, '100.00 %'],
  [0.07, '7.00 %'],
  [null, '—'],
])('%s reads %s', (share, text) => {
  expect(percent(share)).toBe(text);
});

it('nothing to count is not below a target', () => {
  expect(isBelow(null, 0.985)).toBe(false);
  expect(isBelow(0.9849, 0.985)).toBe(true);
  expect(isBelow(0.985, 0.985)).toBe(false);
});
