import type { Time } from '../time.ts';

/** A clock that a test moves by hand; timers run while it moves, in the order of their time. */
export type HandTime = Time & { advance(byMs: number): void };

export function createHandTime(startMs = Date.parse('2026-03-14T08:00:00+08:00')): HandTime {
  let nowMs = startMs;
  const planned = new Set<{ atMs: number; run: () => void }>();
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const entry = { atMs: nowMs + delayMs, run };
      planned.add(entry);
      return () => planned.delete(entry);
    },
    advance(byMs) {
      const endMs = nowMs + byMs;
      for (;;) {
        const due = [...planned]
          .filter((entry) => entry.atMs <= endMs)
          .toSorted((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        planned.delete(due);
        nowMs = due.atMs;
        due.run();
      }
      nowMs = endMs;
    },
  };
}
