/** The hub's time, and where the machine stood then. */
export type ClockMark = { atMs: number; boot: string | null; uptimeMs: number };

/** What the hub may be wrong by when it goes on after a crash: a minute of coming nearer is 3 s. */
const leastStepMs = 5_000;

/**
 * By how much the clock was set since the hub ran last; 0 where nobody can know. While the machine was not started anew it
 * counts by itself how long the hub was away. After a new start only one thing is sure: nothing was written later than now.
 */
export function stepSince(mark: ClockMark | undefined, lastWrittenMs: number | null, now: ClockMark): number {
  const isSameBoot = mark !== undefined && mark.boot !== null && mark.boot === now.boot;
  if (isSameBoot && now.uptimeMs >= mark.uptimeMs)
    return orNone(now.atMs - (mark.atMs + now.uptimeMs - mark.uptimeMs));
  const latestMs = Math.max(mark?.atMs ?? -Infinity, lastWrittenMs ?? -Infinity);
  return latestMs === -Infinity ? 0 : orNone(Math.min(0, now.atMs - latestMs));
}

function orNone(stepMs: number): number {
  return Math.abs(stepMs) < leastStepMs ? 0 : Math.round(stepMs);
}
