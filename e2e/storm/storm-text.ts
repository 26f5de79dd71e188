import { brokenInStorm } from './verdict.ts';
import type { Figures, StormReport } from './verdict.ts';

const ms = (value: number): string => Math.round(value).toLocaleString('en');
const figures = ({ p50, p99, most }: Figures): string =>
  `p50 ${ms(p50)} ms, p99 ${ms(p99)} ms, the last ${ms(most)} ms`;

const columns = [
  'buttons / s',
  'other events/s',
  'acknowledged',
  'lost',
  'PUBACK p99, ms',
  'live feed p50 / p99, ms',
  'wall in Chromium p50 / p99, ms',
  'key → paint p50 / p98, ms',
  'longest frame, ms',
  'hub memory before / most / after, MB',
  'cores: hub / load / browser',
] as const;

/** The report for people, the row for docs/reliability.md, and the verdict. */
export function stormText(report: StormReport): string {
  const { wall, wallMs, memoryMb, cores } = report;
  const lines = [
    `${report.buttons} buttons within ${report.withinSeconds} s over ${ms(report.backgroundPerSecond)} events/s:`,
    `  ${report.acknowledged} acknowledged, ${report.lost} lost; ${report.lostConnections} connections lost`,
    `  of ${ms(report.backgroundAcknowledged)} other events acknowledged ${report.backgroundLost} lost, ${report.heldBack} held back; PUBACK p99 ${ms(report.backgroundPubackP99Ms)} ms`,
    `  press → PUBACK: ${figures(report.pubackMs)}`,
    `  press → live feed: ${figures(report.feedMs)}`,
    ...(wall === null || wallMs === null
      ? ['  no Chromium: the wall was not measured']
      : [
          `  press → counted on the wall in Chromium: ${figures(wallMs)}`,
          `  ${wall.keyMs.count} keys → next paint: p50 ${ms(wall.keyMs.p50)} ms, p98 ${ms(wall.keyMs.p98)} ms, most ${ms(wall.keyMs.most)} ms`,
          `  frames: p99 ${ms(wall.frameMs.p99)} ms, longest ${ms(wall.frameMs.most)} ms; ${wall.longTasks.count} tasks above 50 ms, longest ${ms(wall.longTasks.mostMs)} ms; heap of the page ${wall.heapMb} MB`,
        ]),
    `  memory of the hub: ${memoryMb.before} MB before, ${memoryMb.most} MB at most, ${memoryMb.after} MB after`,
    `  processor, in cores: hub ${cores.hub.toFixed(2)}, load generator ${cores.generator.toFixed(2)}, Chromium ${cores.browser.toFixed(2)}`,
  ];
  const pair = (from: number, to: number): string => `${ms(from)} / ${ms(to)}`;
  const row = [
    `${report.buttons.toLocaleString('en')} / ${report.withinSeconds}`,
    ms(report.backgroundPerSecond),
    report.acknowledged.toLocaleString('en'),
    String(report.lost + report.backgroundLost),
    ms(report.pubackMs.p99),
    pair(report.feedMs.p50, report.feedMs.p99),
    wallMs === null ? '' : pair(wallMs.p50, wallMs.p99),
    wall === null ? '' : pair(wall.keyMs.p50, wall.keyMs.p98),
    wall === null ? '' : ms(wall.frameMs.most),
    `${memoryMb.before} / ${memoryMb.most} / ${memoryMb.after}`,
    `${cores.hub.toFixed(2)} / ${cores.generator.toFixed(2)} / ${cores.browser.toFixed(2)}`,
  ];
  const broken = brokenInStorm(report);
  const table = [columns, columns.map(() => '---'), row].map((cells) => `| ${cells.join(' | ')} |`);
  const verdict = broken.length === 0 ? 'storm: every aim held' : `storm: MISSED: ${broken.join('; ')}`;
  return [...lines, '', ...table, '', verdict].join('\n');
}
