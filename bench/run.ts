import type { LatencyResult } from './load/measure-latency.ts';
import type { ThroughputResult } from './load/measure-throughput.ts';
import { loadShape } from './load-shape.ts';
import type { Options } from './options.ts';
import { reportAlarms, reportLatency, reportStart, reportThroughput } from './report.ts';
import type { Report } from './report.ts';
import { runSubject } from './run-subject.ts';
import { measureStartUp } from './start-up.ts';
import type { StartUp } from './start-up.ts';
import { percentile } from './statistics.ts';
import type { Subject } from './subjects.ts';

/** Each round runs every subject once, so that a machine that slows down slows all of them alike. */
export async function run(
  options: Options,
  subjects: readonly Subject[],
  progress: (line: string) => void,
): Promise<Report> {
  const { rounds, stages, seconds, warmUpSeconds } = options;
  const report: Report = {};
  const has = (stage: Options['stages'][number]): boolean => stages.includes(stage);
  const { sensors, gateways, pressesPerSecond } = loadShape;

  if (has('throughput')) {
    const runs = subjects.map((subject) => ({ subject, results: [] as ThroughputResult[] }));
    const alarmRates: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const { subject, results } of runs) {
        const wanted = { sensors, buttons: 0, gateways: 0, buttonsBehindEach: 0 };
        const result = await runSubject(subject, wanted, { measure: 'throughput', warmUpSeconds, seconds });
        results.push(result);
        progress(
          line(
            'throughput',
            round,
            subject,
            `${Math.round(result.perSecond)} events/s`,
            result.generatorCores,
          ),
        );
        if (subject.name !== 'hub') continue;
        const buttons = { sensors: 0, buttons: 0, gateways, buttonsBehindEach: options.alarms / gateways };
        const { perSecond } = await runSubject(subject, buttons, {
          measure: 'alarms',
          warmUpSeconds,
          seconds,
        });
        alarmRates.push(perSecond);
        progress(line('alarms', round, subject, `${Math.round(perSecond)} alarms/s`));
      }
    }
    report.throughput = reportThroughput(runs);
    report.alarms = reportAlarms(alarmRates);
  }
  if (has('latency')) {
    const runs = subjects
      .filter(({ name }) => name !== 'mosquitto-autosave')
      .map((subject) => ({ subject, results: [] as LatencyResult[] }));
    const buttons = Math.round((warmUpSeconds + seconds) * pressesPerSecond);
    for (let round = 1; round <= rounds; round++) {
      for (const { subject, results } of runs) {
        const wanted = { sensors, buttons, gateways: 0, buttonsBehindEach: 0 };
        const result = await runSubject(subject, wanted, { measure: 'latency', warmUpSeconds, seconds });
        results.push(result);
        const [p50, p99] = [0.5, 0.99].map((part) => percentile(result.latenciesMs, part).toFixed(2));
        progress(line('latency', round, subject, `p50 ${p50} ms, p99 ${p99} ms`));
      }
    }
    report.latency = reportLatency(runs);
  }
  if (has('start')) {
    const results: StartUp[] = [];
    for (let round = 1; round <= rounds; round++) {
      const result = await measureStartUp(options.idleSeconds);
      results.push(result);
      progress(
        `start, round ${round}: ${Math.round(result.startMs)} ms, ${Math.round(result.idleRssMb)} MB after ${options.idleSeconds} s`,
      );
    }
    report.start = reportStart(results);
  }
  return report;
}

function line(
  stage: string,
  round: number,
  { title }: Subject,
  what: string,
  generatorCores?: number,
): string {
  const load = generatorCores === undefined ? '' : ` (load generator: ${generatorCores.toFixed(2)} cores)`;
  return `${stage}, round ${round}, ${title}: ${what}${load}`;
}
