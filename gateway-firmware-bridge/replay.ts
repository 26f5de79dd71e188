import type { Clock } from './clock.ts';
import type { RecordedBytes } from './recording.ts';

export type ReplaySettings = {
  /** 2 is twice as fast as it was; 0 does not wait. */
  speed: number;
  clock: Pick<Clock, 'monotonic' | 'after'>;
  interrupted: AbortSignal;
};

/** The time of a recording: it moves from line to line, so that a replay says the same at every speed. */
export type RecordedTime = Clock & { moveTo(atMs: number): void };

/**
 * Hands out what the firmware said, each piece when its time has come. What was said to the firmware is passed over.
 * Ends early when interrupted.
 */
export async function replay(
  recorded: AsyncIterable<RecordedBytes>,
  take: (bytes: Uint8Array, atMs: number) => void,
  { speed, clock, interrupted }: ReplaySettings,
): Promise<void> {
  const beganMs = clock.monotonic();
  for await (const { atMs, direction, bytes } of recorded) {
    const waitMs = speed === 0 ? 0 : atMs / speed - (clock.monotonic() - beganMs);
    if (waitMs > 0) await pause(waitMs, clock, interrupted);
    if (interrupted.aborted) return;
    if (direction === 'in') take(bytes, atMs);
  }
}

export function createRecordedTime(): RecordedTime {
  let nowMs = 0;
  const due = new Set<{ atMs: number; action: () => void; everyMs: number | null }>();
  const enter = (delayMs: number, action: () => void, everyMs: number | null) => {
    const entry = { atMs: nowMs + delayMs, action, everyMs };
    due.add(entry);
    return () => void due.delete(entry);
  };
  const nextBefore = (atMs: number) =>
    [...due].filter((entry) => entry.atMs <= atMs).toSorted((a, b) => a.atMs - b.atMs)[0];
  return {
    now: () => nowMs,
    sinceBoot: () => nowMs,
    bootId: 'recording',
    monotonic: () => nowMs,
    after: (delayMs, action) => enter(delayMs, action, null),
    every: (periodMs, action) => enter(periodMs, action, periodMs),
    moveTo(atMs) {
      for (let next = nextBefore(atMs); next !== undefined; next = nextBefore(atMs)) {
        nowMs = next.atMs;
        if (next.everyMs === null) due.delete(next);
        else next.atMs += next.everyMs;
        next.action();
      }
      nowMs = Math.max(nowMs, atMs);
    },
  };
}

function pause(ms: number, clock: ReplaySettings['clock'], interrupted: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      interrupted.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    if (interrupted.aborted) end();
    else interrupted.addEventListener('abort', end);
  });
}
