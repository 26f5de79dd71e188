/** A token bucket: `burst` at once, then `perSecond`. Only elapsed time counts; a clock set back grants nothing. */
export type Rate = { perSecond: number; burst: number };
export type Bucket = { tokens: number; atMs: number };

export function fullBucket(rate: Rate, nowMs: number): Bucket {
  return { tokens: rate.burst, atMs: nowMs };
}

/** Takes one token if there is one. */
export function takeToken(bucket: Bucket, rate: Rate, nowMs: number): boolean {
  refill(bucket, rate, nowMs);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

/** Milliseconds, rounded up, until a token can be taken; 0 when one is there. */
export function msUntilToken(bucket: Bucket, rate: Rate, nowMs: number): number {
  refill(bucket, rate, nowMs);
  return bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) / rate.perSecond) * 1000);
}

/** A bucket that is as good as a new one, so that it need not be remembered. */
export function isFull(bucket: Bucket, rate: Rate, nowMs: number): boolean {
  refill(bucket, rate, nowMs);
  return bucket.tokens >= rate.burst;
}

function refill(bucket: Bucket, rate: Rate, nowMs: number): void {
  const elapsedMs = nowMs - bucket.atMs;
  bucket.atMs = nowMs;
  if (elapsedMs > 0)
    bucket.tokens = Math.min(rate.burst, bucket.tokens + (elapsedMs * rate.perSecond) / 1000);
}

/** A map that forgets what was set or touched longest ago when it is full. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #capacity: number;
  readonly #forgotten: (key: K) => void;

  constructor(capacity: number, forgotten: (key: K) => void = () => undefined) {
    this.#capacity = capacity;
    this.#forgotten = forgotten;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#capacity) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      this.#forgotten(oldest);
      return;
    }
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }
}
