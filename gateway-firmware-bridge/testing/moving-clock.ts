import type { Clock } from '../clock.ts';

export type MovingClock = Clock & {
  /** Lets time pass, and runs what is due in its order. */
  pass(ms: number): void;
  /** Sets the wall clock, as NTP does; nothing else moves. */
  setWall(atMs: number): void;
  /** The machine starts anew, with its wall clock as given. */
  boot(atMs: number): void;
};

export function createMovingClock(startMs = Date.UTC(2026, 5, 1)): MovingClock {
  let [sinceBoot, monotonic, offset, boots] = [100_000, 0, startMs - 100_000, 1];
  const due = new Set<{ atMs: number; run: () => void; everyMs?: number }>();
  const enter = (entry: { atMs: number; run: () => void; everyMs?: number }) => {
    due.add(entry);
    return () => void due.delete(entry);
  };
  return {
    get bootId() {
      return `boot-${boots}`;
    },
    now: () => sinceBoot + offset,
    monotonic: () => monotonic,
    sinceBoot: () => sinceBoot,
    after: (delayMs, run) => enter({ atMs: monotonic + delayMs, run }),
    every: (everyMs, run) => enter({ atMs: monotonic + everyMs, run, everyMs }),
    pass(ms) {
      const endMs = monotonic + ms;
      for (;;) {
        const [next] = [...due].filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        sinceBoot += Math.max(0, next.atMs - monotonic);
        monotonic = Math.max(monotonic, next.atMs);
        if (next.everyMs === undefined) due.delete(next);
        else next.atMs += next.everyMs;
        next.run();
      }
      sinceBoot += endMs - monotonic;
      monotonic = endMs;
    },
    setWall(atMs) {
      offset = atMs - sinceBoot;
    },
    boot(atMs) {
      boots += 1;
      sinceBoot = 0;
      offset = atMs;
    },
  };
}
