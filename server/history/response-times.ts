import { responseHops } from '@carebell/contracts/history.ts';
import type { ResponseHop, ResponseTimes } from '@carebell/contracts/history.ts';

/** The instants of one alarm, in milliseconds since the epoch. */
export type AlarmWay = {
  stationId: string | null;
  pressedAtMs: number;
  receivedAtMs: number | null;
  storedAtMs: number;
  displayedAtMs: number | null;
  acknowledgedAtMs: number | null;
  closedAtMs: number | null;
};

type Station = ResponseTimes['all'];

/** How long an alarm took for each hop of its way, as far as it has come. */
export function hopsOf(way: AlarmWay): Partial<Record<ResponseHop, number>> {
  const hops: Partial<Record<ResponseHop, number>> = {};
  const put = (hop: ResponseHop, fromMs: number | null, toMs: number | null): void => {
    // Clocks of devices run ahead, and a screen may show an alarm before its commit has come back.
    if (fromMs !== null && toMs !== null) hops[hop] = Math.max(0, toMs - fromMs);
  };
  put('received', way.pressedAtMs, way.receivedAtMs);
  put('stored', way.receivedAtMs, way.storedAtMs);
  put('displayed', way.storedAtMs, way.displayedAtMs);
  put('acknowledged', way.displayedAtMs ?? way.storedAtMs, way.acknowledgedAtMs);
  put('closed', way.acknowledgedAtMs, way.closedAtMs);
  put('answered', way.pressedAtMs, way.acknowledgedAtMs);
  return hops;
}

/** The smallest of these times, in their order, within which this part of them lies. */
export function percentileOf(times: readonly number[], part: number): number {
  return times[Math.ceil(part * times.length) - 1] ?? 0;
}

/** Of all together and of each station, those with the slowest answers first. */
export function responseStatistics(
  ways: readonly AlarmWay[],
  nameOf: (stationId: string | null) => string,
): Pick<ResponseTimes, 'all' | 'stations'> {
  const byStation = Map.groupBy(ways, ({ stationId }) => stationId);
  const stations = [...byStation].map(([stationId, own]) => statisticsOf(stationId, nameOf(stationId), own));
  const slowness = ({ hops }: Station): number => hops.answered?.p90Ms ?? 0;
  return {
    all: statisticsOf(null, '', ways),
    stations: stations.toSorted((a, b) => slowness(b) - slowness(a)),
  };
}

function statisticsOf(stationId: string | null, stationName: string, ways: readonly AlarmWay[]): Station {
  const all = ways.map(hopsOf);
  const hops: Station['hops'] = {};
  for (const hop of responseHops) {
    const times = all.flatMap((own) => own[hop] ?? []).toSorted((a, b) => a - b);
    if (times.length === 0) continue;
    const at = (part: number): number => percentileOf(times, part);
    hops[hop] = { count: times.length, p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99), maxMs: at(1) };
  }
  return { stationId, stationName, alarms: ways.length, hops };
}
