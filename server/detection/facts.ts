import type { Rule } from '@carebell/contracts/detection.ts';
import type { AbsenceKind } from '@carebell/contracts/absence.ts';
import { blindSince, isGone, isSeeing, merged } from './sight.ts';
import type { Span, ZoneMs } from './wall-clock.ts';
import { latestSign, outSince } from './watch.ts';
import type { Sensor, Sign, Watch } from './watch.ts';

/** When the resident is not expected at home, or has somebody with them; one that was ended early ends there. */
export type AbsentTime = { fromMs: number; untilMs: number; kind: AbsenceKind };

/** What surrounds a resident while rules are judged. */
export type Surroundings = {
  rules: readonly Rule[];
  zone: ZoneMs;
  /** When the resident is not expected at home, or has somebody with them. */
  absences: readonly AbsentTime[];
  /** When the hub itself was not running. */
  hubGaps: readonly Span[];
  /** A button of the resident, if there is one. */
  buttonId: string | null;
};

/** What rules ask, worked out once for all of them. */
export type Facts = Surroundings & {
  watch: Watch;
  nowMs: number;
  stuckAfterMs: number;
  unknown: readonly Span[];
  absence: AbsentTime | null;
  /** Nothing in the dwelling can be seen now. */
  isBlind: boolean;
  out: Sign | null;
  last: Sign | null;
};

const usualStuckAfterMs = 6 * 3_600_000;

export function stuckAfterMs(rules: readonly Rule[]): number {
  const rule = rules.find((one) => one.kind === 'sensor-stuck');
  return rule ? rule.afterMinutes * 60_000 : usualStuckAfterMs;
}

export function factsOf(watch: Watch, nowMs: number, surroundings: Surroundings): Facts {
  const stuckMs = stuckAfterMs(surroundings.rules);
  const { absences, hubGaps } = surroundings;
  return {
    ...surroundings,
    watch,
    nowMs,
    stuckAfterMs: stuckMs,
    unknown: merged([...watch.gaps, ...hubGaps, ...absences]),
    absence: absenceAt(absences, nowMs),
    isBlind: blindSince(watch, nowMs) !== null,
    out: outSince(watch, stuckMs),
    last: latestSign(watch, stuckMs),
  };
}

export function absenceAt(absences: readonly AbsentTime[], atMs: number): AbsentTime | null {
  return absences.find(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs) ?? null;
}

/** Whether any sensor of this sort can be relied on now. */
export function hasLive({ watch, nowMs }: Facts, isWanted: (sensor: Sensor) => boolean): boolean {
  return Object.values(watch.sensors).some((sensor) => isWanted(sensor) && !isGone(sensor, nowMs));
}

/** A sensor that sees has gone, though not all of them: silence says less than usual. */
export function isHalfBlind({ watch, nowMs }: Facts): boolean {
  return Object.values(watch.sensors).some(
    (sensor) => isSeeing(sensor) && sensor.type !== 'door-sensor' && isGone(sensor, nowMs),
  );
}
