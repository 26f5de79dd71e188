export type Span = { fromMs: number; untilMs: number };

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/** How far the clock on the wall is ahead of UTC at an instant. */
export type ZoneMs = (atMs: number) => number;

/** Minutes since midnight of a time such as "07:30". */
export function minutesOf(clockTime: string): number {
  return Number(clockTime.slice(0, 2)) * 60 + Number(clockTime.slice(3));
}

/** The instant of this time on the local day of `atMs`, or so many days after it. */
export function onDayOf(atMs: number, clockTime: string, zone: ZoneMs, days = 0): number {
  const zoneMs = zone(atMs);
  const midnight = Math.floor((atMs + zoneMs) / dayMs) * dayMs - zoneMs;
  return midnight + days * dayMs + minutesOf(clockTime) * minuteMs;
}

/** The next instant, from `atMs` on, at which clocks show this time. */
export function nextAt(atMs: number, clockTime: string, zone: ZoneMs): number {
  const today = onDayOf(atMs, clockTime, zone);
  return today >= atMs ? today : onDayOf(atMs, clockTime, zone, 1);
}

/** The part of the day, from one time to another, that holds this instant. */
export function partAt(atMs: number, { from, to }: { from: string; to: string }, zone: ZoneMs): Span | null {
  for (const days of [0, -1]) {
    const fromMs = onDayOf(atMs, from, zone, days);
    const untilMs = onDayOf(atMs, to, zone, minutesOf(to) > minutesOf(from) ? days : days + 1);
    if (atMs >= fromMs && atMs < untilMs) return { fromMs, untilMs };
  }
  return null;
}

/** The part of the day that holds this instant, or the next one. */
export function partFrom(atMs: number, part: { from: string; to: string }, zone: ZoneMs): Span {
  const now = partAt(atMs, part, zone);
  if (now) return now;
  const fromMs = nextAt(atMs, part.from, zone);
  return partAt(fromMs, part, zone) ?? { fromMs, untilMs: fromMs };
}
