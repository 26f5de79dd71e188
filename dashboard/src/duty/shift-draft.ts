import type { DutyShift, DutyWeek } from '@carebell/contracts/duty.ts';
import { dayAndHour } from './week-layout.ts';

/** What the form of a shift holds. */
export type ShiftValues = Pick<DutyShift, 'userId' | 'firstDay' | 'weekdays' | 'lastDay' | 'begins' | 'ends'>;
/** A new shift, or one day of one that is there. */
export type ShiftDraft = { values: ShiftValues; shift: DutyShift | undefined; day: string };

const dayMs = 86_400_000;

/** A shift that fills a gap; of a gap longer than a day its beginning. */
export function draftForGap(week: DutyWeek, { from, until }: { from: string; until: string }): ShiftDraft {
  const { day, time: begins } = dayAndHour(from, week.timeZone);
  const isLong = Date.parse(until) - Date.parse(from) > dayMs;
  const ends = isLong ? begins : dayAndHour(until, week.timeZone).time;
  return {
    values: { userId: '', firstDay: day, weekdays: [], lastDay: null, begins, ends },
    shift: undefined,
    day,
  };
}

/** A new shift where the week first lacks one, or else a day shift of today. */
export function firstDraft(week: DutyWeek, nowMs: number): ShiftDraft {
  const gap = week.hasRota ? week.gaps.find(({ until }) => Date.parse(until) > nowMs) : undefined;
  if (gap) return draftForGap(week, gap);
  const today = dayAndHour(new Date(nowMs).toISOString(), week.timeZone).day;
  const day = today > week.firstDay ? today : week.firstDay;
  const values = { userId: '', firstDay: day, weekdays: [], lastDay: null, begins: '08:00', ends: '16:00' };
  return { values, shift: undefined, day };
}

export function draftOfTurn(week: DutyWeek, turn: DutyWeek['turns'][number]): ShiftDraft | undefined {
  const shift = week.shifts.find(({ id }) => id === turn.shiftId);
  if (shift === undefined) return undefined;
  const { userId, firstDay, weekdays, lastDay, begins, ends } = shift;
  return { values: { userId, firstDay, weekdays, lastDay, begins, ends }, shift, day: turn.day };
}
