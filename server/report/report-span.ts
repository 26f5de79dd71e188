import { zoneOffsetMs } from '../history/local-time.ts';

const dayMs = 86_400_000;

/** A month by the clocks on the wall, or the last 24 hours; the end is not included. */
export function spanOf(
  month: string | undefined,
  nowMs: number,
  timeZone: string,
): { fromMs: number; toMs: number } {
  if (month === undefined) return { fromMs: nowMs - dayMs, toMs: nowMs + 1 };
  const [year = 0, number = 1] = month.split('-').map(Number);
  const begins = (offset: number): number => {
    const wallMs = Date.UTC(year, number - 1 + offset);
    return wallMs - zoneOffsetMs(timeZone, wallMs);
  };
  return { fromMs: begins(0), toMs: begins(1) };
}
