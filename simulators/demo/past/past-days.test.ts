import { expect, test } from 'vitest';
import { dayBounds, localDate, midnightBefore } from './local-day.ts';
import { pastDays } from './past-days.ts';
import type { PastMessage } from './past-days.ts';

const account = (id: string, type: 'motion-sensor' | 'door-sensor' | 'bed-sensor' | 'button') => ({
  id,
  type,
  secret: 's',
  resident: '周秀兰',
});
const accounts = [
  account('btn-01', 'button'),
  account('motion-01', 'motion-sensor'),
  account('door-01', 'door-sensor'),
  account('bed-01', 'bed-sensor'),
];
const toMs = Date.parse('2026-03-14T02:30:00Z');
const options = {
  accounts,
  seed: 'carebell',
  fromMs: toMs - 14 * 24 * 3_600_000,
  toMs,
  timeZone: 'Asia/Shanghai',
};
const days = [...pastDays(options)];
const messages = days.flatMap((day) => day.messages);
const kindsAt = (kind: string) =>
  messages.flatMap((message) =>
    message.type === 'event' && message.body.kind === kind ? [message.atMs] : [],
  );
const batteryOf = (deviceId: string) =>
  messages.flatMap((message: PastMessage) =>
    message.deviceId === deviceId && message.type === 'reading' ? [message.body.battery] : [],
  );
const hourInShanghai = (atMs: number) => new Date(atMs + 8 * 3_600_000).getUTCHours();

test('the days are those of the hub, the first and the last cut where the time begins and ends', () => {
  expect(days.map(({ date }) => date)).toEqual(
    Array.from({ length: 15 }, (_, index) => localDate(options.fromMs + index * 86_400_000, 'Asia/Shanghai')),
  );
  expect(messages.every(({ atMs }) => atMs >= options.fromMs && atMs < toMs)).toBe(true);
  expect(messages).toEqual(messages.toSorted((a, b) => a.atMs - b.atMs));
});

test('it is the same past at every start, and no identifier comes twice', () => {
  expect([...pastDays(options)]).toEqual(days);
  const ids = messages.flatMap((message) =>
    message.type === 'event' ? [`${message.deviceId} ${message.body.id}`] : [],
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('nights are quiet, days are lived, every movement ends, and nothing calls for help', () => {
  const moved = kindsAt('motion.detected');
  const atNight = moved.filter((atMs) => hourInShanghai(atMs) < 5);
  expect(moved.length / 14).toBeGreaterThan(40);
  expect(atNight.length / moved.length).toBeLessThan(0.12);
  expect(Math.abs(kindsAt('motion.cleared').length - moved.length)).toBeLessThanOrEqual(2);
  expect(kindsAt('bed.left').filter((atMs) => hourInShanghai(atMs) < 5).length).toBeGreaterThan(10);
  const kinds = new Set(messages.flatMap((message) => (message.type === 'event' ? [message.body.kind] : [])));
  expect([...kinds].every((kind) => /^(motion|door|bed)\./.test(kind))).toBe(true);
});

test('batteries fall, the weak one to the brink, and one was replaced', () => {
  const weak = batteryOf('motion-01');
  expect(weak).toEqual(weak.toSorted((a, b) => b - a));
  expect(weak.at(-1)).toBeCloseTo(15.1, 0);
  const replaced = batteryOf('btn-01');
  expect(Math.min(...replaced)).toBeLessThan(20);
  expect(replaced.at(-1)).toBeGreaterThan(55);
});

test('a day of the clock change has 23 or 25 hours', () => {
  const bounds = dayBounds(
    Date.parse('2026-03-28T12:00:00Z'),
    Date.parse('2026-03-30T12:00:00Z'),
    'Europe/Berlin',
  );
  expect(bounds.map((atMs) => new Date(atMs).toISOString())).toEqual([
    '2026-03-28T12:00:00.000Z',
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
    '2026-03-30T12:00:00.000Z',
  ]);
  expect(midnightBefore(toMs, 'Asia/Shanghai')).toBe(Date.parse('2026-03-13T16:00:00Z'));
});
