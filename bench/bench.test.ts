import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from './report.ts';

const main = join(import.meta.dirname, 'main.ts');

it('measures the hub beside its floor, and says every figure', { timeout: 240_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'carebell-bench-test-'));
  const output = join(folder, 'latest.json');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--quick', '--output', output]);
  expect({ status, said: status === 0 ? '' : stderr.toString() }).toEqual({ status: 0, said: '' });

  const document = JSON.parse(readFileSync(output, 'utf8')) as Required<Report> & {
    machine: { node: string; cpu: string; cores: number };
  };
  rmSync(folder, { recursive: true });
  const { throughput, latency, alarms, start, bridge, history, machine } = document;
  expect(machine).toMatchObject({ node: process.version, cpu: expect.any(String) });
  const figures = [
    machine.cores,
    ...throughput.rows.flatMap(({ perSecond, ofFloor }) => [perSecond, ofFloor]),
    ...latency.rows.flatMap(({ p50Ms, p99Ms, p99OfFloor }) => [p50Ms, p99Ms, p99OfFloor]),
    alarms.perSecond,
    start.startMs.value,
    start.idleRssMb.value,
    bridge.p99Ms.value,
    ...history.rows.flatMap(({ perSecond, heatMapMs }) => [perSecond.value, heatMapMs.value]),
    bridge.rssMb.value,
    bridge.cpuPercent.value,
    ...bridge.decoding.rows.map(({ framesPerSecond }) => framesPerSecond),
  ];
  for (const figure of figures) expect(figure).toBeGreaterThan(0);
  for (const { rows } of [throughput, latency])
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['aedes', 'hub', 'aedes-journal']));
  for (const { title } of throughput.rows) expect(stdout.toString()).toContain(title);
});

it('explains a wrong option and fails', () => {
  const { status, stderr } = spawnSync(process.execPath, [main, '--only', 'colour']);
  expect(status).toBe(1);
  expect(stderr.toString()).toContain(
    '--only colour: use throughput, latency, start, bridge, history, detection',
  );
});
