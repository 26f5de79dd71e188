import { loadShape } from './load-shape.ts';
import type { LatencyResult } from './load/measure-latency.ts';
import type { ThroughputResult } from './load/measure-throughput.ts';
import { measureDecoding } from './decode-rate.ts';
import { measureBridge } from './measure-bridge.ts';
import type { BridgeResult } from './measure-bridge.ts';
import type { Options } from './options.ts';
import { reportAlarms, reportBridge, reportLatency, reportStart, reportThroughput } from './report.ts';
import type { Report } from './report.ts';
import { measureHistory } from './measure-history.ts';
import { scoreDetection } from './detection-score.ts';
import { reportDetection } from './report-detection.ts';
import { reportHistory } from './report-history.ts';
import { runSubject } from './run-subject.ts';
import type { Cost } from './run-subject.ts';
import { measureStartUp } from './start-up.ts';
import type { StartUp } from './start-up.ts';
import { percentile } from './statistics.ts';
import type { Subject } from './subjects.ts';

/** Rules were tuned on the seeds `tune:0` to `tune:299`, and on no other. */
const heldOutSeeds = 'held-out';

export type Progress = (line: string) => void;

/** Each round runs every subject once, so that a machine that slows down slows all of them alike. */
export async function run(
  options: Options,
  subjects: readonly Subject[],
  progress: Progress,
): Promise<Report> {
  const { stages } = options;
  return {
    ...(stages.includes('throughput') && (await runThroughput(options, subjects, progress))),
    ...(stages.includes('latency') && (await runLatency(options, subjects, progress))),
    ...(stages.includes('start') && (await runStart(options, progress))),
    ...(stages.includes('bridge') && (await runBridge(options, progress))),
    ...(stages.includes('history') && {
      history: reportHistory(await measureHistory(options.historyEvents, progress)),
    }),
    ...(stages.includes('detection') && {
      detection: reportDetection(heldOutSeeds, scoreDetection(heldOutSeeds, options.residentMonths)),
    }),
  };
}

async function runThroughput(options: Options, subjects: readonly Subject[], progress: Progress) {
  const { sensors, gateways } = loadShape;
  const runs = subjects.map((subject) => ({ subject, results: [] as (ThroughputResult & Cost)[] }));
  const alarmRates: number[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    for (const { subject, results } of runs) {
      const wanted = { sensors, buttons: 0, gateways: 0, buttonsBehindEach: 0 };
      const result = await runSubject(subject, wanted, { ...options, measure: 'throughput' });
      results.push(result);
      progress(
        `throughput, round ${round}, ${subject.title}: ${Math.round(result.perSecond)} events/s` +
          ` (load generator: ${result.generatorCores.toFixed(2)} cores)`,
      );
      if (subject.name !== 'hub') continue;
      const buttonsBehindEach = options.alarms / gateways;
      const { perSecond } = await runSubject(
        subject,
        { sensors: 0, buttons: 0, gateways, buttonsBehindEach },
        { ...options, measure: 'alarms' },
      );
      alarmRates.push(perSecond);
      progress(`alarms, round ${round}, ${subject.title}: ${Math.round(perSecond)} alarms/s`);
    }
  }
  return { throughput: reportThroughput(runs), alarms: reportAlarms(alarmRates) };
}

/** At ten presses a second the p99 of one measurement would be its slowest press, which says more of chance than of a subject. */
const latencyLasts = 4;

async function runLatency(options: Options, subjects: readonly Subject[], progress: Progress) {
  const runs = subjects
    .filter(({ name }) => name !== 'mosquitto-autosave')
    .map((subject) => ({ subject, results: [] as LatencyResult[] }));
  const { sensors, pressesPerSecond } = loadShape;
  const { rounds, warmUpSeconds } = options;
  const seconds = latencyLasts * options.seconds;
  const buttons = Math.round((warmUpSeconds + seconds) * pressesPerSecond);
  for (let round = 1; round <= rounds; round++) {
    for (const { subject, results } of runs) {
      const wanted = { sensors, buttons, gateways: 0, buttonsBehindEach: 0 };
      const result = await runSubject(subject, wanted, { ...options, seconds, measure: 'latency' });
      results.push(result);
      const [p50, p99] = [0.5, 0.99].map((part) => percentile(result.latenciesMs, part).toFixed(2));
      progress(`latency, round ${round}, ${subject.title}: p50 ${p50} ms, p99 ${p99} ms`);
    }
  }
  return { latency: reportLatency(runs) };
}

async function runStart({ rounds, idleSeconds }: Options, progress: Progress) {
  const results: StartUp[] = [];
  for (let round = 1; round <= rounds; round++) {
    const result = await measureStartUp(idleSeconds);
    results.push(result);
    const { startMs, idleRssMb } = result;
    progress(
      `start, round ${round}: ${Math.round(startMs)} ms, ${Math.round(idleRssMb)} MB after ${idleSeconds} s`,
    );
  }
  return { start: reportStart(results) };
}

/** A bridge runs for months at a few frames a second: its code must have been compiled before its processor time is asked. */
const bridgeWarmUps = 8;

async function runBridge({ rounds, seconds, warmUpSeconds }: Options, progress: Progress) {
  const results: BridgeResult[] = [];
  // The first start after a change strips types, which takes 30 MB; the others find its work in the cache.
  await measureBridge(0.1, 0);
  for (let round = 1; round <= rounds; round++) {
    const result = await measureBridge(2 * seconds, bridgeWarmUps * warmUpSeconds);
    results.push(result);
    const [p50, p99] = [0.5, 0.99].map((part) => percentile(result.latenciesMs, part).toFixed(2));
    progress(
      `bridge, round ${round}: p50 ${p50} ms, p99 ${p99} ms, ${result.cpuPercent.toFixed(1)} % of a core, ${Math.round(result.rssMb)} MB`,
    );
  }
  return { bridge: reportBridge(results, measureDecoding(Math.min(seconds, 1))) };
}
