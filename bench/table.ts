import { grid } from './grid.ts';
import { detectionLines } from './report-detection.ts';
import type { HistoryReport } from './report-history.ts';
import type { Report } from './report.ts';

/** The report for a terminal. */
export function table({ throughput, latency, alarms, start, bridge, history, detection }: Report): string {
  const lines: string[] = [];
  if (throughput) {
    lines.push(
      '',
      ...grid(
        ['QoS 1 events acknowledged', 'per second', '× floor', 'CPU µs each', 'a PUBACK means'],
        throughput.rows.map(({ title, perSecond, ofFloor, cpuMicrosEach, acknowledged }) => [
          title,
          whole(perSecond),
          ofFloor.toFixed(2),
          cpuMicrosEach?.toFixed(1) ?? '',
          acknowledged,
        ]),
      ),
    );
    lines.push(verdict(`the hub ≥ ${throughput.aim} × the floor`, throughput.isMet));
    const beside = besideNodeRed(throughput.rows, ({ perSecond }) => perSecond);
    if (beside)
      lines.push(`  the hub's rate, fsynced, is ${beside} × that of the Node-RED flow, not fsynced`);
  }
  if (latency) {
    lines.push(
      '',
      ...grid(
        ['press → live feed', 'p50 ms', 'p99 ms', 'p99 × floor'],
        latency.rows.map(({ title, p50Ms, p99Ms, p99OfFloor }) => [
          title,
          p50Ms.toFixed(2),
          p99Ms.toFixed(2),
          p99OfFloor.toFixed(2),
        ]),
      ),
    );
    lines.push(verdict(`the hub's p99 ≤ ${latency.aim} × the floor's`, latency.isMet));
    const beside = besideNodeRed(latency.rows, ({ p99Ms }) => p99Ms);
    if (beside)
      lines.push(`  the hub's p99, fsync included, is ${beside} × that of the Node-RED flow, without`);
  }
  if (alarms) lines.push('', `alarms raised per second: ${whole(alarms.perSecond)}`);
  if (start) {
    const { startMs, idleRssMb } = start;
    lines.push('', `start to ready:  ${whole(startMs.value)} ms`);
    lines.push(verdict(`≤ ${whole(startMs.aim)} ms`, startMs.isMet));
    lines.push(`idle memory:     ${whole(idleRssMb.value)} MB`);
    lines.push(verdict(`≤ ${idleRssMb.aim} MB`, idleRssMb.isMet));
  }
  if (bridge) lines.push('', ...bridgeLines(bridge));
  if (history) lines.push('', ...historyLines(history));
  if (detection) lines.push('', ...detectionLines(detection));
  return lines.join('\n');
}

function bridgeLines({ p50Ms, p99Ms, rssMb, cpuPercent, decoding }: NonNullable<Report['bridge']>): string[] {
  return [
    `bridge, frame → PUBLISH with fsync:  p50 ${p50Ms.toFixed(2)} ms, p99 ${p99Ms.value.toFixed(2)} ms`,
    verdict(`p99 ≤ ${p99Ms.aim} ms`, p99Ms.isMet),
    `bridge, memory at 50 frames/s:       ${whole(rssMb.value)} MB`,
    verdict(`≤ ${rssMb.aim} MB`, rssMb.isMet),
    `bridge, processor at 50 frames/s:    ${cpuPercent.value.toFixed(1)} % of a core`,
    verdict(`≤ ${cpuPercent.aim} %`, cpuPercent.isMet),
    '',
    ...grid(
      ['driver', 'frames decoded per second'],
      decoding.rows.map(({ driver, framesPerSecond }) => [driver, whole(framesPerSecond)]),
    ),
    verdict(`each ≥ ${whole(decoding.aim)}`, decoding.isMet),
  ];
}

function historyLines({ events, plainPerSecond, ofPlain, rows }: HistoryReport): string[] {
  return [
    ...grid(
      [`history of ${whole(events)} events`, 'points per second', "a resident's 14 days, ms"],
      [
        ...(plainPerSecond === null ? [] : [['plain loop into InfluxDB', whole(plainPerSecond), '']]),
        ...rows.map(({ store, perSecond, heatMapMs }) => [
          store,
          whole(perSecond.value),
          heatMapMs.value.toFixed(1),
        ]),
      ],
    ),
    ...(ofPlain ? [verdict(`the follower ≥ ${ofPlain.aim} × the plain loop`, ofPlain.isMet)] : []),
    ...rows.flatMap(({ store, perSecond, heatMapMs }) => [
      verdict(`${store} catches up ≥ ${whole(perSecond.aim)} points/s`, perSecond.isMet),
      verdict(`${store} shows 14 days ≤ ${heatMapMs.aim} ms`, heatMapMs.isMet),
    ]),
  ];
}

function besideNodeRed<T extends { name: string }>(rows: readonly T[], figure: (row: T) => number) {
  const [hub, nodeRed] = ['hub', 'node-red'].map((name) => rows.find((row) => row.name === name));
  return hub && nodeRed ? (figure(hub) / figure(nodeRed)).toFixed(2) : undefined;
}

function verdict(aim: string, isMet: boolean): string {
  return `  aim: ${aim}: ${isMet ? 'met' : 'MISSED'}`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** The first column to the left, figures to the right. */
