/** Times in ms, kept by buckets of 4 %, so that a day of them takes no more memory than a minute. */
export type Samples = {
  add(ms: number): void;
  count(): number;
  /** The value below which this part of the samples lies, to 4 %; `NaN` without any. */
  at(part: number): number;
  most(): number;
};

const [smallestMs, growth, buckets] = [0.05, 1.04, 400];

export function openSamples(): Samples {
  const counts = new Uint32Array(buckets);
  let [total, most] = [0, 0];
  return {
    add(ms) {
      const bucket = ms <= smallestMs ? 0 : Math.ceil(Math.log(ms / smallestMs) / Math.log(growth));
      const at = Math.min(buckets - 1, bucket);
      counts[at] = (counts[at] ?? 0) + 1;
      total += 1;
      most = Math.max(most, ms);
    },
    count: () => total,
    at(part) {
      let left = Math.ceil(part * total);
      for (const [bucket, count] of counts.entries()) {
        left -= count;
        if (left <= 0 && total > 0) return Math.min(most, smallestMs * growth ** bucket);
      }
      return Number.NaN;
    },
    most: () => (total === 0 ? Number.NaN : most),
  };
}
