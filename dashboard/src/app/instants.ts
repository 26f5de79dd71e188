import i18next from 'i18next';

/** `03:12:45`, in the hub's time zone. */
export function clockTime(instant: string | number, timeZone: string): string {
  return formatter(timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(instant),
  );
}

/** `03-14 03:12:45`, for instants that may lie days back. */
export function dayAndTime(instant: string | number, timeZone: string): string {
  const parts = formatter(timeZone, { month: '2-digit', day: '2-digit' }).formatToParts(new Date(instant));
  const valueOf = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${valueOf('month')}-${valueOf('day')} ${clockTime(instant, timeZone)}`;
}

/** `03-14 24:00`, until when something must be done: the midnight that ends a day belongs to that day. */
export function deadlineTime(instant: string | number, timeZone: string): string {
  const told = dayAndTime(instant, timeZone).slice(0, -3);
  if (!told.endsWith(' 00:00')) return told;
  const [dayBefore] = dayAndTime(new Date(instant).getTime() - 1, timeZone).split(' ');
  return `${dayBefore} 24:00`;
}

/** `2026-03-14 03:12:45`, for paper that is read years later. */
export function dateAndTime(instant: string | number, timeZone: string): string {
  const year = formatter(timeZone, { year: 'numeric' }).format(new Date(instant));
  return `${year}-${dayAndTime(instant, timeZone)}`;
}

/** Time since a press as a person reads it at a glance: `2:05`, `1:02:05`, from two days on `3天` or `3d`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const twoDays = 2 * 24 * 3600;
  if (seconds >= twoDays) return inDays().format(Math.floor(seconds / (24 * 3600)));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** The time of one hop, exact where it is short: `+40 ms`, `+0.8 s`, `+12 s`, `+2:05`. */
export function hop(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  const size = Math.abs(ms);
  if (size < 100) return `${sign}${Math.round(size)} ms`;
  if (size < 10_000) return `${sign}${(size / 1000).toFixed(1)} s`;
  if (size < 60_000) return `${sign}${Math.round(size / 1000)} s`;
  return `${sign}${elapsed(size)}`;
}

const inDays = () =>
  new Intl.NumberFormat(i18next.language, { style: 'unit', unit: 'day', unitDisplay: 'narrow' });

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string, shape: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${Object.keys(shape).join(' ')}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...shape, timeZone, hourCycle: 'h23' });
  formatters.set(key, made);
  return made;
}
