const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * What the clock on the wall of the hub's time zone shows, as milliseconds of a clock in UTC. Charts know only the browser's
 * time and UTC, and the browser may stand anywhere.
 */
export function wallMs(instant: string | number, timeZone: string): number {
  const at = new Date(instant);
  const parts = formatterOf(timeZone).formatToParts(at);
  const valueOf = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(
    valueOf('year'),
    valueOf('month') - 1,
    valueOf('day'),
    valueOf('hour'),
    valueOf('minute'),
    valueOf('second'),
  );
  return wall + at.getUTCMilliseconds();
}

/** `2026-11-21`, of {@link wallMs}. */
export function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** `11-21`, of a date. */
export function shortDate(date: string): string {
  return date.slice(5);
}

/** `03:15`, of {@link wallMs}. */
export function hourMinute(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}

/** `11-21 03:15`, of {@link wallMs}. */
export function dateAndMinute(wall: number): string {
  return `${shortDate(dateOf(wall))} ${hourMinute(wall)}`;
}

export function hourOf(wall: number): number {
  return new Date(wall).getUTCHours();
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  formatters.set(timeZone, made);
  return made;
}
