import type { DigestHours } from '@carebell/contracts/visit-frequencies.ts';
import { dayOf, localDay, wallTimeMs } from '../duty/rota.ts';

export type DigestTime =
  /** People are to be told now, of this day; from `untilMs` they are left alone again. */
  { is: 'now'; day: string; untilMs: number; nextAtMs: number } | { is: 'later'; nextAtMs: number };

/**
 * Whether the people of an organisation are to be told of overdue visits now: once on each day, from the hour that is set, or
 * later when the hub was off then, and never outside of its hours.
 */
export function digestTime(
  { from, until }: DigestHours,
  { nowMs, timeZone, toldDays }: { nowMs: number; timeZone: string; toldDays: readonly string[] },
): DigestTime {
  const today = localDay(nowMs, timeZone);
  const fromMs = wallTimeMs(today, from, timeZone);
  const untilMs = wallTimeMs(today, until, timeZone);
  const day = dayOf(today);
  const isTold = toldDays.includes(day);
  if (nowMs < fromMs && !isTold) return { is: 'later', nextAtMs: fromMs };
  const nextAtMs = wallTimeMs(today + 1, from, timeZone);
  return nowMs >= untilMs || isTold ? { is: 'later', nextAtMs } : { is: 'now', day, untilMs, nextAtMs };
}
