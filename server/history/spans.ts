const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a span such as "5m", "1h" or "1d". */
export function spanMs(every: string): number {
  return Number(every.slice(0, -1)) * unitMs[every.slice(-1) as keyof typeof unitMs];
}

/** The beginning of the span that holds this instant; spans begin at multiples of `everyMs` of the local clock. */
export function spanStart(atMs: number, everyMs: number, zoneMs: number): number {
  return Math.floor((atMs + zoneMs) / everyMs) * everyMs - zoneMs;
}

/** Whole spans that hold everything from one instant to another. */
export function wholeSpans(
  { fromMs, toMs }: { fromMs: number; toMs: number },
  everyMs: number,
  zoneMs: number,
): { fromMs: number; toMs: number } {
  return {
    fromMs: spanStart(fromMs, everyMs, zoneMs),
    toMs: spanStart(toMs + everyMs - 1, everyMs, zoneMs),
  };
}
