import { describe, expect, it } from 'vitest';
import type { Activity, AlarmTimes, HistorySeries } from '@carebell/contracts/history.ts';
import { activityDay, hoursOf, isStill, nightsWithin } from './activity-day.ts';
import { activityFortnight, shadeOf } from './activity-fortnight.ts';
import { daysOf, deviceCourses } from './device-course.ts';
import { nightsOf, timeIn } from './night-exits.ts';
import { hopRows, paceOf, spanText } from './station-figures.ts';

const timeZone = 'Asia/Shanghai';
const hourMs = 3_600_000;
const room = (
  name: string,
  values: { at: string; value: number }[],
  isDoor = false,
): Activity['rows'][0] => ({
  room: name,
  isDoor,
  deviceIds: [],
  name,
  values,
});
const day: Activity = {
  every: '15m',
  from: '2026-03-13T04:00:00Z',
  to: '2026-03-14T04:00:00Z',
  timeZone,
  rows: [
    room('客厅', [
      { at: '2026-03-13T16:00:00Z', value: 2 },
      { at: '2026-03-13T16:45:00Z', value: 3 },
    ]),
    room('', [{ at: '2026-03-14T03:45:00Z', value: 1 }]),
    room('玄关门磁', [{ at: '2026-03-13T16:15:00Z', value: 1 }], true),
  ],
};
const alarm: AlarmTimes = {
  alarmId: 'a1',
  kind: 'help',
  priority: 'emergency',
  stationId: 's1',
  residentId: 'r1',
  deviceId: 'b1',
  pressedAt: '2026-03-13T16:30:00Z',
  receivedAt: null,
  storedAt: '2026-03-13T16:30:00Z',
  displayedAt: null,
  acknowledgedAt: null,
  closedAt: null,
  disposition: null,
};
const words = { room: '未知房间', alarm: ({ kind }: AlarmTimes) => kind };

describe('the day of a resident', () => {
  const shown = activityDay(day, [alarm, { ...alarm, pressedAt: '2026-03-10T00:00:00Z' }], words);

  it('is on the clock of the hub, with the alarms of this day only', () => {
    expect(shown.rows.map(({ name }) => name)).toEqual(['客厅', '未知房间', '玄关门磁']);
    expect(new Date(shown.fromWall).toISOString()).toBe('2026-03-13T12:00:00.000Z');
    expect(shown.alarms.map(({ id, wall }) => [id, new Date(wall).toISOString()])).toEqual([
      ['a1', '2026-03-14T00:30:00.000Z'],
    ]);
  });

  it('has the same numbers by the hour, the latest first', () => {
    expect(
      hoursOf(shown).map(({ wall, counts, alarms }) => [
        new Date(wall).toISOString().slice(11, 16),
        counts,
        alarms.length,
      ]),
    ).toEqual([
      ['11:00', [0, 1, 0], 0],
      ['00:00', [5, 0, 1], 1],
    ]);
  });

  it('is still without a sign of life and without an alarm', () => {
    expect(isStill(shown)).toBe(false);
    expect(isStill(activityDay({ ...day, rows: [room('客厅', [])] }, [], words))).toBe(true);
  });

  it('has its night from 22:00 to 6:00', () => {
    const noon = Date.UTC(2026, 2, 13, 12);
    expect(nightsWithin(noon, noon + 24 * hourMs)).toEqual([[noon + 10 * hourMs, noon + 18 * hourMs]]);
    expect(nightsWithin(noon + 11 * hourMs, noon + 12 * hourMs)).toEqual([
      [noon + 11 * hourMs, noon + 12 * hourMs],
    ]);
  });
});

describe('the fortnight of a resident', () => {
  it('counts all rooms and doors by day and hour, and leaves out what is not yet', () => {
    const { days, most } = activityFortnight({ ...day, every: '1h' });
    expect(days.map(({ date }) => date)).toEqual(['2026-03-14', '2026-03-13']);
    expect(days[0]?.hours.slice(0, 13)).toEqual([6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, null]);
    expect(days[1]?.hours.slice(10, 14)).toEqual([null, null, 0, 0]);
    expect(most).toBe(6);
  });

  it('has a shade for nothing, one for little and the last for the most', () => {
    expect([0, 1, 20, 21, 100].map((count) => shadeOf(count, 100))).toEqual([0, 1, 1, 2, 5]);
    expect(shadeOf(0, 0)).toBe(0);
  });
});

it('nights are minutes since 22:00, the latest night first', () => {
  const night = (date: string) => ({
    night: date,
    from: `${date}T14:00:00Z`,
    to: `${date}T22:00:00Z`,
    exits: [{ leftAt: `${date}T18:05:00Z`, returnedAt: null }],
    outOfBedMinutes: 0,
    doorsOpened: [{ at: `${date}T15:30:00Z`, deviceId: 'd1' }],
  });
  const nights = nightsOf({ timeZone, nights: [night('2026-03-12'), night('2026-03-13')] });
  expect(nights.map(({ date }) => date)).toEqual(['2026-03-13', '2026-03-12']);
  expect(nights[0]).toMatchObject({
    lengthMinutes: 480,
    exits: [{ fromMinute: 245, toMinute: null }],
    doors: [90],
  });
  expect(timeIn(nights[0]!, 245)).toBe('02:05');
});

it('devices stand in the order in which their batteries end, with a forecast or the reason for none', () => {
  const series = (perDay: Record<string, number>): HistorySeries => ({
    every: '6h',
    from: '2026-03-01T00:00:00Z',
    to: '2026-03-14T00:00:00Z',
    timeZone,
    groups: Object.entries(perDay).map(([name, fall]) => ({
      name,
      values: Array.from({ length: 40 }, (_, index) => ({
        at: new Date(Date.UTC(2026, 2, 4) + index * 6 * hourMs).toISOString(),
        value: 60 - (fall * index) / 4,
      })),
    })),
  });
  const courses = deviceCourses(series({ slow: 1, fast: 4, still: 0 }), series({ slow: 0 }), []);
  expect(courses.map(({ id, forecast }) => [id, forecast.ok ? 'known' : forecast.reason])).toEqual([
    ['fast', 'known'],
    ['slow', 'known'],
    ['still', 'not-falling'],
  ]);
  expect(daysOf(courses[1]!)[0]).toEqual({ date: '2026-03-14', battery: 50.25, signal: 60 });
});

describe('the figures of a station', () => {
  it('are events a minute, with the minutes in which nothing came', () => {
    const series: HistorySeries = {
      every: '5m',
      from: '2026-03-14T00:00:00Z',
      to: '2026-03-14T00:15:00Z',
      timeZone,
      groups: [{ name: null, values: [{ at: '2026-03-14T00:05:00.000Z', value: 20 }] }],
    };
    expect(paceOf(series, 300_000).map(({ perMinute }) => perMinute)).toEqual([0, 4, 0]);
  });

  it('are hops in the order of an alarm’s way', () => {
    const statistics = { count: 1, p50Ms: 1, p90Ms: 2, p99Ms: 3, maxMs: 3 };
    const hops = { answered: statistics, received: statistics };
    expect(hopRows({ stationId: null, stationName: '', alarms: 1, hops }).map(({ hop }) => hop)).toEqual([
      'received',
      'answered',
    ]);
  });

  it.each([
    [35, '35 ms'],
    [1_240, '1.2 s'],
    [48_000, '48 s'],
    [125_000, '2:05'],
  ])('%i ms are %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });
});
