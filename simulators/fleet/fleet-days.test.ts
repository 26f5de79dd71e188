import { expect, it } from 'vitest';
import { actsOfHome, heartbeatsBetween, homesOf } from './fleet-days.ts';

const hourMs = 3_600_000;

it('a fleet of any size is homes of four devices', () => {
  expect(homesOf(10).map(({ devices }) => devices.length)).toEqual([4, 4, 2]);
  expect(homesOf(50_000)).toHaveLength(12_500);
});

it('a day lived in parts is the day lived whole, and neighbours live otherwise', () => {
  const [home, neighbour] = homesOf(8);
  const whole = actsOfHome(home!, 's', 0, 48 * hourMs);
  const parts = Array.from({ length: 48 }, (_, hour) =>
    actsOfHome(home!, 's', hour * hourMs, (hour + 1) * hourMs),
  );
  expect(parts.flat()).toEqual(whole);
  expect(whole.length).toBeGreaterThan(100);
  expect(actsOfHome(neighbour!, 's', 0, 24 * hourMs).map(({ atMs }) => atMs)).not.toEqual(
    actsOfHome(home!, 's', 0, 24 * hourMs).map(({ atMs }) => atMs),
  );
});

it('each device gives its sign of life once a period, evenly', () => {
  const parts = Array.from({ length: 60 }, (_, second) =>
    heartbeatsBetween(120, 60_000, second * 1_000, (second + 1) * 1_000),
  );
  expect(parts.every((due) => due.length === 2)).toBe(true);
  expect(new Set(parts.flat()).size).toBe(120);
});
