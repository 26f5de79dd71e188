import type { Sensor, Watch } from './watch.ts';
import type { Span } from './wall-clock.ts';

/** Beats come within twice their usual distance and ten minutes, or the sensor is taken to be gone. */
const beatSlackMs = 600_000;
/** Shorter gaps than this are no loss. */
const shortestGapMs = 60_000;
const keptGaps = 6;

/** Types that see whether somebody moves. */
export function isSeeing({ type }: Pick<Sensor, 'type'>): boolean {
  return type === 'motion-sensor' || type === 'bed-sensor' || type === 'door-sensor';
}

/** It is switched off, or has beaten regularly and no longer does. One that never beats is taken to be well. */
export function isGone(sensor: Sensor, nowMs: number): boolean {
  if (sensor.offMs !== null) return true;
  return sensor.beatMs !== null && nowMs - sensor.heardMs > 2 * sensor.beatGapMs + beatSlackMs;
}

/** Since when nothing in the dwelling can be seen; `null` while anything can. */
export function blindSince(watch: Watch, nowMs: number): number | null {
  const seeing = Object.values(watch.sensors).filter(isSeeing);
  if (seeing.length === 0 || !seeing.every((sensor) => isGone(sensor, nowMs))) return null;
  return Math.max(...seeing.map(({ offMs, heardMs }) => offMs ?? heardMs));
}

/** Adds a time in which nothing could be seen, and forgets those that lie long back. */
export function withGap(gaps: readonly Span[], gap: Span): Span[] {
  if (gap.untilMs - gap.fromMs < shortestGapMs) return [...gaps];
  return [...gaps, gap].slice(-keptGaps);
}

/** Spans in order, those that touch each other as one. */
export function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { fromMs, untilMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last && fromMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, untilMs);
    else result.push({ fromMs, untilMs });
  }
  return result;
}

/**
 * When so much known time has passed since an instant. Unknown time does not count; after it, as much known time must
 * pass as was unknown, up to the whole length, because nobody knows what happened meanwhile.
 */
export function dueAfter(fromMs: number, lengthMs: number, unknown: readonly Span[]): number {
  let dueMs = fromMs + lengthMs;
  for (const gap of unknown) {
    const beginMs = Math.max(gap.fromMs, fromMs);
    const goneMs = gap.untilMs - beginMs;
    if (goneMs <= 0 || beginMs >= dueMs) continue;
    dueMs = Math.max(dueMs + goneMs, gap.untilMs + Math.min(lengthMs, goneMs));
  }
  return dueMs;
}

export function unknownWithin({ fromMs, untilMs }: Span, unknown: readonly Span[]): number {
  return unknown.reduce(
    (sum, gap) => sum + Math.max(0, Math.min(gap.untilMs, untilMs) - Math.max(gap.fromMs, fromMs)),
    0,
  );
}
