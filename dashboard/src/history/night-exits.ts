import type { Nights } from '@carebell/contracts/history.ts';
import { axisLook, block, chartFrame, isNarrow, labelRoom, rowAxis } from './chart-frame.ts';
import type { ChartOption, Painter } from './chart-frame.ts';
import type { ChartLook } from './chart-look.ts';
import { hourMinute, shortDate, wallMs } from './wall-time.ts';

/** Times within a night are minutes since it began. */
export type Night = {
  date: string;
  beginWall: number;
  lengthMinutes: number;
  exits: { fromMinute: number; toMinute: number | null }[];
  doors: number[];
  outOfBedMinutes: number;
};

const minuteMs = 60_000;

/** The nights, the latest first. */
export function nightsOf({ nights, timeZone }: Nights): Night[] {
  return nights
    .map((night) => {
      const beginWall = wallMs(night.from, timeZone);
      const minuteOf = (at: string) => (wallMs(at, timeZone) - beginWall) / minuteMs;
      return {
        date: night.night,
        beginWall,
        lengthMinutes: minuteOf(night.to),
        exits: night.exits.map(({ leftAt, returnedAt }) => ({
          fromMinute: minuteOf(leftAt),
          toMinute: returnedAt === null ? null : minuteOf(returnedAt),
        })),
        doors: night.doorsOpened.map(({ at }) => minuteOf(at)),
        outOfBedMinutes: night.outOfBedMinutes,
      };
    })
    .toSorted((a, b) => b.date.localeCompare(a.date));
}

export function timeIn({ beginWall }: Pick<Night, 'beginWall'>, minute: number): string {
  return hourMinute(beginWall + minute * minuteMs);
}

type Words = {
  out: (night: Night, exit: Night['exits'][number]) => string;
  door: (night: Night, minute: number) => string;
};

/** How long an exit is drawn of which no return is known. */
const unknownMinutes = 3;

export function nightsOption(
  nights: readonly Night[],
  look: ChartLook,
  words: Words,
  widthPx: number,
): ChartOption {
  const dates = nights.map(({ date }) => shortDate(date));
  const exits = nights.flatMap((night, row) =>
    night.exits.map((exit) => ({
      value: [exit.fromMinute, row, exit.toMinute ?? exit.fromMinute + unknownMinutes],
      name: words.out(night, exit),
    })),
  );
  const doors = nights.flatMap((night, row) =>
    night.doors.map((minute) => ({ value: [minute, row], name: words.door(night, minute) })),
  );
  const first = nights[0] ?? { beginWall: 0, lengthMinutes: 480 };
  return {
    ...chartFrame(look),
    tooltip: { ...Object(chartFrame(look)['tooltip']), formatter: ({ name }: { name: string }) => name },
    grid: { left: labelRoom(dates, look), right: 16, top: 4, bottom: look.fontSize * 2 },
    xAxis: {
      type: 'value',
      min: 0,
      max: first.lengthMinutes,
      interval: isNarrow(widthPx) ? 120 : 60,
      ...axisLook(look),
      axisLabel: { ...axisLook(look).axisLabel, formatter: (minute: number) => timeIn(first, minute) },
    },
    yAxis: { ...rowAxis(dates, look, look.dim), splitLine: { show: true, lineStyle: { color: look.line } } },
    series: [
      {
        type: 'custom',
        data: exits,
        encode: { x: [0, 2], y: 1 },
        renderItem: (_: unknown, painter: Painter) => {
          const [x, y] = painter.coord([painter.value(0), painter.value(1)]);
          const [end] = painter.coord([painter.value(2), painter.value(1)]);
          const height = look.fontSize * 0.9;
          return block({ x, y: y - height / 2, width: Math.max(4, end - x), height }, look.accent, 2);
        },
      },
      {
        type: 'scatter',
        symbol: 'triangle',
        symbolSize: look.fontSize * 0.95,
        itemStyle: { color: look.urgent, borderColor: look.surface, borderWidth: 1, opacity: 1 },
        data: doors,
      },
    ],
  };
}
