import { expect, it } from 'vitest';
import { columns, timeAt } from './shown.ts';

it('columns stand under each other where Chinese letters are twice as wide', () => {
  expect(
    columns([
      ['门磁', 'a'],
      ['door', 'b', 'c'],
    ]),
  ).toEqual(['门磁  a', 'door  b  c']);
});

it('a time is that of the hub’s walls', () => {
  expect(timeAt('2026-03-14T16:00:00Z', 'Asia/Shanghai')).toBe('2026-03-15 00:00:00');
  expect(timeAt(null, 'Asia/Shanghai')).toBe('–');
});
