import type { DutyWeek } from '@carebell/contracts/duty.ts';
import { dateAndTime } from '../app/instants.ts';

type Turn = DutyWeek['turns'][number];
type Span = { from: string; until: string };

/** What stands in the column of one day: a part of a turn, or of a time when nobody is on duty. */
export type Piece = {
  key: string;
  /** `undefined` of a gap. */
  turn: Turn | undefined;
  /** All of the turn or gap of which this is a part. */
  span: Span;
  /** The part of it that lies in this day. */
  within: Span;
  /** Parts of the day, from 0 to 1. */
  top: number;
  bottom: number;
  /** Turns at the same time stand side by side. */
  lane: number;
};
export type DayColumn = { midnight: string; pieces: Piece[]; lanes: number };

/** The seven columns of a week; who is no longer there stands in it, and the time is a gap all the same. */
export function columnsOf({ midnights, turns, gaps, hasRota }: DutyWeek): DayColumn[] {
  const spans: { turn: Turn | undefined; span: Span }[] = [
    ...turns.map((turn) => ({ turn, span: { from: turn.from, until: turn.until } })),
    ...(hasRota ? gaps.map((gap) => ({ turn: undefined, span: gap })) : []),
  ];
  return midnights.slice(0, -1).map((midnight, index) => {
    const begins = Date.parse(midnight);
    const length = Date.parse(midnights[index + 1] ?? midnight) - begins;
    const part = (instant: string) => (Date.parse(instant) - begins) / length;
    const pieces = spans
      .map(({ turn, span }) => ({
        key: `${turn === undefined ? 'gap' : `${turn.shiftId} ${turn.day}`} ${span.from}`,
        turn,
        span,
        within: {
          from: Date.parse(span.from) > begins ? span.from : midnight,
          until: Date.parse(span.until) < begins + length ? span.until : (midnights[index + 1] ?? midnight),
        },
        top: Math.max(0, part(span.from)),
        bottom: Math.min(1, part(span.until)),
      }))
      .filter(({ top, bottom }) => top < bottom)
      .toSorted((a, b) => a.top - b.top || a.bottom - b.bottom || a.key.localeCompare(b.key));
    return { midnight, ...inLanes(pieces) };
  });
}

function inLanes(pieces: readonly Omit<Piece, 'lane'>[]): Pick<DayColumn, 'pieces' | 'lanes'> {
  const ends: number[] = [];
  const placed = pieces.map((piece) => {
    const free = ends.findIndex((end) => end <= piece.top);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = piece.bottom;
    return { ...piece, lane };
  });
  return { pieces: placed, lanes: Math.max(1, ends.length) };
}

/** The gaps that are not over at this moment; a gap that runs is there as a whole. */
export function comingGaps({ gaps }: DutyWeek, nowMs: number): Span[] {
  return gaps.filter(({ until }) => Date.parse(until) > nowMs);
}

/** `2026-03-14` and `08:00`, by the hub's clock: what inputs for them hold. */
export function dayAndHour(instant: string, timeZone: string): { day: string; time: string } {
  const [day = '', time = ''] = dateAndTime(instant, timeZone).split(' ');
  return { day, time: time.slice(0, 5) };
}

/** `Sat 14 02:00–08:00`; the second day is named if it is another. */
export function spanText({ from, until }: Span, timeZone: string, language: string): string {
  const begin = dayAndHour(from, timeZone);
  const end = dayAndHour(until, timeZone);
  const isMidnight = end.time === '00:00';
  const endsOn = isMidnight ? dayBefore(end.day) : end.day;
  const endTime = isMidnight ? '24:00' : end.time;
  const begins = `${weekday(begin.day, language)} ${begin.time}`;
  return endsOn === begin.day
    ? `${begins}–${endTime}`
    : `${begins} – ${weekday(endsOn, language)} ${endTime}`;
}

/** A turn that began on the day before says here only when it ends; of a gap the hours of this day stand there. */
export function hoursText(
  { turn, span, within, top }: Pick<Piece, 'turn' | 'span' | 'within' | 'top'>,
  timeZone: string,
): string {
  if (turn === undefined) {
    const until = dayAndHour(within.until, timeZone).time;
    return `${dayAndHour(within.from, timeZone).time}–${until === '00:00' ? '24:00' : until}`;
  }
  const begins = dayAndHour(span.from, timeZone).time;
  const ends = dayAndHour(span.until, timeZone).time;
  return top === 0 && begins !== '00:00' ? `→${ends}` : `${begins}–${ends}`;
}

/** A day is named at noon in Greenwich, which is the same day everywhere that matters. */
export function weekday(day: string, language: string, more: Intl.DateTimeFormatOptions = {}): string {
  const shape: Intl.DateTimeFormatOptions = { weekday: 'short', timeZone: 'UTC', ...more };
  return new Intl.DateTimeFormat(language, shape).format(new Date(`${day}T12:00:00Z`));
}

export function dayBefore(day: string): string {
  return dayAfter(day, -1);
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
