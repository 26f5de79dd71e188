const [most, mulberry] = [2 ** 32, 0x6d_2b_79_f5];

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
export function seeded(from: number): () => number {
  let state = from;
  return () => {
    state = (state + mulberry) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / most;
  };
}
