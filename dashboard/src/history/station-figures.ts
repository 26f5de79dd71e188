import type { HistorySeries, ResponseTimes } from '@carebell/contracts/history.ts';
import { responseHops } from '@carebell/contracts/history.ts';
import type { ResponseHop } from '@carebell/contracts/history.ts';
import { hop } from '../app/instants.ts';
import { axisLook, chartFrame, isNarrow, labelRoom, rowAxis } from './chart-frame.ts';
import type { ChartOption } from './chart-frame.ts';
import type { ChartLook } from './chart-look.ts';
import { dateAndMinute, hourMinute, shortDate, dateOf, wallMs } from './wall-time.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** For how long back, and in which steps. */
export const ranges = {
  hours: { backMs: 3 * 60 * minuteMs, every: '1m', everyMs: minuteMs },
  day: { backMs: dayMs, every: '5m', everyMs: 5 * minuteMs },
  week: { backMs: 7 * dayMs, every: '1h', everyMs: 60 * minuteMs },
} as const;
export type RangeName = keyof typeof ranges;
export const rangeNames = Object.keys(ranges) as RangeName[];

export type Pace = { wall: number; count: number; perMinute: number }[];

/** Events of each step, and how many a minute that is; steps without any stand there with 0. */
export function paceOf({ from, to, timeZone, groups }: HistorySeries, everyMs: number): Pace {
  const values = new Map(
    groups.flatMap((group) => group.values.map(({ at, value }) => [Date.parse(at), value] as const)),
  );
  const pace: Pace = [];
  for (let atMs = Date.parse(from); atMs < Date.parse(to); atMs += everyMs) {
    const count = values.get(atMs) ?? 0;
    pace.push({ wall: wallMs(atMs, timeZone), count, perMinute: (count * minuteMs) / everyMs });
  }
  return pace;
}

export function paceOption(
  pace: Pace,
  look: ChartLook,
  words: { perMinute: (n: string) => string },
  widthPx: number,
): ChartOption {
  const isLong = (pace.at(-1)?.wall ?? 0) - (pace[0]?.wall ?? 0) > 2 * dayMs;
  return {
    ...chartFrame(look),
    tooltip: {
      ...Object(chartFrame(look)['tooltip']),
      trigger: 'axis',
      axisPointer: { lineStyle: { color: look.dim } },
      formatter: ([point]: { value: number[] }[]) =>
        `${dateAndMinute(point?.value[0] ?? 0)}\n${words.perMinute(rounded(point?.value[1] ?? 0))}`,
    },
    grid: { left: look.fontSize * 3, right: 16, top: 12, bottom: look.fontSize * 2 },
    xAxis: {
      type: 'time',
      ...axisLook(look),
      splitNumber: isNarrow(widthPx) ? 3 : 8,
      axisLabel: {
        ...axisLook(look).axisLabel,
        hideOverlap: true,
        formatter: (wall: number) => (isLong ? shortDate(dateOf(wall)) : hourMinute(wall)),
      },
    },
    yAxis: { type: 'value', min: 0, minInterval: 1, ...axisLook(look) },
    series: [
      {
        type: 'line',
        step: 'end',
        showSymbol: false,
        data: pace.map(({ wall, perMinute }) => [wall, perMinute]),
        itemStyle: { color: look.accent },
        lineStyle: { color: look.accent, width: 2 },
        areaStyle: { color: look.accent, opacity: 0.18 },
      },
    ],
  };
}

/** One number in a table: no more digits than it has to tell. */
export function rounded(n: number): string {
  return String(Math.round(n * 100) / 100);
}

/** A span as a person reads it: `35 ms`, `1.2 s`, `48 s`, `2:05`. */
export function spanText(ms: number): string {
  return hop(ms).replace(/^[+−]/, '');
}

type Statistics = NonNullable<ResponseTimes['all']['hops'][ResponseHop]>;
export type HopRow = { hop: ResponseHop } & Statistics;
export const percentiles = ['p50Ms', 'p90Ms', 'p99Ms'] as const;
type Percentile = (typeof percentiles)[number];

/** The hops in the order in which an alarm goes through them. */
export function hopRows({ hops }: ResponseTimes['all']): HopRow[] {
  return responseHops.flatMap((name) => {
    const statistics = hops[name];
    return statistics === undefined ? [] : [{ hop: name, ...statistics }];
  });
}

type HopWords = Record<Percentile, string> & { hop: (hop: ResponseHop) => string };

/** Bars on a scale of powers of ten: what takes milliseconds and what takes minutes stand in one picture. */
export function hopsOption(
  rows: readonly HopRow[],
  look: ChartLook,
  words: HopWords,
  widthPx: number,
): ChartOption {
  const names = rows.map((row) => words.hop(row.hop));
  const colours: Record<Percentile, string> = { p50Ms: look.accent, p90Ms: look.urgent, p99Ms: look.alarm };
  return {
    ...chartFrame(look),
    tooltip: {
      ...Object(chartFrame(look)['tooltip']),
      trigger: 'axis',
      axisPointer: { type: 'none' },
      formatter: (points: { name: string; dataIndex: number }[]) => {
        const row = rows[points[0]?.dataIndex ?? 0];
        if (row === undefined) return '';
        return [
          words.hop(row.hop),
          ...percentiles.map((name) => `${words[name]} ${spanText(row[name])}`),
        ].join('\n');
      },
    },
    grid: { left: labelRoom(names, look), right: look.fontSize * 5, top: 4, bottom: look.fontSize * 2 },
    xAxis: {
      type: 'log',
      min: 1,
      ...axisLook(look),
      axisLabel: {
        ...axisLook(look).axisLabel,
        hideOverlap: true,
        formatter: (ms: number) => spanText(ms),
      },
      splitNumber: isNarrow(widthPx) ? 3 : 6,
    },
    yAxis: rowAxis(names, look),
    series: percentiles.map((name) => ({
      type: 'bar',
      name: words[name],
      data: rows.map((row) => Math.max(1, row[name])),
      itemStyle: { color: colours[name], borderRadius: [0, 3, 3, 0] },
      barGap: '15%',
      barCategoryGap: '30%',
      label: {
        show: true,
        position: 'right',
        color: look.text,
        fontSize: look.fontSize - 1,
        fontFamily: look.font,
        formatter: ({ dataIndex }: { dataIndex: number }) => spanText(rows[dataIndex]?.[name] ?? 0),
      },
    })),
  };
}
