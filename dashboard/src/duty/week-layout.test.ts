import type { DutyWeek } from '@carebell/contracts/duty.ts';
import { describe, expect, it } from 'vitest';
import { columnsOf, comingGaps, dayAfter, dayAndHour, hoursText, spanText } from './week-layout.ts';

const zone = 'Asia/Shanghai';
/** An hour of the week that begins on Monday 2026-03-09 in Shanghai. */
const at = (hour: number) => new Date(Date.parse('2026-03-08T16:00:00Z') + hour * 3_600_000).toISOString();
const turn = (name: string, from: number, until: number) => ({
  shiftId: name,
  day: dayAndHour(at(from), zone).day,
  userId: name,
  displayName: name,
  isHere: true,
  from: at(from),
  until: at(until),
});
const week = (change: Partial<DutyWeek>): DutyWeek => ({
  organisationId: 'a',
  timeZone: zone,
  firstDay: '2026-03-09',
  midnights: Array.from({ length: 8 }, (_, index) => at(index * 24)),
  hasRota: true,
  shifts: [],
  turns: [],
  gaps: [],
  people: [],
  ...change,
});

describe('a week of duty', () => {
  it('parts a turn at midnight, and keeps the whole of it beside each part', () => {
    const [monday, tuesday, wednesday] = columnsOf(week({ turns: [turn('li', 22, 30)] }));
    expect(monday?.pieces).toMatchObject([
      { top: 22 / 24, bottom: 1, span: { from: at(22), until: at(30) } },
    ]);
    expect(tuesday?.pieces).toMatchObject([
      { top: 0, bottom: 6 / 24, span: { from: at(22), until: at(30) } },
    ]);
    expect(wednesday?.pieces).toEqual([]);
  });

  it('puts turns at the same time side by side, and those after one another in the same lane', () => {
    const turns = [turn('li', 0, 8), turn('zhang', 4, 12), turn('chen', 8, 16)];
    const [monday] = columnsOf(week({ turns }));
    expect(monday?.lanes).toBe(2);
    expect(monday?.pieces.map(({ turn: one, lane }) => [one?.userId, lane])).toEqual([
      ['li', 0],
      ['zhang', 1],
      ['chen', 0],
    ]);
  });

  it('shows gaps as pieces of their own, but none while there is no rota', () => {
    const gaps = [{ from: at(2), until: at(8) }];
    expect(columnsOf(week({ gaps }))[0]?.pieces).toMatchObject([{ turn: undefined, top: 2 / 24 }]);
    expect(columnsOf(week({ gaps, hasRota: false }))[0]?.pieces).toEqual([]);
  });

  it('names the hours of a gap day by day, and those of a turn as they were given', () => {
    const { pieces: monday = [] } =
      columnsOf(week({ gaps: [{ from: at(8), until: at(54) }], turns: [turn('li', 0, 8)] }))[0] ?? {};
    expect(monday.map((piece) => hoursText(piece, zone))).toEqual(['00:00–08:00', '08:00–24:00']);
    const columns = columnsOf(week({ gaps: [{ from: at(8), until: at(54) }] }));
    expect(columns.map(({ pieces }) => pieces.map((piece) => hoursText(piece, zone))).slice(1, 4)).toEqual([
      ['00:00–24:00'],
      ['00:00–06:00'],
      [],
    ]);
    const night = columnsOf(week({ turns: [turn('li', 22, 30)] })).flatMap(({ pieces }) => pieces);
    expect(night.map((piece) => hoursText(piece, zone))).toEqual(['22:00–06:00', '→06:00']);
  });

  it('warns of gaps that are not over', () => {
    const gaps = [
      { from: at(2), until: at(8) },
      { from: at(20), until: at(24) },
    ];
    expect(comingGaps(week({ gaps }), Date.parse(at(8)))).toEqual([gaps[1]]);
    expect(comingGaps(week({ gaps }), Date.parse(at(7)))).toEqual(gaps);
  });

  it.each([
    [122, 128, 'Sat 02:00–08:00', '周六 02:00–08:00'],
    [20, 24, 'Mon 20:00–24:00', '周一 20:00–24:00'],
    [22, 30, 'Mon 22:00 – Tue 06:00', '周一 22:00 – 周二 06:00'],
    [0, 168, 'Mon 00:00 – Sun 24:00', '周一 00:00 – 周日 24:00'],
  ])('names the time from hour %d to %d in both languages', (from, until, english, chinese) => {
    const span = { from: at(from), until: at(until) };
    expect(spanText(span, zone, 'en')).toBe(english);
    expect(spanText(span, zone, 'zh-CN')).toBe(chinese);
  });

  it('knows the next day across months', () => {
    expect(dayAfter('2026-02-28', 1)).toBe('2026-03-01');
  });
});
