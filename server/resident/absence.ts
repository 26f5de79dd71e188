import { latestEntryDays, longestAbsenceDays } from '@carebell/contracts/absence-limits.ts';
import type { AbsenceKind, AbsencePhase } from '@carebell/contracts/absence.ts';

const dayMs = 86_400_000;

/** Instants are milliseconds since the epoch; `endedAtMs` is `null` until it is over. */
export type AbsenceSpan = {
  kind: AbsenceKind;
  fromMs: number;
  untilMs: number;
  endedAtMs: number | null;
};

export type SpanRefusal = 'until-not-later' | 'until-passed' | 'too-long' | 'from-too-early';

/** When it is really over: at `until`, or before, when somebody ended it. */
export function endOf({ untilMs, endedAtMs }: Pick<AbsenceSpan, 'untilMs' | 'endedAtMs'>): number {
  return Math.min(untilMs, endedAtMs ?? untilMs);
}

export function phaseAt(span: AbsenceSpan, atMs: number): AbsencePhase {
  if (span.endedAtMs !== null || atMs >= span.untilMs) return 'over';
  return atMs < span.fromMs ? 'planned' : 'running';
}

export function overlaps(
  a: Pick<AbsenceSpan, 'fromMs' | 'untilMs' | 'endedAtMs'>,
  b: Pick<AbsenceSpan, 'fromMs' | 'untilMs' | 'endedAtMs'>,
): boolean {
  // One that was ended before it began holds at no instant, and is in nobody's way.
  return Math.max(a.fromMs, b.fromMs) < Math.min(endOf(a), endOf(b));
}

/** Why a span cannot be entered; `null` if it can. */
export function spanRefusal(
  { fromMs, untilMs }: Pick<AbsenceSpan, 'fromMs' | 'untilMs'>,
  nowMs: number,
): SpanRefusal | null {
  if (fromMs < nowMs - latestEntryDays * dayMs) return 'from-too-early';
  return untilRefusal({ fromMs, untilMs }, nowMs);
}

/** The same for a change, which leaves the beginning as it is. From today on, so that a long stay can be prolonged. */
export function untilRefusal(
  { fromMs, untilMs }: Pick<AbsenceSpan, 'fromMs' | 'untilMs'>,
  nowMs: number,
): SpanRefusal | null {
  if (untilMs <= fromMs) return 'until-not-later';
  if (untilMs <= nowMs) return 'until-passed';
  return untilMs > Math.max(fromMs, nowMs) + longestAbsenceDays * dayMs ? 'too-long' : null;
}
