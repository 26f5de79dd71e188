import type { Clock } from '../clock.ts';

export type SteppedClock = Clock & {
  longestStepMs: number;
  /** Lets it be this instant. What was due until then runs in its order; what repeats itself runs once, however often it was due. */
  stepTo(atMs: number): void;
};

type Entry = { dueMs: number; everyMs: number | null; action: () => void };

/** Less than the five minutes after which detection takes what it did not hear for a gap of the hub. */
const longestStepMs = 240_000;

/** The clock of a demo that lives a month: it stands still until it is told how late it is. */
export function createSteppedClock(startMs: number): SteppedClock {
  let nowMs = startMs;
  const entries = new Set<Entry>();

  function add(delayMs: number, everyMs: number | null, action: () => void): () => void {
    const entry = { dueMs: nowMs + Math.max(1, delayMs), everyMs, action };
    entries.add(entry);
    return () => void entries.delete(entry);
  }

  return {
    longestStepMs,
    now: () => nowMs,
    monotonic: () => nowMs,
    after: (delayMs, action) => add(delayMs, null, action),
    every: (periodMs, action) => add(periodMs, periodMs, action),
    stepTo(atMs) {
      nowMs = Math.max(nowMs, atMs);
      const due = [...entries].filter(({ dueMs }) => dueMs <= nowMs).toSorted((a, b) => a.dueMs - b.dueMs);
      for (const entry of due) {
        // One that ran before it may have called it off.
        if (!entries.has(entry)) continue;
        if (entry.everyMs === null) entries.delete(entry);
        else entry.dueMs = nowMs + entry.everyMs;
        entry.action();
      }
    },
  };
}
