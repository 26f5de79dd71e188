import { expect, test } from 'vitest';
import { createBatteryWatch } from './battery-watch.ts';

test('a battery is news when it becomes low and when it is well again, each sender for itself', () => {
  const news = createBatteryWatch();
  expect([false, true, true, false].map((isLow) => news('hall', isLow))).toEqual([
    undefined,
    'battery.low',
    undefined,
    'battery.ok',
  ]);
  expect(news('kitchen', true)).toBe('battery.low');
});

test('of thousands of senders the one that is silent for longest is forgotten', () => {
  const news = createBatteryWatch();
  news('first', true);
  news('second', true);
  for (let sender = 0; sender < 1998; sender += 1) news(`sender ${sender}`, false);
  expect(news('first', true)).toBeUndefined();
  news('one too many', false);
  expect(news('first', true)).toBeUndefined();
  expect(news('second', true)).toBe('battery.low');
});
