import { expect, it } from 'vitest';
import { openSamples } from './samples.ts';

it('tells parts of many samples to some percent, and the largest exactly', () => {
  const samples = openSamples();
  for (let ms = 1; ms <= 10_000; ms += 1) samples.add(ms);
  expect(samples.count()).toBe(10_000);
  expect(samples.at(0.5)).toBeCloseTo(5_000, -3);
  expect(Math.abs(samples.at(0.99) - 9_900) / 9_900).toBeLessThan(0.05);
  expect(samples.at(1)).toBe(10_000);
  expect(samples.most()).toBe(10_000);
  expect(openSamples().at(0.5)).toBeNaN();
});
