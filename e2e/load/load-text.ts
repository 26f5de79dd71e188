import type { LoadReport } from './run-load.ts';

export const aims = { perConnectionKb: 32, pubackP99Ms: 250 } as const;

const columns = [
  'connected',
  'in, s',
  'a sign of life every, s',
  'acknowledged',
  'lost',
  'PUBACK p50 / p99 / most, ms',
  'hub memory before / connected / most / end, MB',
  'KB a connection',
  'cores: hub / load',
] as const;

/** By name, what was not held; empty is as it must be. */
export function brokenInLoad(report: LoadReport): string[] {
  const checks: [string, boolean][] = [
    [`${report.devices - report.connected} not connected at the end`, report.connected < report.devices],
    [`${report.lostConnections} connections ended by the hub`, report.lostConnections > 0],
    [
      `${report.acknowledged - report.stored} acknowledged and not stored`,
      report.stored < report.acknowledged,
    ],
    [`${report.waiting} never acknowledged`, report.waiting > 0],
    [`above ${aims.perConnectionKb} KB a connection`, report.perConnectionKb > aims.perConnectionKb],
    [`PUBACK p99 above ${aims.pubackP99Ms} ms`, report.pubackMs.p99 > aims.pubackP99Ms],
  ];
  return checks.flatMap(([what, isBroken]) => (isBroken ? [what] : []));
}

export function loadText(report: LoadReport): string {
  const { memoryMb, pubackMs, cores } = report;
  const row = [
    report.connected.toLocaleString('en'),
    report.connectedInSeconds.toFixed(0),
    String(report.heartbeatSeconds),
    report.acknowledged.toLocaleString('en'),
    String(Math.max(0, report.acknowledged - report.stored)),
    `${pubackMs.p50.toFixed(1)} / ${pubackMs.p99.toFixed(0)} / ${pubackMs.most.toFixed(0)}`,
    `${memoryMb.before} / ${memoryMb.connected} / ${memoryMb.most} / ${memoryMb.end}`,
    report.perConnectionKb.toFixed(1),
    `${cores.hub.toFixed(2)} / ${cores.generator.toFixed(2)}`,
  ];
  const table = [columns, columns.map(() => '---'), row].map((cells) => `| ${cells.join(' | ')} |`);
  const broken = brokenInLoad(report);
  return [
    ...table,
    '',
    broken.length === 0 ? 'load: every aim held' : `load: MISSED: ${broken.join('; ')}`,
  ].join('\n');
}
