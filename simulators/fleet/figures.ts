/** Latencies in milliseconds. */
export type Latencies = { count: number; p50: number; p95: number; p99: number; max: number };

export type FleetFigures = {
  sent: number;
  accepted: number;
  /** Events that took more than one transmission. */
  repeated: number;
  /** From the transmission to its PUBACK. */
  puback: Latencies;
  /** From the press to the first reassurance that came after it. */
  reassurance: Latencies;
};

export function latenciesOf(samples: readonly number[]): Latencies {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 };
}
