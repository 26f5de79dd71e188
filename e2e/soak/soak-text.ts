import type { SoakReport, SoakRow } from './run-soak.ts';
import { slopeOf } from './slope.ts';

/** The first part is warming up: code is compiled, caches and the young generation grow to what the load needs. */
const warmUpPart = 0.25;
/** Over all that was measured after warming up, beside what one collection more or less makes. */
export const aims = { growthPart: 0.1, growthMb: 30, slowerTimes: 2, slowerMs: 20 } as const;

const columns = [
  'minute',
  'memory, MB',
  'young generation, MB',
  'store, MB',
  'PUBACK p50 / p99, ms',
  'press → screen p50 / p99, ms',
  'events',
  'alarms closed',
  'open',
  'cores: hub / load',
] as const;

const pair = ({ p50, p99 }: { p50: number; p99: number }): string => `${p50.toFixed(1)} / ${p99.toFixed(0)}`;

export const headText = [columns, columns.map(() => '---')]
  .map((cells) => `| ${cells.join(' | ')} |`)
  .join('\n');

export function rowText(row: SoakRow): string {
  const cells = [
    row.minute.toFixed(1),
    String(row.memoryMb),
    String(row.youngMb),
    String(row.storeMb),
    pair(row.pubackMs),
    pair(row.shownMs),
    row.events.toLocaleString('en'),
    String(row.alarms),
    String(row.open),
    `${row.hubCores.toFixed(2)} / ${row.loadCores.toFixed(2)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function judged({ rows }: SoakReport) {
  const warm = rows.slice(Math.floor(rows.length * warmUpPart));
  const course = (figure: (row: SoakRow) => number): number[] => warm.map(figure).filter(Number.isFinite);
  const trend = (values: readonly number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const perRow = slopeOf(values);
    return { mean, perRow, over: perRow * Math.max(0, values.length - 1) };
  };
  return {
    minutes: (warm.at(-1)?.minute ?? 0) - (warm[0]?.minute ?? 0),
    memory: trend(course((row) => row.memoryMb)),
    kept: trend(course((row) => row.memoryMb - row.youngMb)),
    puback: trend(course((row) => row.pubackMs.p99)),
    shown: trend(course((row) => row.shownMs.p99)),
  };
}

/** By name, what was not held; empty is as it must be. */
export function brokenInSoak(report: SoakReport): string[] {
  const { kept, puback, shown } = judged(report);
  const grows = ({ mean, over }: typeof kept): boolean => over > mean * aims.growthPart + aims.growthMb;
  const slows = ({ mean, over }: typeof kept): boolean =>
    mean + over / 2 > (mean - over / 2) * aims.slowerTimes + aims.slowerMs;
  const checks: [string, boolean][] = [
    [
      `${report.acknowledged - report.stored} acknowledged and not stored`,
      report.stored < report.acknowledged,
    ],
    [`${report.pressed - report.closed} calls not closed`, report.closed < report.pressed],
    [`refused: ${report.refused.join(', ')}`, report.refused.length > 0],
    [`what is kept in memory grows by ${kept.over.toFixed(0)} MB`, grows(kept)],
    [`PUBACK p99 rises by ${puback.over.toFixed(0)} ms`, slows(puback)],
    [`press → screen p99 rises by ${shown.over.toFixed(0)} ms`, slows(shown)],
  ];
  return checks.flatMap(([what, isBroken]) => (isBroken ? [what] : []));
}

export function soakText(report: SoakReport): string {
  const { minutes, memory, kept, puback, shown } = judged(report);
  const { hours, minutes: inMinutes, residents } = report.setting;
  const slope = (name: string, { mean, over }: typeof memory, unit: string): string =>
    `| ${name} | ${mean.toFixed(1)} ${unit} | ${over >= 0 ? '+' : ''}${over.toFixed(1)} ${unit} in ${minutes.toFixed(0)} min |`;
  const broken = brokenInSoak(report);
  return [
    headText,
    ...report.rows.map(rowText),
    '',
    `| ${hours} h of ${residents} residents in ${inMinutes} min, after the first quarter | mean | slope |`,
    '| --- | --- | --- |',
    slope('memory', memory, 'MB'),
    slope('memory without the young generation', kept, 'MB'),
    slope('PUBACK p99', puback, 'ms'),
    slope('press → screen p99', shown, 'ms'),
    '',
    `${report.acknowledged.toLocaleString('en')} events acknowledged, ${report.stored.toLocaleString('en')} stored; ${report.pressed} calls, ${report.closed} closed`,
    broken.length === 0 ? 'soak: every aim held' : `soak: MISSED: ${broken.join('; ')}`,
  ].join('\n');
}
