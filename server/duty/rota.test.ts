import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayOf, gapsOf, overlapOf, takesPlace, turnsOf, weekdayOf } from './rota.ts';
import type { ShiftPattern } from './rota.ts';

const once: ShiftPattern = {
  id: 'once',
  userId: 'li',
  firstDay: '2026-03-14',
  weekdays: [],
  lastDay: null,
  begins: '08:00',
  ends: '16:00',
  exceptDays: [],
};
const weekly = (change: Partial<ShiftPattern>): ShiftPattern => ({
  ...once,
  id: 'weekly',
  firstDay: '2026-03-09',
  weekdays: [1, 2, 3, 4, 5],
  ...change,
});
const range = (from: string, to: string, timeZone = 'Asia/Shanghai') => ({
  fromDay: dayNumber(from),
  toDay: dayNumber(to),
  timeZone,
});
const times = (shifts: ShiftPattern[], from: string, to: string, timeZone?: string) =>
  turnsOf(shifts, range(from, to, timeZone)).map(
    ({ fromMs, untilMs }) =>
      `${new Date(fromMs).toISOString().slice(0, 16)} ${(untilMs - fromMs) / 3_600_000} h`,
  );

describe('a shift', () => {
  it('takes place by the clocks on the wall', () => {
    expect(times([once], '2026-03-01', '2026-04-01')).toEqual(['2026-03-14T00:00 8 h']);
  });

  it('that ends at or before its beginning goes on into the next day', () => {
    const night = { ...once, begins: '22:00', ends: '06:00' };
    const whole = { ...once, begins: '08:00', ends: '08:00' };
    expect(times([night], '2026-03-01', '2026-04-01')).toEqual(['2026-03-14T14:00 8 h']);
    expect(times([whole], '2026-03-01', '2026-04-01')).toEqual(['2026-03-14T00:00 24 h']);
  });

  it('of every week takes place on its days, from its first to its last, and not on those left out', () => {
    const shift = weekly({ weekdays: [1, 3], lastDay: '2026-03-18', exceptDays: ['2026-03-11'] });
    const days = turnsOf([shift], range('2026-01-01', '2026-06-01')).map(({ day }) => day);
    expect(days).toEqual(['2026-03-09', '2026-03-16', '2026-03-18']);
  });

  it('is an hour shorter or longer in the night when the clocks are changed', () => {
    const night = weekly({ weekdays: [6], firstDay: '2026-03-01', begins: '22:00', ends: '06:00' });
    expect(times([night], '2026-03-21', '2026-04-05', 'Europe/Berlin')).toEqual([
      '2026-03-21T21:00 8 h',
      '2026-03-28T21:00 7 h',
      '2026-04-04T20:00 8 h',
    ]);
  });

  it('without a day is none', () => {
    expect(takesPlace(weekly({ weekdays: [6], lastDay: '2026-03-13' }))).toBe(false);
    expect(takesPlace({ ...once, exceptDays: ['2026-03-14'] })).toBe(false);
    expect(takesPlace(once)).toBe(true);
  });

  it('knows the days of the week', () => {
    expect(weekdayOf(dayNumber('2026-03-14'))).toBe(6);
    assert(
      property(integer({ min: 0, max: 40_000 }), (number) => {
        expect(dayNumber(dayOf(number))).toBe(number);
        expect(weekdayOf(number)).toBe(new Date(number * 86_400_000).getUTCDay() || 7);
      }),
    );
  });
});

describe('the shifts of one person', () => {
  const cases: [string, ShiftPattern, ShiftPattern, string | undefined][] = [
    [
      'that follow one another do not overlap',
      once,
      { ...once, id: 'b', begins: '16:00', ends: '23:00' },
      undefined,
    ],
    ['at the same time overlap', once, { ...once, id: 'b', begins: '15:59', ends: '23:00' }, '2026-03-14'],
    [
      'overlap across midnight',
      once,
      { ...once, id: 'b', firstDay: '2026-03-13', begins: '20:00', ends: '08:30' },
      '2026-03-14',
    ],
    [
      'of every week overlap on the days that both have',
      weekly({ weekdays: [5] }),
      weekly({ id: 'b', weekdays: [5, 6], firstDay: '2026-05-01' }),
      '2026-05-01',
    ],
    [
      'of every week leave room on other days',
      weekly({ weekdays: [1] }),
      weekly({ id: 'b', weekdays: [2] }),
      undefined,
    ],
    [
      'leave room on a day that was left out',
      weekly({ weekdays: [6], exceptDays: ['2026-03-14'] }),
      once,
      undefined,
    ],
    [
      'overlap although the first to be looked at is over',
      weekly({ weekdays: [6], lastDay: '2026-03-14' }),
      once,
      '2026-03-14',
    ],
  ];
  it.each(cases)('%s', (_, one, other, day) => {
    expect(overlapOf(one, [other])?.day).toBe(day);
    expect(overlapOf(other, [one]) === undefined).toBe(day === undefined);
  });

  it('overlap with those of nobody else, and not with themselves', () => {
    expect(overlapOf(once, [once, { ...once, id: 'b', userId: 'zhang' }])).toBeUndefined();
  });
});

describe('the gaps of a rota', () => {
  const span = { fromMs: 0, untilMs: 100 };
  it('are what no turn covers', () => {
    const turns = [
      { fromMs: -10, untilMs: 5 },
      { fromMs: 20, untilMs: 60 },
      { fromMs: 30, untilMs: 40 },
      { fromMs: 90, untilMs: 120 },
    ];
    expect(gapsOf(turns, span)).toEqual([
      { fromMs: 5, untilMs: 20 },
      { fromMs: 60, untilMs: 90 },
    ]);
    expect(gapsOf([], span)).toEqual([span]);
    expect(gapsOf([span], span)).toEqual([]);
  });

  it('and the turns together are every instant, once', () => {
    const turn = tuple(integer({ min: -20, max: 110 }), integer({ min: 1, max: 40 })).map(
      ([fromMs, length]) => ({ fromMs, untilMs: fromMs + length }),
    );
    assert(
      property(array(turn, { maxLength: 12 }), (turns) => {
        const gaps = gapsOf(turns, span);
        const isIn = (spans: readonly { fromMs: number; untilMs: number }[], at: number) =>
          spans.some(({ fromMs, untilMs }) => fromMs <= at && at < untilMs);
        for (let at = 0; at < 100; at += 1) expect(isIn(gaps, at)).toBe(!isIn(turns, at));
      }),
    );
  });
});
