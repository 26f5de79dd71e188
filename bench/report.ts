import type { DecodeRate } from './decode-rate.ts';
import type { LatencyResult } from './load/measure-latency.ts';
import type { ThroughputResult } from './load/measure-throughput.ts';
import { aims } from './load-shape.ts';
import type { DetectionReport } from './report-detection.ts';
import type { HistoryReport } from './report-history.ts';
import type { BridgeResult } from './measure-bridge.ts';
import type { Cost } from './run-subject.ts';
import type { StartUp } from './start-up.ts';
import { median, percentile } from './statistics.ts';
import { floor } from './subjects.ts';
import type { Subject } from './subjects.ts';

type Described = Pick<Subject, 'name' | 'title' | 'acknowledged'>;
type Aim = { aim: number; isMet: boolean };
type Value = Aim & { value: number };

export type ThroughputRow = Described & {
  perSecond: number;
  /** Median of the rounds' ratios; each round compares what ran within the same minute. */
  ofFloor: number;
  cpuMicrosEach: number | null;
  generatorCores: number;
  rounds: number[];
};
export type LatencyRow = Described & {
  p50Ms: number;
  p99Ms: number;
  p99OfFloor: number;
  presses: number;
  rounds: { p50Ms: number; p99Ms: number }[];
};
export type Report = {
  throughput?: Aim & { rows: ThroughputRow[] };
  latency?: Aim & { rows: LatencyRow[] };
  alarms?: { perSecond: number; rounds: number[] };
  start?: { startMs: Aim & { value: number }; idleRssMb: Aim & { value: number }; rounds: StartUp[] };
  bridge?: {
    p50Ms: number;
    p99Ms: Value;
    rssMb: Value;
    cpuPercent: Value;
    presses: number;
    decoding: Value & { rows: DecodeRate[] };
  };
  history?: HistoryReport;
  detection?: DetectionReport;
};

export type Rounds<T> = readonly { subject: Subject; results: readonly T[] }[];

export function reportThroughput(runs: Rounds<ThroughputResult & Cost>): NonNullable<Report['throughput']> {
  const floorRates = ratesOf(runs.find(({ subject }) => subject.name === floor)?.results);
  const rows = runs.map(({ subject, results }) => {
    const rounds = ratesOf(results);
    return {
      ...described(subject),
      perSecond: median(rounds),
      ofFloor: median(ratios(rounds, floorRates)),
      cpuMicrosEach: medianIfKnown(results.map(({ cpuMicrosEach }) => cpuMicrosEach)),
      generatorCores: median(results.map(({ generatorCores }) => generatorCores)),
      rounds,
    };
  });
  const aim = aims.throughputOfFloor;
  return { aim, isMet: hubIn(rows).ofFloor >= aim, rows };
}

export function reportLatency(runs: Rounds<LatencyResult>): NonNullable<Report['latency']> {
  const roundsOf = (results: readonly LatencyResult[] = []) =>
    results.map(({ latenciesMs }) => ({
      p50Ms: percentile(latenciesMs, 0.5),
      p99Ms: percentile(latenciesMs, 0.99),
    }));
  const p99 = (rounds: readonly { p99Ms: number }[]): number[] => rounds.map(({ p99Ms }) => p99Ms);
  const floorRounds = roundsOf(runs.find(({ subject }) => subject.name === floor)?.results);
  const rows = runs.map(({ subject, results }) => {
    const rounds = roundsOf(results);
    return {
      ...described(subject),
      p50Ms: median(rounds.map(({ p50Ms }) => p50Ms)),
      p99Ms: median(p99(rounds)),
      p99OfFloor: median(ratios(p99(rounds), p99(floorRounds))),
      presses: results.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0),
      rounds,
    };
  });
  const aim = aims.p99OfFloor;
  return { aim, isMet: hubIn(rows).p99OfFloor <= aim, rows };
}

const against = (value: number, aim: number): Value => ({ value, aim, isMet: value <= aim });

/** The slowest driver stands for all. */
export function reportBridge(
  rounds: readonly BridgeResult[],
  decoding: DecodeRate[],
): NonNullable<Report['bridge']> {
  const of = (figure: (result: BridgeResult) => number) => median(rounds.map(figure));
  const slowest = Math.min(...decoding.map(({ framesPerSecond }) => framesPerSecond));
  return {
    p50Ms: of(({ latenciesMs }) => percentile(latenciesMs, 0.5)),
    p99Ms: against(
      of(({ latenciesMs }) => percentile(latenciesMs, 0.99)),
      aims.bridgeP99Ms,
    ),
    rssMb: against(
      of(({ rssMb }) => rssMb),
      aims.bridgeRssMb,
    ),
    cpuPercent: against(
      of(({ cpuPercent }) => cpuPercent),
      aims.bridgeCpuPercent,
    ),
    presses: rounds.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0),
    decoding: {
      value: slowest,
      aim: aims.decodedPerSecond,
      isMet: slowest >= aims.decodedPerSecond,
      rows: decoding,
    },
  };
}

export function reportStart(rounds: StartUp[]): NonNullable<Report['start']> {
  return {
    startMs: against(median(rounds.map(({ startMs }) => startMs)), aims.startMs),
    idleRssMb: against(median(rounds.map(({ idleRssMb }) => idleRssMb)), aims.idleRssMb),
    rounds,
  };
}

export function reportAlarms(rounds: number[]): NonNullable<Report['alarms']> {
  return { perSecond: median(rounds), rounds };
}

function ratesOf(results: readonly ThroughputResult[] = []): number[] {
  return results.map(({ perSecond }) => perSecond);
}

function medianIfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}

function ratios(values: readonly number[], of: readonly number[]): number[] {
  return values.map((value, round) => value / (of[round] ?? Number.NaN));
}

function described({ name, title, acknowledged }: Subject): Described {
  return { name, title, acknowledged };
}

function hubIn<T extends Described>(rows: readonly T[]): T {
  const hub = rows.find(({ name }) => name === 'hub');
  if (!hub) throw new Error('the hub is not among the subjects');
  return hub;
}
