import type { HistorySeries } from '@carebell/contracts/history.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { forecastBattery } from '@carebell/contracts/battery-forecast.ts';
import type { BatteryForecast } from '@carebell/contracts/battery-forecast.ts';
import { axisLook, chartFrame, isNarrow } from './chart-frame.ts';
import type { ChartOption } from './chart-frame.ts';
import type { ChartLook } from './chart-look.ts';
import { dateAndMinute, dateOf, shortDate, wallMs } from './wall-time.ts';

type Value = { wall: number; value: number };
/** Battery and signal of one device. */
export type DeviceCourse = {
  id: string;
  device: Device | undefined;
  battery: Value[];
  signal: Value[];
  forecast: BatteryForecast;
  /** When the forecast begins and, if it knows, ends, on the wall. */
  nowWall: number;
  emptyWall: number | null;
};

const dayMs = 24 * 3_600_000;
/** The forecast is drawn at most so far ahead; its date stands in words. */
const drawnAheadMs = 14 * dayMs;

/** Every device that has told its battery or its signal, those that end first before the others. */
export function deviceCourses(
  batteries: HistorySeries,
  signals: HistorySeries,
  devices: readonly Device[],
): DeviceCourse[] {
  const { timeZone } = batteries;
  const nowMs = Math.max(Date.parse(batteries.to), Date.parse(signals.to));
  const valuesOf = (series: HistorySeries, id: string) =>
    series.groups.find(({ name }) => name === id)?.values ?? [];
  const ids = new Set([...batteries.groups, ...signals.groups].flatMap(({ name }) => name ?? []));
  const courses = [...ids].map((id) => {
    const battery = valuesOf(batteries, id);
    const forecast = forecastBattery(
      battery.map(({ at, value }) => ({ atMs: Date.parse(at), percent: value })),
      Math.max(...battery.map(({ at }) => Date.parse(at)), nowMs - dayMs),
    );
    const onWall = ({ at, value }: { at: string; value: number }) => ({ wall: wallMs(at, timeZone), value });
    return {
      id,
      device: devices.find((device) => device.id === id),
      battery: battery.map(onWall),
      signal: valuesOf(signals, id).map(onWall),
      forecast,
      nowWall: wallMs(nowMs, timeZone),
      emptyWall: forecast.ok ? wallMs(forecast.emptyAtMs, timeZone) : null,
    };
  });
  return courses.toSorted(
    (a, b) => (a.emptyWall ?? Infinity) - (b.emptyWall ?? Infinity) || a.id.localeCompare(b.id),
  );
}

/** The latest value of each day, the latest day first. */
export function daysOf({ battery, signal }: Pick<DeviceCourse, 'battery' | 'signal'>) {
  const days = new Map<string, { battery?: number; signal?: number }>();
  for (const { wall, value } of battery)
    days.set(dateOf(wall), { ...days.get(dateOf(wall)), battery: value });
  for (const { wall, value } of signal) days.set(dateOf(wall), { ...days.get(dateOf(wall)), signal: value });
  return [...days].toSorted(([a], [b]) => b.localeCompare(a)).map(([date, values]) => ({ date, ...values }));
}

type Words = { battery: string; signal: string; forecast: string };

export function deviceOption(
  course: DeviceCourse,
  look: ChartLook,
  words: Words,
  widthPx: number,
): ChartOption {
  const { battery, signal, emptyWall, nowWall } = course;
  const points = (values: readonly Value[]) =>
    values.map(({ wall, value }) => [wall, Math.round(value * 10) / 10]);
  const last = battery.at(-1);
  const ahead = forecastLine(last, emptyWall, nowWall);
  const line = { type: 'line', showSymbol: false, symbolSize: 6 };
  return {
    ...chartFrame(look),
    tooltip: {
      ...Object(chartFrame(look)['tooltip']),
      trigger: 'axis',
      axisPointer: { lineStyle: { color: look.dim } },
      formatter: (points: { value: number[]; seriesName: string; seriesIndex: number }[]) =>
        [
          dateAndMinute(points[0]?.value[0] ?? 0),
          ...points.map(
            ({ value, seriesName, seriesIndex }) =>
              `${seriesName} ${value[1] ?? ''} ${seriesIndex === 1 ? 'dBm' : '%'}`,
          ),
        ].join('\n'),
    },
    grid: { left: look.fontSize * 3, right: look.fontSize * 3.2, top: 12, bottom: look.fontSize * 2 },
    xAxis: {
      type: 'time',
      minInterval: dayMs,
      ...axisLook(look),
      axisLabel: {
        ...axisLook(look).axisLabel,
        hideOverlap: true,
        formatter: (wall: number) => shortDate(dateOf(wall)),
      },
      splitNumber: isNarrow(widthPx) ? 3 : 6,
    },
    yAxis: [
      { type: 'value', min: 0, max: 100, interval: 50, ...axisLook(look) },
      {
        type: 'value',
        min: -100,
        max: -30,
        interval: 35,
        ...axisLook(look),
        splitLine: { show: false },
      },
    ],
    series: [
      {
        ...line,
        name: words.battery,
        data: points(battery),
        itemStyle: { color: look.accent },
        lineStyle: { color: look.accent, width: 3 },
      },
      {
        ...line,
        name: words.signal,
        yAxisIndex: 1,
        data: points(signal),
        itemStyle: { color: look.dim },
        lineStyle: { color: look.dim, width: 1.5, type: [4, 3] },
      },
      {
        ...line,
        name: words.forecast,
        data: ahead,
        itemStyle: { color: look.urgent },
        lineStyle: { color: look.urgent, width: 2.5, type: [2, 4] },
      },
    ],
  };
}

/** From the last value down to nothing, or as far as is drawn. */
function forecastLine(last: Value | undefined, emptyWall: number | null, nowWall: number): number[][] {
  if (last === undefined || emptyWall === null || emptyWall <= last.wall) return [];
  const end = Math.min(emptyWall, nowWall + drawnAheadMs);
  const left = last.value * (1 - (end - last.wall) / (emptyWall - last.wall));
  return [
    [last.wall, last.value],
    [end, Math.round(left * 10) / 10],
  ];
}
