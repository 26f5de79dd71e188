import type { Clock } from './clock.ts';

/** When something was heard: on the count of one boot, and by the wall clock as it stood then. */
export type Moment = { bootId: string; upMs: number; wallMs: number };

/** What must be added to the count of a boot to get wall-clock time, as it was last known in that boot. */
export type WallOffsets = ReadonlyMap<string, number>;

/** An age past which the hub takes a report for nonsense: 400 days, as the contract says. */
const longestAgeMs = 400 * 24 * 3600 * 1000;

export function momentOf(clock: Pick<Clock, 'bootId' | 'sinceBoot' | 'now'>): Moment {
  return { bootId: clock.bootId, upMs: clock.sinceBoot(), wallMs: clock.now() };
}

/**
 * Milliseconds between what was heard and now. Within one boot of the machine the wall clock has no say, so that it may
 * be set, or be wrong, without harm. Across boots only the wall clock is left: the earlier boot's time is taken by that
 * boot's latest known offset, so that a clock set right after the event still dates it rightly; and it is at least
 * as old as this boot, whatever a clock that starts in the past says. A clock that was never set in the earlier
 * boot and is right now makes the event look older than it is, by as much as it was behind.
 */
export function ageMs(heard: Moment, now: Moment, offsets: WallOffsets): number {
  const age = heard.bootId === now.bootId ? now.upMs - heard.upMs : acrossBoots(heard, now, offsets);
  return Math.round(Math.min(Math.max(age, 0), longestAgeMs));
}

function acrossBoots(heard: Moment, now: Moment, offsets: WallOffsets): number {
  const heardAtMs = heard.upMs + (offsets.get(heard.bootId) ?? heard.wallMs - heard.upMs);
  return Math.max(now.wallMs - heardAtMs, now.upMs);
}
