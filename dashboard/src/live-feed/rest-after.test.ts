import { expect, it } from 'vitest';
import { leastRestMs, restAfter } from './rest-after.ts';

it.each([
  [0, leastRestMs],
  [3, leastRestMs],
  [20, 120],
  [2_000, 250],
])('after a turn of %i ms the page rests %i ms', (turnMs, restMs) => {
  expect(restAfter(turnMs)).toBe(restMs);
});
