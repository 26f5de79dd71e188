import { expect, it } from 'vitest';
import { migrations } from './migrations.ts';

it('every migration stands after those of lower numbers, or it would be passed over', () => {
  const numbers = migrations.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
});
