import { msUntilToken, takeToken } from './limits.ts';
import type { Bucket, Rate } from './limits.ts';
import type { Timer } from './ports.ts';

export type ThrottleDependencies<T> = {
  bucket: Bucket;
  rate: Rate;
  longestHoldMs: number;
  now: () => number;
  after: Timer;
  pass: (item: T) => void;
};

/** Holds back, in order, what comes faster than the rate; none longer than `longestHoldMs`. */
export class Throttle<T> {
  readonly #dependencies: ThrottleDependencies<T>;
  #line: { item: T; atMs: number }[] = [];
  #head = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(dependencies: ThrottleDependencies<T>) {
    this.#dependencies = dependencies;
  }

  /** Whether an item may pass now: it is within the rate and nothing waits ahead of it. */
  admits(nowMs: number): boolean {
    return this.#line.length === 0 && takeToken(this.#dependencies.bucket, this.#dependencies.rate, nowMs);
  }

  hold(item: T, nowMs: number): void {
    this.#line.push({ item, atMs: nowMs });
    if (this.#cancelTimer === undefined) this.#schedule(nowMs);
  }

  /** Passes everything on at once, for a connection that has ended. */
  flush(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const waiting = this.#line.slice(this.#head);
    this.#line = [];
    this.#head = 0;
    for (const { item } of waiting) this.#dependencies.pass(item);
  }

  #schedule(nowMs: number): void {
    const first = this.#line[this.#head];
    if (first === undefined) return;
    const { after, bucket, rate, longestHoldMs } = this.#dependencies;
    const delayMs = Math.min(first.atMs + longestHoldMs - nowMs, msUntilToken(bucket, rate, nowMs));
    this.#cancelTimer = after(Math.max(1, delayMs), () => {
      this.#cancelTimer = undefined;
      this.#release();
    });
  }

  #release(): void {
    const { now, bucket, rate, longestHoldMs, pass } = this.#dependencies;
    const nowMs = now();
    for (let first = this.#line[this.#head]; first !== undefined; first = this.#line[this.#head]) {
      // A clock that was set back must not prolong the wait, so a negative one ends it.
      const waitedMs = nowMs - first.atMs;
      const isOver = waitedMs >= longestHoldMs || waitedMs < 0;
      if (!takeToken(bucket, rate, nowMs) && !isOver) break;
      this.#head++;
      pass(first.item);
    }
    if (this.#head >= this.#line.length) {
      this.#line = [];
      this.#head = 0;
    }
    this.#schedule(nowMs);
  }
}
