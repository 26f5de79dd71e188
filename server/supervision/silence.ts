/** Within which time a sign of life is expected, and how many periods without one make a silence. */
export type Expectation = { periodMs: number; missed: number; of: number };

export type Silence = {
  lastHeardAtMs: number;
  /** When to look next; `null` while it is silent: then only a sign of life changes anything. */
  deadlineAtMs: number | null;
  /** Periods missed since the last sign of life. */
  missedInRow: number;
  /** The last periods, a bit each: 1 for a missed one, the latest lowest. */
  ring: number;
  silentSinceMs: number | null;
  /** Its gateway was gone when it was looked for. */
  isUnknown: boolean;
  /** Time since the last sign of life in which nobody listened, or by which the clock was set forward. */
  excusedMs: number;
};

/** What the hub knows of it at the moment of looking. */
export type Sight = {
  lastSeenAtMs: number;
  /** Its gateway is gone: nobody could have heard it. */
  isUnhearable: boolean;
  nowMs: number;
};

export type Verdict = 'not-due' | 'heard' | 'missed' | 'fell-silent' | 'unknown';

/** How soon to look again for a device whose gateway is gone; the gateway's return moves its deadline. */
const unknownRecheckMs = 60_000;

export function firstSight(lastHeardAtMs: number, expected: Expectation, nowMs: number): Silence {
  return {
    lastHeardAtMs,
    deadlineAtMs: Math.max(lastHeardAtMs, nowMs - expected.periodMs) + expected.periodMs,
    missedInRow: 0,
    ring: 0,
    silentSinceMs: null,
    isUnknown: false,
    excusedMs: 0,
  };
}

/**
 * Looks whether one that is due has been heard. Signs of life move nothing when they come: here the deadline is moved to
 * one period after the last of them, so that a device which speaks every second costs one look per period.
 */
export function look(
  silence: Silence,
  expected: Expectation,
  sight: Sight,
): { silence: Silence; verdict: Verdict } {
  const { nowMs, lastSeenAtMs } = sight;
  if (silence.deadlineAtMs === null || silence.deadlineAtMs > nowMs) return { silence, verdict: 'not-due' };
  // Unequal rather than later: the clock may have been set back meanwhile.
  if (lastSeenAtMs !== silence.lastHeardAtMs) {
    const heard = moved(silence, expected, sight);
    if (heard.deadlineAtMs !== null && heard.deadlineAtMs > nowMs) {
      return { silence: heard, verdict: 'heard' };
    }
    return look(heard, expected, sight);
  }
  if (sight.isUnhearable) {
    return { silence: unknownAt(silence, nowMs), verdict: 'unknown' };
  }
  if (silence.isUnknown) {
    // It can be heard again since a minute at most, and has a whole period from now on.
    const back = { ...silence, deadlineAtMs: nowMs + expected.periodMs, missedInRow: 0, isUnknown: false };
    return { silence: back, verdict: 'not-due' };
  }
  return miss(silence, silence.deadlineAtMs, expected);
}

/** Nobody can tell now: it is looked for again soon. */
export function unknownAt(silence: Silence, nowMs: number): Silence {
  return { ...silence, deadlineAtMs: nowMs + unknownRecheckMs, isUnknown: true };
}

/** A sign of life ends a silence at once, and the count begins anew. */
export function heardAgain(expected: Expectation | null, seenAtMs: number, nowMs: number): Silence {
  return {
    lastHeardAtMs: seenAtMs,
    deadlineAtMs: expected && nowMs + expected.periodMs,
    missedInRow: 0,
    ring: 0,
    silentSinceMs: null,
    isUnknown: false,
    excusedMs: 0,
  };
}

export function missedOf(ring: number, of: number): number {
  let missed = 0;
  for (let bit = 0; bit < of; bit += 1) missed += (ring >> bit) & 1;
  return missed;
}

function moved(silence: Silence, expected: Expectation, { nowMs, lastSeenAtMs }: Sight): Silence {
  return {
    lastHeardAtMs: lastSeenAtMs,
    // Whether the sign came before or after what was excused is not known; a clock that was set back must not excuse for ever.
    deadlineAtMs: Math.min(lastSeenAtMs + expected.periodMs + silence.excusedMs, nowMs + expected.periodMs),
    missedInRow: 0,
    ring: shifted(silence.ring, 0, expected.of),
    silentSinceMs: null,
    isUnknown: false,
    excusedMs: 0,
  };
}

function miss(
  silence: Silence,
  deadlineAtMs: number,
  expected: Expectation,
): { silence: Silence; verdict: Verdict } {
  const ring = shifted(silence.ring, 1, expected.of);
  const missedInRow = silence.missedInRow + 1;
  if (missedOf(ring, expected.of) < expected.missed) {
    const next = { ...silence, ring, missedInRow, deadlineAtMs: deadlineAtMs + expected.periodMs };
    return { silence: next, verdict: 'missed' };
  }
  return {
    silence: { ...silence, ring, missedInRow, deadlineAtMs: null, silentSinceMs: silence.lastHeardAtMs },
    verdict: 'fell-silent',
  };
}

function shifted(ring: number, bit: 0 | 1, of: number): number {
  return ((ring << 1) | bit) & (2 ** of - 1);
}
