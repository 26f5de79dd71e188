import type { Activity, AlarmTimes } from '@carebell/contracts/history.ts';
import type { Priority } from '@carebell/contracts/alarm-kinds.ts';
import { axisLook, block, chartFrame, isNarrow, labelRoom, rowAxis } from './chart-frame.ts';
import type { ChartOption, Painter } from './chart-frame.ts';
import type { ChartLook } from './chart-look.ts';
import { hourMinute, wallMs } from './wall-time.ts';

type DayRow = { name: string; isDoor: boolean; values: { wall: number; count: number }[] };
export type DayAlarm = { id: string; wall: number; priority: Priority; label: string };
export type ActivityDay = {
  fromWall: number;
  toWall: number;
  everyMs: number;
  rows: DayRow[];
  alarms: DayAlarm[];
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Rows of the chart are this high, in rem; the axis takes the rest. */
export const dayRowRem = 2.5;

/** One day of one resident: rooms, then doors, then alarms, on the clock of the hub. */
export function activityDay(
  { from, to, timeZone, rows, every }: Activity,
  alarms: readonly AlarmTimes[],
  words: { room: string; alarm: (alarm: AlarmTimes) => string },
): ActivityDay {
  const [fromWall, toWall] = [wallMs(from, timeZone), wallMs(to, timeZone)];
  return {
    fromWall,
    toWall,
    everyMs: Number.parseInt(every, 10) * (every.endsWith('h') ? hourMs : minuteMs),
    rows: rows.map(({ name, room, isDoor, values }) => ({
      name: name || room || words.room,
      isDoor,
      values: values.map(({ at, value }) => ({ wall: wallMs(at, timeZone), count: value })),
    })),
    alarms: alarms
      .map((alarm) => ({
        id: alarm.alarmId,
        wall: wallMs(alarm.pressedAt, timeZone),
        priority: alarm.priority,
        label: words.alarm(alarm),
      }))
      .filter(({ wall }) => wall >= fromWall && wall <= toWall),
  };
}

export function isStill({ rows, alarms }: ActivityDay): boolean {
  return alarms.length === 0 && rows.every(({ values }) => values.length === 0);
}

/** The same numbers by the hour, the latest first; hours without anything are left out. */
export function hoursOf({
  rows,
  alarms,
}: ActivityDay): { wall: number; counts: number[]; alarms: DayAlarm[] }[] {
  const hours = new Map<number, { counts: number[]; alarms: DayAlarm[] }>();
  const at = (wall: number) => {
    const hour = Math.floor(wall / hourMs) * hourMs;
    const known = hours.get(hour) ?? { counts: rows.map(() => 0), alarms: [] };
    hours.set(hour, known);
    return known;
  };
  for (const [index, { values }] of rows.entries()) {
    for (const { wall, count } of values) {
      const { counts } = at(wall);
      counts[index] = (counts[index] ?? 0) + count;
    }
  }
  for (const alarm of alarms) at(alarm.wall).alarms.push(alarm);
  return [...hours].toSorted(([a], [b]) => b - a).map(([wall, hour]) => ({ wall, ...hour }));
}

/** The nights within the day, 22:00 to 6:00. */
export function nightsWithin(fromWall: number, toWall: number): [fromWall: number, toWall: number][] {
  const nights: [number, number][] = [];
  for (let midnight = Math.floor(fromWall / dayMs) * dayMs; midnight <= toWall + dayMs; midnight += dayMs) {
    const [begin, end] = [Math.max(fromWall, midnight - 2 * hourMs), Math.min(toWall, midnight + 6 * hourMs)];
    if (begin < end) nights.push([begin, end]);
  }
  return nights;
}

type Words = { alarms: string; times: (count: number) => string };

/** Bars whose height is how much there was; doors as posts, alarms as diamonds: shapes first, colours second. */
export function dayOption(day: ActivityDay, look: ChartLook, words: Words, widthPx: number): ChartOption {
  const names = [...day.rows.map(({ name }) => name), words.alarms];
  const most = Math.max(
    1,
    ...day.rows.filter(({ isDoor }) => !isDoor).flatMap(({ values }) => values.map(({ count }) => count)),
  );
  const cells = day.rows.flatMap(({ values }, row) => values.map(({ wall, count }) => [wall, row, count]));
  const alarmColours: Record<Priority, string> = {
    emergency: look.alarm,
    urgent: look.urgent,
    service: look.service,
    technical: look.dim,
  };
  return {
    ...chartFrame(look),
    grid: { left: labelRoom(names, look), right: 12, top: 8, bottom: look.fontSize * 2 },
    xAxis: {
      type: 'time',
      min: day.fromWall,
      max: day.toWall,
      minInterval: (isNarrow(widthPx) ? 6 : 2) * hourMs,
      ...axisLook(look),
      axisLabel: {
        ...axisLook(look).axisLabel,
        formatter: (wall: number) => hourMinute(wall),
        hideOverlap: true,
      },
      splitLine: { show: true, lineStyle: { color: look.line } },
    },
    yAxis: { ...rowAxis(names, look), splitLine: { show: true, lineStyle: { color: look.line } } },
    series: [
      {
        type: 'custom',
        data: cells,
        encode: { x: 0, y: 1 },
        tooltip: {
          formatter: ({ value: [wall = 0, row = 0, count = 0] }: { value: number[] }) =>
            `${hourMinute(wall)}–${hourMinute(wall + day.everyMs)}  ${names[row] ?? ''}\n${words.times(count)}`,
        },
        markArea: {
          silent: true,
          itemStyle: { color: look.surface2 },
          data: nightsWithin(day.fromWall, day.toWall).map(([begin, end]) => [
            { xAxis: begin },
            { xAxis: end },
          ]),
        },
        renderItem: (_: unknown, painter: Painter) => {
          const [wall, row, count] = [painter.value(0), painter.value(1), painter.value(2)];
          const [x, middle] = painter.coord([wall, row]);
          const [end] = painter.coord([wall + day.everyMs, row]);
          const full = look.fontSize * 2;
          const isDoor = day.rows[row]?.isDoor === true;
          const height = isDoor ? full : Math.max(4, (full * Math.min(count, most)) / most);
          const width = isDoor ? Math.max(3, (end - x) / 2) : end - x - 1;
          const place = { x: isDoor ? x + (end - x) / 4 : x, y: middle + full / 2 - height, width, height };
          return block(place, isDoor ? look.urgent : look.accent, isDoor ? 2 : 1);
        },
      },
      {
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: look.fontSize * 1.4,
        data: day.alarms.map(({ wall, priority, label }) => ({
          value: [wall, names.length - 1],
          name: label,
          itemStyle: { color: alarmColours[priority], borderColor: look.surface, borderWidth: 1, opacity: 1 },
        })),
        tooltip: {
          formatter: ({ name, value }: { name: string; value: number[] }) =>
            `${hourMinute(value[0] ?? 0)}  ${name}`,
        },
      },
    ],
  };
}
