/** What the hub's clock says of the machine's. */
export type ClockLook = {
  /** Which start of the machine this is, and milliseconds since then; `null` where the machine does not say. */
  boot: string | null;
  uptimeMs: number;
  /** By how much the hub's time is later than the wall clock's. */
  offMs: number;
  /** By how much the wall clock was set since the last look. */
  setByMs: number;
};

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
  /** Compares with the machine's clocks, of a hub that lives by them: to be called every second. */
  look?(): ClockLook;
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
