import type { Report } from '@carebell/contracts/report.ts';
import { answerTargets, reportHops } from '@carebell/contracts/report.ts';
import type { CaseNumbers, ReportHop } from '@carebell/contracts/report.ts';
import { axisLook, chartFrame, isNarrow, labelRoom, rowAxis } from '../history/chart-frame.ts';
import type { ChartOption } from '../history/chart-frame.ts';
import type { ChartLook } from '../history/chart-look.ts';
import { spanText } from '../history/station-figures.ts';
import { percent } from './percent.ts';

type Place = Report['organisations'][number];
type Measured = Pick<Place, 'name' | 'numbers'>;

/** Organisations in which anything happened; the others have no share to paint. */
export function placesWithCases({ organisations }: Report): Place[] {
  return organisations.filter(({ numbers }) => numbers.cases > 0);
}

const names = ['within60s', 'within180s'] as const;

/** A bar for each target and organisation. */
export function sharesOption(
  places: readonly Measured[],
  look: ChartLook,
  words: Record<(typeof names)[number], string>,
): ChartOption {
  const labels = places.map(({ name }) => name);
  const colours = { within60s: look.accent, within180s: look.service };
  return {
    ...chartFrame(look),
    tooltip: { show: false },
    grid: { left: labelRoom(labels, look), right: look.fontSize * 6, top: 4, bottom: look.fontSize * 2 },
    xAxis: {
      type: 'value',
      min: 0,
      max: 1,
      ...axisLook(look),
      axisLabel: {
        ...axisLook(look).axisLabel,
        formatter: (share: number) => `${Math.round(share * 100)} %`,
      },
    },
    yAxis: rowAxis(labels, look),
    series: names.map((name) => ({
      type: 'bar',
      name: words[name],
      data: places.map(({ numbers }) => numbers[name].share ?? 0),
      itemStyle: { color: colours[name], borderRadius: [0, 3, 3, 0] },
      barGap: '15%',
      barCategoryGap: '30%',
      label: {
        ...rowLabel(look),
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const share = places[dataIndex]?.numbers[name].share ?? null;
          const isMissed = share !== null && share < answerTargets[name].share;
          return `${isMissed ? '✗ ' : ''}${percent(share)}`;
        },
      },
    })),
  };
}

export type HopTimes = { hop: ReportHop } & NonNullable<CaseNumbers['hops'][ReportHop]>;

/** The hops in the order in which an alarm goes through them. */
export function hopTimes({ hops }: CaseNumbers): HopTimes[] {
  return reportHops.flatMap((hop) => {
    const times = hops[hop];
    return times === undefined ? [] : [{ hop, ...times }];
  });
}

export const parts = ['p50Ms', 'p95Ms', 'p99Ms'] as const;

export function hopsOption(
  rows: readonly HopTimes[],
  look: ChartLook,
  words: { hop: (hop: ReportHop) => string },
  widthPx: number,
  isLow = false,
): ChartOption {
  const labels = rows.map(({ hop }) => words.hop(hop));
  const spans = (row: HopTimes | undefined, shown: readonly (typeof parts)[number][]) =>
    shown.map((part) => spanText(row?.[part] ?? 0)).join(' / ');
  const colours = { p50Ms: look.accent, p95Ms: look.urgent, p99Ms: look.alarm };
  return {
    ...chartFrame(look),
    tooltip: { show: false },
    grid: {
      left: labelRoom(labels, look),
      right: look.fontSize * (isLow ? 10 : 5),
      top: 4,
      bottom: look.fontSize * 2,
    },
    xAxis: {
      type: 'log',
      min: 1,
      ...axisLook(look),
      splitNumber: isNarrow(widthPx) ? 3 : 6,
      axisLabel: { ...axisLook(look).axisLabel, hideOverlap: true, formatter: (ms: number) => spanText(ms) },
    },
    yAxis: rowAxis(labels, look),
    series: parts.map((part) => ({
      type: 'bar',
      // A logarithm has no 0.
      data: rows.map((row) => Math.max(1, row[part])),
      itemStyle: { color: colours[part], borderRadius: [0, 3, 3, 0] },
      barGap: '15%',
      barCategoryGap: '30%',
      label: {
        ...rowLabel(look),
        // Bars that are lower than their letters have one label for all three, beside the longest and middle of them.
        ...(isLow && { show: part === 'p99Ms', offset: [0, -look.fontSize / 2] }),
        formatter: ({ dataIndex }: { dataIndex: number }) => spans(rows[dataIndex], isLow ? parts : [part]),
      },
    })),
  };
}

function rowLabel(look: ChartLook) {
  return {
    show: true,
    position: 'right',
    color: look.text,
    fontSize: look.fontSize - 1,
    fontFamily: look.font,
  } as const;
}
