import { expect, it } from 'vitest';
import { zoneOffsetMs } from './local-time.ts';

it.each([
  ['Asia/Shanghai', '2026-07-01', 8],
  ['UTC', '2026-07-01', 0],
  ['Asia/Kolkata', '2026-07-01', 5.5],
  ['America/New_York', '2026-01-01', -5],
  ['America/New_York', '2026-07-01', -4],
])('clocks in %s are on %s ahead of UTC by %d hours', (zone, day, hours) => {
  expect(zoneOffsetMs(zone, Date.parse(day))).toBe(hours * 3_600_000);
});
