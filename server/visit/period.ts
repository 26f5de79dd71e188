import type { VisitFrequency } from '@carebell/contracts/visit-frequencies.ts';
import { dayOf, localDay, midnightMs, weekdayOf } from '../duty/rota.ts';

export type PeriodicCause = Exclude<VisitFrequency, 'none'>;
/** Days are counted from 1970-01-01; a period ends before `untilDay` and before `untilMs`. */
export type Period = { firstDay: number; untilDay: number; fromMs: number; untilMs: number };

/** The week from Monday, month or quarter by the clocks on the wall in which a day lies. */
export function periodAround(cause: PeriodicCause, day: number, timeZone: string): Period {
  const [firstDay, untilDay] = daysAround(cause, day);
  return {
    firstDay,
    untilDay,
    fromMs: midnightMs(firstDay, timeZone),
    untilMs: midnightMs(untilDay, timeZone),
  };
}

export function periodAt(cause: PeriodicCause, atMs: number, timeZone: string): Period {
  return periodAround(cause, localDay(atMs, timeZone), timeZone);
}

/** By which a period is told from others of its cause. */
export function periodName({ firstDay }: Pick<Period, 'firstDay'>): string {
  return dayOf(firstDay);
}

function daysAround(cause: PeriodicCause, day: number): [number, number] {
  if (cause === 'weekly') {
    const monday = day - weekdayOf(day) + 1;
    return [monday, monday + 7];
  }
  const date = new Date(day * dayMs);
  const months = cause === 'monthly' ? 1 : 3;
  const firstMonth = Math.floor(date.getUTCMonth() / months) * months;
  const dayFrom = (month: number) => Math.round(Date.UTC(date.getUTCFullYear(), month) / dayMs);
  return [dayFrom(firstMonth), dayFrom(firstMonth + months)];
}

const dayMs = 86_400_000;
