const dayMs = 86_400_000;

/** What `<input type="datetime-local">` takes and gives: `2026-03-14T09:05`, in the time of the hub, not of this computer. */
export function fieldTime(atMs: number, timeZone: string): string {
  return new Date(atMs + offsetAt(atMs, timeZone)).toISOString().slice(0, 'YYYY-MM-DDThh:mm'.length);
}

/** The instant that a field says; `undefined` if it says none. */
export function instantOf(field: string, timeZone: string): string | undefined {
  const asIfUtcMs = Date.parse(`${field}Z`);
  if (Number.isNaN(asIfUtcMs)) return undefined;
  // The offset of the zone is asked where the time lies, which is known to within the offset itself.
  const roughMs = asIfUtcMs - offsetAt(asIfUtcMs, timeZone);
  return new Date(asIfUtcMs - offsetAt(roughMs, timeZone)).toISOString();
}

/** So many days on, at noon: somebody is at the station then to notice that it has ended. */
export function noonIn(days: number, nowMs: number, timeZone: string): string {
  return fieldTime(nowMs + days * dayMs, timeZone).replace(/T.*$/, 'T12:00');
}

/** An absence that ended this short a time ago is still worth a line above everything else. */
const newsForMs = 7 * dayMs;

export function isNews(endedAt: string | null, nowMs: number): boolean {
  return endedAt !== null && nowMs - Date.parse(endedAt) < newsForMs;
}

function offsetAt(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = format.formatToParts(new Date(atMs));
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shownMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return shownMs - Math.floor(atMs / 60_000) * 60_000;
}
