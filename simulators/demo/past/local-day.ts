const dayMs = 24 * 3_600_000;

/** The calendar day `2026-11-21` of an instant in a time zone. */
export function localDate(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(atMs);
}

/** When the day of an instant began in a time zone, in milliseconds since the epoch. */
export function midnightBefore(atMs: number, timeZone: string): number {
  const guessMs = Math.floor(atMs / 1000) * 1000 - sinceMidnightMs(atMs, timeZone);
  // On a day on which the clock is changed the guess is an hour beside it.
  const offMs = sinceMidnightMs(guessMs, timeZone);
  return offMs > dayMs / 2 ? guessMs + (dayMs - offMs) : guessMs - offMs;
}

function sinceMidnightMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(atMs);
  const valueOf = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return ((valueOf('hour') * 60 + valueOf('minute')) * 60 + valueOf('second')) * 1000;
}

/** Every midnight after `fromMs` and before `toMs`, and these two themselves: the bounds of the days between them. */
export function dayBounds(fromMs: number, toMs: number, timeZone: string): number[] {
  const bounds = [fromMs];
  for (;;) {
    const last = bounds.at(-1) ?? fromMs;
    // A day may have 23 or 25 hours; its noon after next always lies in the next one.
    const next = midnightBefore(midnightBefore(last, timeZone) + dayMs * 1.5, timeZone);
    if (next >= toMs) break;
    bounds.push(next);
  }
  return [...bounds, toMs];
}

/** The hour by the clocks on the wall, with its fraction. */
export function localHour(atMs: number, timeZone: string): number {
  return sinceMidnightMs(atMs, timeZone) / 3_600_000;
}
