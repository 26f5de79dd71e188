import { packNames } from '@carebell/contracts/detection.ts';
import type { Score } from './detection-score.ts';
import { percentile } from './statistics.ts';
import { grid } from './grid.ts';

/** What fixed rules are to reach on residents that nobody tuned them on. */
export const detectionAims = { noticedPart: 0.9, falsePerMonth: 1 };

export type DetectionRow = {
  name: string;
  emergencies: number;
  noticedPart: number | null;
  p50Minutes: number | null;
  p95Minutes: number | null;
};
export type FalseRow = { name: string; falsePerMonth: number };
export type DetectionReport = {
  set: string;
  residentMonths: number;
  inputs: number;
  microsPerInput: number;
  noticedPart: { value: number; aim: number; isMet: boolean };
  falsePerMonth: { value: number; aim: number; isMet: boolean };
  technicalPerMonth: number;
  byEmergency: DetectionRow[];
  byPack: (DetectionRow & FalseRow)[];
  byRule: FalseRow[];
};

export function reportDetection(set: string, score: Score): DetectionReport {
  const { months, noticed, falseAlarms } = score;
  const part = noticed.filter(({ by }) => by !== null).length / noticed.length;
  const falsePerMonth = falseAlarms.length / months;
  const { noticedPart: partAim, falsePerMonth: falseAim } = detectionAims;
  const rules = [...new Set(falseAlarms.map(({ finding }) => finding.rule))].toSorted();
  return {
    set,
    residentMonths: months,
    inputs: score.inputs,
    microsPerInput: (score.tookMs * 1000) / score.inputs,
    noticedPart: { value: part, aim: partAim, isMet: part >= partAim },
    falsePerMonth: { value: falsePerMonth, aim: falseAim, isMet: falsePerMonth <= falseAim },
    technicalPerMonth: score.technical / months,
    byEmergency: [...new Set(noticed.map(({ label }) => label.kind))].toSorted().map((kind) =>
      rowOf(
        kind,
        noticed.filter(({ label }) => label.kind === kind),
      ),
    ),
    byPack: packNames.map((pack) => {
      const ofPack = ({ month }: { month: { riskGroups: readonly string[] } }): boolean =>
        month.riskGroups.includes(pack);
      return {
        ...rowOf(pack, noticed.filter(ofPack)),
        falsePerMonth: falseAlarms.filter(ofPack).length / (score.monthsOf[pack] ?? 1),
      };
    }),
    byRule: rules.map((rule) => ({
      name: rule,
      falsePerMonth: falseAlarms.filter(({ finding }) => finding.rule === rule).length / months,
    })),
  };
}

function rowOf(name: string, noticed: Score['noticed']): DetectionRow {
  const minutes = noticed.flatMap(({ by, label }) => (by ? [(by.noticedMs - label.atMs) / 60_000] : []));
  return {
    name,
    emergencies: noticed.length,
    noticedPart: noticed.length === 0 ? null : minutes.length / noticed.length,
    p50Minutes: minutes.length === 0 ? null : percentile(minutes, 0.5),
    p95Minutes: minutes.length === 0 ? null : percentile(minutes, 0.95),
  };
}

export function detectionLines(report: DetectionReport): string[] {
  const row = ({ name, emergencies, noticedPart, p50Minutes, p95Minutes }: DetectionRow): string[] => [
    name,
    String(emergencies),
    noticedPart === null ? '' : `${(noticedPart * 100).toFixed(1)} %`,
    p50Minutes?.toFixed(0) ?? '',
    p95Minutes?.toFixed(0) ?? '',
  ];
  const titles = ['emergencies', 'noticed in time', 'p50 min', 'p95 min'];
  const verdict = (isMet: boolean): string => (isMet ? 'met' : 'MISSED');
  const { noticedPart, falsePerMonth } = report;
  return [
    `${report.residentMonths} resident-months of the seeds ${report.set}, ${report.inputs} messages, ${report.microsPerInput.toFixed(1)} µs each`,
    '',
    ...grid(['detection, by emergency', ...titles], report.byEmergency.map(row)),
    '',
    ...grid(
      ['by pack', ...titles, 'false alarms per month'],
      report.byPack.map((pack) => [...row(pack), pack.falsePerMonth.toFixed(2)]),
    ),
    '',
    ...grid(
      ['by rule', 'false alarms per resident-month'],
      report.byRule.map(({ name, falsePerMonth: value }) => [name, value.toFixed(3)]),
    ),
    '',
    `noticed in time:  ${(noticedPart.value * 100).toFixed(1)} %   aim ≥ ${noticedPart.aim * 100} %: ${verdict(noticedPart.isMet)}`,
    `false alarms per resident-month:  ${falsePerMonth.value.toFixed(2)}   aim ≤ ${falsePerMonth.aim}: ${verdict(falsePerMonth.isMet)}`,
    `about equipment, per resident-month:  ${report.technicalPerMonth.toFixed(2)}`,
  ];
}
