import type { FaultReport } from './run-fault.ts';

const columns = [
  'fault',
  'rounds',
  'acknowledged',
  'lost',
  'presses',
  'shown before stored',
  'not shown',
  'shown twice',
  'without deadline',
  'works again after, ms (median, longest)',
] as const;

/** The reports as a table in Markdown. */
export function tableOf(reports: readonly FaultReport[]): string {
  const rows = reports.map((report) => [
    report.what,
    String(report.rounds),
    report.acknowledged.toLocaleString('en'),
    report.lostAndTold > 0 ? `${report.lostAndTold}, and told` : times(report, 'lost'),
    report.presses.toLocaleString('en'),
    String(report.shownNotStored),
    times(report, 'notShown'),
    times(report, 'shownTwice'),
    times(report, 'withoutDeadline'),
    span(report.workedAgainAfterMs),
  ]);
  const lines = [columns, columns.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function times({ broken }: FaultReport, promise: string): string {
  return String(broken[promise]?.length ?? 0);
}

function span(durations: readonly number[]): string {
  const sorted = durations.toSorted((a, b) => a - b);
  const [middle, longest] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return middle === undefined || longest === undefined ? 'never' : `${middle}, ${longest}`;
}
