import { aims } from './load-shape.ts';
import type { HistoryResult } from './measure-history.ts';

type Value = { value: number; aim: number; isMet: boolean };

export type HistoryReport = {
  events: number;
  plainPerSecond: number | null;
  /** The follower's rate by the plain loop's; absent without an InfluxDB. */
  ofPlain: Value | null;
  rows: { store: 'InfluxDB' | 'SQLite'; perSecond: Value; heatMapMs: Value }[];
};

export function reportHistory({ events, plainPerSecond, influx, sqlite }: HistoryResult): HistoryReport {
  const atLeast = (value: number, aim: number): Value => ({ value, aim, isMet: value >= aim });
  const row = (
    store: 'InfluxDB' | 'SQLite',
    { perSecond, heatMapMs }: HistoryResult['sqlite'],
  ): HistoryReport['rows'][number] => ({
    store,
    perSecond: atLeast(perSecond, aims.caughtUpPerSecond),
    heatMapMs: { value: heatMapMs, aim: aims.heatMapMs, isMet: heatMapMs <= aims.heatMapMs },
  });
  return {
    events,
    plainPerSecond,
    ofPlain:
      influx && plainPerSecond !== null
        ? atLeast(influx.perSecond / plainPerSecond, aims.followedOfPlain)
        : null,
    rows: [...(influx ? [row('InfluxDB', influx)] : []), row('SQLite', sqlite)],
  };
}
