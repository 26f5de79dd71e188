import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** The only source of time. Tests hand in one that they move by hand. */
export type Clock = {
  /** Milliseconds since the epoch, as far as this machine knows: a Raspberry Pi without a clock chip starts in the past. */
  now(): number;
  /** Milliseconds since some start, for durations: it goes on evenly when the wall clock is set. */
  monotonic(): number;
  /** Milliseconds since the machine started; the same count for every process of one `bootId`. */
  sinceBoot(): number;
  readonly bootId: string;
  /** Runs `action` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, action: () => void): () => void;
  /** Runs `action` every `periodMs`; the returned function ends it. */
  every(periodMs: number, action: () => void): () => void;
};

const anchorForMs = 1_000;

/** Its timers hold the process: a bridge that waits for its cable and its hub has nothing else that would. */
export function systemClock(): Clock {
  let anchor = { uptimeMs: uptime() * 1000, atMs: performance.now() };
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sinceBoot() {
      const nowMs = performance.now();
      // Asking the system costs a system call; asked seldom it still knows of a sleep of the machine.
      if (nowMs - anchor.atMs > anchorForMs) anchor = { uptimeMs: uptime() * 1000, atMs: nowMs };
      return Math.round(anchor.uptimeMs + nowMs - anchor.atMs);
    },
    bootId: readBootId(),
    after(delayMs, action) {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
    every(periodMs, action) {
      const timer = setInterval(action, periodMs);
      return () => clearInterval(timer);
    },
  };
}

function readBootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // Not Linux: each start counts as one of the machine, and ages across it come from the wall clock.
    return randomUUID();
  }
}
