import type { RuleKind } from '@carebell/contracts/detection.ts';
import type { Label } from '@carebell/simulators/labelled/emergencies.ts';
import { residentMonth } from '@carebell/simulators/labelled/resident-month.ts';
import type { ResidentMonth } from '@carebell/simulators/labelled/resident-month.ts';
import { replayDetection } from '@carebell/server/compose.ts';

type DetectionFinding = ReturnType<typeof replayDetection>[number];

export type Noticed = { month: ResidentMonth; label: Label; by: DetectionFinding | null };
export type FalseAlarm = { month: ResidentMonth; finding: DetectionFinding };
export type Score = {
  months: number;
  /** How many of them have this pack. */
  monthsOf: Record<string, number>;
  noticed: Noticed[];
  falseAlarms: FalseAlarm[];
  /** About equipment, and monthly reminders: work, but no alarm about a resident. */
  technical: number;
  inputs: number;
  tookMs: number;
};

/** Which rules may be said to have noticed an emergency. */
const fitting: Record<Label['kind'], readonly RuleKind[]> = {
  'fall-in-bathroom': ['bathroom-long', 'inactivity', 'out-of-bed', 'not-up'],
  'fall-in-room': ['inactivity', 'not-back'],
  'fall-at-night': ['out-of-bed', 'inactivity', 'not-up', 'bathroom-long'],
  'does-not-wake': ['not-up', 'inactivity', 'counter-without-use'],
  'ill-in-bed': ['not-up', 'inactivity', 'counter-without-use', 'bathroom-long'],
  'wanders-at-night': ['door-at-night'],
  'does-not-come-back': ['not-back'],
  'restless-night': ['too-much-activity'],
  'door-left-open': ['door-open'],
};
const technicalKinds: readonly RuleKind[] = ['button-not-tested', 'sensor-stuck'];

/** Lets the rules of the packs see a number of labelled resident-months. */
export function scoreDetection(set: string, months: number): Score {
  const score: Score = {
    months,
    monthsOf: {},
    noticed: [],
    falseAlarms: [],
    technical: 0,
    inputs: 0,
    tookMs: 0,
  };
  for (let number = 0; number < months; number += 1) {
    const month = residentMonth(set, number);
    for (const pack of month.riskGroups) score.monthsOf[pack] = (score.monthsOf[pack] ?? 0) + 1;
    const startedAtMs = performance.now();
    const findings = replayDetection(month);
    score.tookMs += performance.now() - startedAtMs;
    score.inputs += month.told.length;
    for (const label of month.labels) {
      const by = findings.find(
        ({ rule, noticedMs }) =>
          fitting[label.kind].includes(rule) &&
          noticedMs >= label.atMs &&
          noticedMs <= label.atMs + label.withinMs,
      );
      score.noticed.push({ month, label, by: by ?? null });
    }
    for (const finding of findings) {
      if (technicalKinds.includes(finding.rule)) score.technical += 1;
      else if (
        !month.labels.some(({ atMs, overMs }) => finding.noticedMs >= atMs && finding.noticedMs <= overMs)
      )
        score.falseAlarms.push({ month, finding });
    }
  }
  return score;
}
