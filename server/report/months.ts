import { zoneOffsetMs } from '../history/local-time.ts';

/** A hub that was off for longer makes the reports of the months before by hand, by asking for them. */
const mostMonths = 12;

/** The month by the clocks on the wall. */
export function monthOf(atMs: number, timeZone: string): string {
  return new Date(atMs + zoneOffsetMs(timeZone, atMs)).toISOString().slice(0, 7);
}

export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months)).toISOString().slice(0, 7);
}

/** The months that are over at this instant and have no stored reports yet, the earliest first. */
export function monthsDue(call: {
  nowMs: number;
  timeZone: string;
  /** When the hub's record begins; `null` of an empty one. */
  firstAtMs: number | null;
  stored: ReadonlySet<string>;
}): string[] {
  const { nowMs, timeZone, firstAtMs, stored } = call;
  if (firstAtMs === null) return [];
  const first = monthOf(firstAtMs, timeZone);
  const now = monthOf(nowMs, timeZone);
  return Array.from({ length: mostMonths }, (_, index) => monthAfter(now, index - mostMonths)).filter(
    (month) => month >= first && !stored.has(month),
  );
}
