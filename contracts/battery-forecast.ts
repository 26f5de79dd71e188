export type BatteryValue = { atMs: number; percent: number };

export type BatteryForecast =
  | { ok: true; emptyAtMs: number; percentPerDay: number }
  /** `silent`: nothing was heard of late. `replaced` too short a time ago, or simply `too-few` values. */
  | { ok: false; reason: 'too-few' | 'replaced' | 'silent' | 'not-falling' | 'unsteady' | 'too-far' };

const dayMs = 24 * 3_600_000;
/** What is looked at, and the least of it that says anything. */
const fittedDays = 14;
const leastDays = 3;
const leastValues = 6;
/** A cell does not charge itself: a rise by this is a new one. */
const replacedRisePercent = 10;
const silentAfterDays = 2;
/** Less than the step in which most devices measure is no fall. */
const leastFallPercent = 0.5;
/** Of the variation of the values the line must explain this part. */
const leastFit = 0.6;
const farthestDays = 730;

/**
 * When the battery will be empty, by a straight line through the last days since it was replaced; says why if it cannot know.
 * `values` are in the order of time.
 */
export function forecastBattery(values: readonly BatteryValue[], nowMs: number): BatteryForecast {
  const last = values.at(-1);
  if (last === undefined) return { ok: false, reason: 'too-few' };
  if (nowMs - last.atMs > silentAfterDays * dayMs) return { ok: false, reason: 'silent' };
  const rise = values.findLastIndex(
    ({ percent }, index) => percent - (values[index - 1]?.percent ?? percent) >= replacedRisePercent,
  );
  const since = Math.max(0, rise);
  const fitted = values.slice(since).filter(({ atMs }) => atMs >= nowMs - fittedDays * dayMs);
  const first = fitted[0];
  if (first === undefined || fitted.length < leastValues || last.atMs - first.atMs < leastDays * dayMs) {
    return { ok: false, reason: rise > 0 ? 'replaced' : 'too-few' };
  }
  const { perMs, at, fit } = lineThrough(fitted);
  const fallen = -perMs * (last.atMs - first.atMs);
  if (fallen < leastFallPercent) return { ok: false, reason: 'not-falling' };
  if (fit < leastFit) return { ok: false, reason: 'unsteady' };
  const emptyAtMs = Math.max(nowMs, last.atMs + at(last.atMs) / -perMs);
  if (emptyAtMs - nowMs > farthestDays * dayMs) return { ok: false, reason: 'too-far' };
  return { ok: true, emptyAtMs, percentPerDay: -perMs * dayMs };
}

/** The line of least squares; `fit` is the part of the variation that it explains (r²). */
function lineThrough(values: readonly BatteryValue[]) {
  const mean = (of: (value: BatteryValue) => number) =>
    values.reduce((sum, value) => sum + of(value), 0) / values.length;
  const [middleMs, middle] = [mean(({ atMs }) => atMs), mean(({ percent }) => percent)];
  const spread = mean(({ atMs }) => (atMs - middleMs) ** 2);
  const together = mean(({ atMs, percent }) => (atMs - middleMs) * (percent - middle));
  const variation = mean(({ percent }) => (percent - middle) ** 2);
  const perMs = spread === 0 ? 0 : together / spread;
  return {
    perMs,
    at: (atMs: number) => middle + perMs * (atMs - middleMs),
    fit: variation === 0 || spread === 0 ? 0 : together ** 2 / (spread * variation),
  };
}
