import type { Activity } from '@carebell/contracts/history.ts';
import { axisLook, block, chartFrame, isNarrow, labelRoom, rowAxis } from './chart-frame.ts';
import type { ChartOption, Painter } from './chart-frame.ts';
import type { ChartLook } from './chart-look.ts';
import { dateOf, hourOf, shortDate, wallMs } from './wall-time.ts';

/** Signs of life by day and hour, the latest day first. `null`: not yet, or before the time that was asked for. */
export type ActivityFortnight = { days: { date: string; hours: (number | null)[] }[]; most: number };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const shades = 5;

export function activityFortnight({ from, to, timeZone, rows }: Activity): ActivityFortnight {
  const [fromWall, toWall] = [wallMs(from, timeZone), wallMs(to, timeZone)];
  const days: ActivityFortnight['days'] = [];
  for (let midnight = Math.floor(fromWall / dayMs) * dayMs; midnight < toWall; midnight += dayMs) {
    const hours = Array.from({ length: 24 }, (_, hour) => {
      const wall = midnight + hour * hourMs;
      return wall >= fromWall && wall < toWall ? 0 : null;
    });
    days.unshift({ date: dateOf(midnight), hours });
  }
  const byDate = new Map(days.map(({ date, hours }) => [date, hours]));
  for (const { at, value } of rows.flatMap(({ values }) => values)) {
    const wall = wallMs(at, timeZone);
    const hours = byDate.get(dateOf(wall));
    if (hours !== undefined) hours[hourOf(wall)] = (hours[hourOf(wall)] ?? 0) + value;
  }
  const most = Math.max(0, ...days.flatMap(({ hours }) => hours.map((count) => count ?? 0)));
  return { days, most };
}

/** Which of the shades a count has: 0 is none, then evenly up to the most. */
export function shadeOf(count: number, most: number): number {
  return count === 0 || most === 0 ? 0 : Math.max(1, Math.ceil((count / most) * shades));
}

/** The colours of the shades, from the ground of the page to the accent. */
export function shadeColours(look: ChartLook): string[] {
  return Array.from({ length: shades + 1 }, (_, shade) =>
    shade === 0 ? look.surface2 : mixed(look.surface2, look.accent, 0.2 + (0.8 * shade) / shades),
  );
}

type Words = { at: (date: string, hour: number, count: number) => string };

export function fortnightOption(
  { days, most }: ActivityFortnight,
  look: ChartLook,
  words: Words,
  widthPx: number,
): ChartOption {
  const dates = days.map(({ date }) => shortDate(date));
  const colours = shadeColours(look);
  const left = labelRoom(dates, look);
  const hasNumbers = !isNarrow(widthPx) && (widthPx - left) / 24 > look.fontSize * 1.9;
  const cells = days.flatMap(({ hours }, day) =>
    hours.flatMap((count, hour) => (count === null ? [] : [[hour, day, count]])),
  );
  return {
    ...chartFrame(look),
    grid: { left, right: 4, top: 4, bottom: look.fontSize * 2 },
    xAxis: {
      type: 'category',
      data: Array.from({ length: 24 }, (_, hour) => String(hour)),
      ...axisLook(look),
      axisTick: { show: false },
      axisLabel: { ...axisLook(look).axisLabel, interval: isNarrow(widthPx) ? 5 : 0 },
    },
    yAxis: rowAxis(dates, look, look.dim),
    series: [
      {
        type: 'custom',
        data: cells,
        encode: { x: 0, y: 1 },
        tooltip: {
          formatter: ({ value: [hour = 0, day = 0, count = 0] }: { value: number[] }) =>
            words.at(days[day]?.date ?? '', hour, count),
        },
        renderItem: (
          _: unknown,
          painter: Painter & { size: (value: [number, number]) => [number, number] },
        ) => {
          const [hour, day, count] = [painter.value(0), painter.value(1), painter.value(2)];
          const [x, y] = painter.coord([hour, day]);
          const [width, height] = painter.size([1, 1]);
          const shade = shadeOf(count, most);
          const cell = block(
            { x: x - width / 2 + 1, y: y - height / 2 + 1, width: width - 2, height: height - 2 },
            colours[shade] ?? look.surface2,
            2,
          );
          if (!hasNumbers || count === 0) return cell;
          return {
            ...cell,
            textContent: {
              style: {
                text: String(count),
                fill: shade > shades / 2 ? look.onAccent : look.text,
                fontSize: look.fontSize - 1,
                fontFamily: look.font,
              },
            },
            textConfig: { position: 'inside' },
          };
        },
      },
    ],
  };
}

/** A colour between two of the form `#rrggbb`. */
function mixed(from: string, to: string, part: number): string {
  const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [a, b] = [channels(from), channels(to)];
  const channel = (at: number) => Math.round((a[at] ?? 0) + ((b[at] ?? 0) - (a[at] ?? 0)) * part);
  return `#${[0, 1, 2].map((at) => channel(at).toString(16).padStart(2, '0')).join('')}`;
}
