import { expect, it } from 'vitest';
import { slopeOf } from './slope.ts';

it('tells how much values rise a step', () => {
  expect(slopeOf([5, 5, 5])).toBe(0);
  expect(slopeOf([1, 3, 5, 7])).toBe(2);
  expect(slopeOf([10, 9, 11, 10])).toBeCloseTo(0.2);
  expect(slopeOf([7])).toBe(0);
});
