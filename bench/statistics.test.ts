import { expect, it } from 'vitest';
import { median, percentile } from './statistics.ts';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

it.each([
  [hundred, 0.5, 50],
  [hundred, 0.99, 99],
  [hundred, 1, 100],
  [[7], 0.99, 7],
])('takes a percentile by nearest rank', (values, part, expected) => {
  expect(percentile(values, part)).toBe(expected);
});

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[9], 9],
])('takes the middle of the values', (values, expected) => {
  expect(median(values)).toBe(expected);
});
