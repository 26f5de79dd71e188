import { axisLook, chartFrame, isNarrow } from '../history/chart-frame.ts';
import type { ChartOption } from '../history/chart-frame.ts';
import type { ChartLook } from '../history/chart-look.ts';
import { shortDate } from '../history/wall-time.ts';

export type TriedDay = { day: string; found: number; foundNow: number };

const dayMs = 86_400_000;

/** Every day of the trial up to the last one, also those on which nothing was found. */
export function wholeDays(byDay: readonly TriedDay[], last: string, days: number): TriedDay[] {
  const known = new Map(byDay.map((one) => [one.day, one]));
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(Date.parse(last) - (days - 1 - index) * dayMs).toISOString().slice(0, 10);
    return known.get(day) ?? { day, found: 0, foundNow: 0 };
  });
}

/** Alarms a day: those of now pale beside those of the changed rules. */
export function trialOption(
  days: readonly TriedDay[],
  look: ChartLook,
  words: { now: string; changed: string },
  widthPx: number,
): ChartOption {
  const series = (name: string, counts: number[], color: string) => ({
    type: 'bar',
    name,
    data: counts,
    itemStyle: { color },
    barMaxWidth: 18,
    barGap: '10%',
  });
  return {
    ...chartFrame(look),
    tooltip: { ...Object(chartFrame(look)['tooltip']), trigger: 'axis' },
    grid: { left: look.fontSize * 2.6, right: 4, top: 8, bottom: look.fontSize * 2 },
    xAxis: {
      type: 'category',
      data: days.map(({ day }) => shortDate(day)),
      ...axisLook(look),
      axisTick: { show: false },
      axisLabel: {
        ...axisLook(look).axisLabel,
        interval: isNarrow(widthPx) || days.length > 14 ? Math.ceil(days.length / 6) - 1 : 0,
      },
    },
    yAxis: { type: 'value', minInterval: 1, ...axisLook(look) },
    series: [
      series(
        words.now,
        days.map(({ foundNow }) => foundNow),
        look.dim,
      ),
      series(
        words.changed,
        days.map(({ found }) => found),
        look.accent,
      ),
    ],
  };
}
