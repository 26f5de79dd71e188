import { expect, it } from 'vitest';
import { dateAndMinute, dateOf, hourOf, wallMs } from './wall-time.ts';

it.each([
  ['2026-03-13T18:05:30.250Z', 'Asia/Shanghai', '03-14 02:05', 2],
  ['2026-03-29T00:59:00Z', 'Europe/Berlin', '03-29 01:59', 1],
  ['2026-03-29T01:00:00Z', 'Europe/Berlin', '03-29 03:00', 3],
  ['2026-12-31T16:00:00Z', 'Asia/Shanghai', '01-01 00:00', 0],
])('%s in %s is %s on the wall', (instant, timeZone, text, hour) => {
  const wall = wallMs(instant, timeZone);
  expect(dateAndMinute(wall)).toBe(text);
  expect(hourOf(wall)).toBe(hour);
});

it('keeps the milliseconds and the year', () => {
  expect(wallMs('2026-12-31T16:00:00.250Z', 'Asia/Shanghai')).toBe(Date.UTC(2027, 0, 1, 0, 0, 0, 250));
  expect(dateOf(wallMs('2026-12-31T16:00:00Z', 'Asia/Shanghai'))).toBe('2027-01-01');
});
