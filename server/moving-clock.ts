import type { Clock } from './clock.ts';

export type MovingClock = Clock & {
  /** Moves time forward and runs what falls due, in order. */
  move(byMs: number): void;
};

/** A clock that stands still until a test moves it. */
export function createMovingClock(startMs = Date.UTC(2026, 2, 14)): MovingClock {
  let nowMs = startMs;
  let lastId = 0;
  const due = new Map<number, { atMs: number; everyMs: number | null; action: () => void }>();

  function add(delayMs: number, everyMs: number | null, action: () => void): () => void {
    lastId += 1;
    const id = lastId;
    due.set(id, { atMs: nowMs + delayMs, everyMs, action });
    return () => void due.delete(id);
  }

  return {
    now: () => nowMs,
    monotonic: () => nowMs,
    after: (delayMs, action) => add(delayMs, null, action),
    every: (periodMs, action) => add(periodMs, periodMs, action),
    move(byMs) {
      const untilMs = nowMs + byMs;
      for (;;) {
        const next = [...due].toSorted(([, a], [, b]) => a.atMs - b.atMs)[0];
        if (!next || next[1].atMs > untilMs) break;
        const [id, entry] = next;
        nowMs = entry.atMs;
        if (entry.everyMs === null) due.delete(id);
        else entry.atMs += entry.everyMs;
        entry.action();
      }
      nowMs = untilMs;
    },
  };
}
