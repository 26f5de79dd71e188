/** The only source of time. Tests hand in one that they move by hand. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds since some start, for durations: it goes on evenly when the wall clock is set. */
  monotonic(): number;
  /** Runs `action` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, action: () => void): () => void;
  /** Runs `action` every `periodMs`; the returned function ends it. */
  every(periodMs: number, action: () => void): () => void;
  /** The longest step of a clock that is moved in steps: what comes round is late by so much, and nobody stood still. */
  longestStepMs?: number;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
  every(periodMs, action) {
    const timer = setInterval(action, periodMs);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** ISO 8601 in UTC, as the API and the live feed write instants. */
export function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}

export function instantOrNull(atMs: number | null): string | null {
  return atMs === null ? null : instant(atMs);
}
