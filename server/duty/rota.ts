import type { DutyShift } from '@carebell/contracts/duty.ts';
import { zoneOffsetMs } from '../history/local-time.ts';

/** What of a shift decides when it takes place. */
export type ShiftPattern = Pick<
  DutyShift,
  'id' | 'userId' | 'firstDay' | 'weekdays' | 'lastDay' | 'begins' | 'ends' | 'exceptDays'
>;
/** One time that a shift takes place, in minutes on the wall since 1970-01-01 00:00. */
type WallTurn = { day: string; fromMinute: number; untilMinute: number };
export type Turn = { shiftId: string; userId: string; day: string; fromMs: number; untilMs: number };
export type Span = { fromMs: number; untilMs: number };

const minuteMs = 60_000;
const dayMinutes = 1_440;
const dayMs = dayMinutes * minuteMs;

/** Counted from 1970-01-01. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

export function dayOf(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday; 1970-01-01 was a Thursday. */
export function weekdayOf(number: number): number {
  return ((number + 3) % 7) + 1;
}

/** The day by the clocks on the wall. */
export function localDay(atMs: number, timeZone: string): number {
  return Math.floor((atMs + zoneOffsetMs(timeZone, atMs)) / dayMs);
}

/** When a day begins. */
export function midnightMs(number: number, timeZone: string): number {
  return instantOf(number * dayMinutes, timeZone);
}

/** When clocks on the wall show this time, `HH:MM`, on a day. */
export function wallTimeMs(number: number, time: string, timeZone: string): number {
  return instantOf(number * dayMinutes + minuteOf(time), timeZone);
}

/** Every turn of these shifts that begins on the days from `fromDay` up to but not including `toDay`. */
export function turnsOf(
  shifts: readonly ShiftPattern[],
  { fromDay, toDay, timeZone }: { fromDay: number; toDay: number; timeZone: string },
): Turn[] {
  return shifts
    .flatMap((shift) =>
      wallTurns(shift, fromDay, toDay).map(({ day, fromMinute, untilMinute }) => ({
        shiftId: shift.id,
        userId: shift.userId,
        day,
        fromMs: instantOf(fromMinute, timeZone),
        untilMs: instantOf(untilMinute, timeZone),
      })),
    )
    .toSorted((a, b) => a.fromMs - b.fromMs || a.untilMs - b.untilMs || a.userId.localeCompare(b.userId));
}

/** The times between two instants in which none of these turns is. */
export function gapsOf(turns: readonly Span[], { fromMs, untilMs }: Span): Span[] {
  const gaps: Span[] = [];
  let coveredMs = fromMs;
  for (const turn of turns.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (turn.fromMs >= untilMs) break;
    if (turn.fromMs > coveredMs) gaps.push({ fromMs: coveredMs, untilMs: turn.fromMs });
    coveredMs = Math.max(coveredMs, turn.untilMs);
  }
  if (coveredMs < untilMs) gaps.push({ fromMs: coveredMs, untilMs });
  return gaps;
}

/** Longer than any pattern takes to meet another, however their days are left out. */
const comparedDays = 407;

/** The first turn of `shift` during which another of the same person is on duty already, and which one that is. */
export function overlapOf(
  shift: ShiftPattern,
  others: readonly ShiftPattern[],
): { day: string; with: ShiftPattern } | undefined {
  for (const other of others) {
    if (other.id === shift.id || other.userId !== shift.userId) continue;
    const fromDay = Math.max(dayNumber(shift.firstDay), dayNumber(other.firstDay)) - 1;
    const own = wallTurns(shift, fromDay, fromDay + comparedDays);
    const theirs = wallTurns(other, fromDay, fromDay + comparedDays);
    const met = own.find((turn) =>
      theirs.some(
        ({ fromMinute, untilMinute }) => fromMinute < turn.untilMinute && turn.fromMinute < untilMinute,
      ),
    );
    if (met) return { day: met.day, with: other };
  }
  return undefined;
}

/** Whether a shift ever takes place. */
export function takesPlace(shift: ShiftPattern): boolean {
  const fromDay = dayNumber(shift.firstDay);
  return wallTurns(shift, fromDay, fromDay + comparedDays).length > 0;
}

function wallTurns(shift: ShiftPattern, fromDay: number, toDay: number): WallTurn[] {
  const { weekdays, exceptDays } = shift;
  const first = dayNumber(shift.firstDay);
  const last = weekdays.length === 0 ? first : shift.lastDay === null ? Infinity : dayNumber(shift.lastDay);
  const begins = minuteOf(shift.begins);
  const length = minuteOf(shift.ends) - begins;
  const turns: WallTurn[] = [];
  for (let number = Math.max(first, fromDay); number <= last && number < toDay; number += 1) {
    const day = dayOf(number);
    if (weekdays.length > 0 && !weekdays.includes(weekdayOf(number))) continue;
    if (exceptDays.includes(day)) continue;
    const fromMinute = number * dayMinutes + begins;
    turns.push({ day, fromMinute, untilMinute: fromMinute + (length > 0 ? length : length + dayMinutes) });
  }
  return turns;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The distance from UTC is that of the instant itself: asked a second time, it is right in the hours around a change. */
function instantOf(wallMinute: number, timeZone: string): number {
  const wallMs = wallMinute * minuteMs;
  const near = wallMs - zoneOffsetMs(timeZone, wallMs);
  return wallMs - zoneOffsetMs(timeZone, near);
}
