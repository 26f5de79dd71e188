const hourMs = 3_600_000;

/** Zones whose distance from UTC has not changed since 2020: asking Node loads its tables of all zones, 8 MB of memory. */
const steadyZones: Readonly<Record<string, number>> = { 'Asia/Shanghai': 8 * hourMs, UTC: 0 };

/** How far clocks on the wall are ahead of UTC at this instant, in milliseconds. */
export function zoneOffsetMs(timeZone: string, atMs: number): number {
  const steady = steadyZones[timeZone];
  if (steady !== undefined) return steady;
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(atMs);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const ms = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -ms : ms;
}
