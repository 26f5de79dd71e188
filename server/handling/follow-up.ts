import type { FollowUp } from '@carebell/contracts/handling.ts';
import { instant } from '../clock.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import type { ToBeAsked } from './handling-reads.ts';

const dayMs = 86_400_000;
/** Nine in the morning: nobody is called about last night before they are up. */
const morningMs = 9 * 3_600_000;

/** Nine o'clock of the day after, by the clocks on the wall. */
export function askedFromMs(sinceMs: number, timeZone: string): number {
  const wallMs = sinceMs + zoneOffsetMs(timeZone, sinceMs);
  const morning = Math.floor(wallMs / dayMs) * dayMs + dayMs + morningMs;
  return morning - zoneOffsetMs(timeZone, morning);
}

export function followUpOf(
  { closedAtMs, sinceMs, ...rest }: ToBeAsked,
  timeZone: string,
  nowMs: number,
): FollowUp {
  const dueAtMs = askedFromMs(sinceMs, timeZone);
  return { ...rest, closedAt: instant(closedAtMs), dueAt: instant(dueAtMs), isDue: dueAtMs <= nowMs };
}
