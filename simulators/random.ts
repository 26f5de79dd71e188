/** A number from 0 (included) to 1 (excluded). */
export type Random = () => number;

/**
 * A stream of numbers that depends on its seed only. Give every device and every resident a stream of its own
 * (`${seed}:${id}`), then what one does never changes what another does.
 */
export function seededRandom(seed: string): Random {
  let state = hash(seed);
  // mulberry32: one 32-bit word of state, period 2^32.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

export function wholeBetween(random: Random, low: number, high: number): number {
  return Math.floor(between(random, low, high + 1));
}

export function pick<T>(random: Random, first: T, ...rest: T[]): T {
  return rest[Math.floor(random() * (rest.length + 1)) - 1] ?? first;
}

/** Waiting times of things that happen independently of each other, `mean` apart on average. */
export function waitingTime(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean;
}

function hash(text: string): number {
  // FNV-1a, 32 bits.
  let value = 0x811c9dc5;
  for (const letter of text) {
    value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  return value >>> 0;
}
