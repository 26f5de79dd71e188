import type { EChartsCoreOption } from 'echarts/core';
import type { ChartLook } from './chart-look.ts';

export type ChartOption = EChartsCoreOption;

/** Below this width a chart is on a phone. */
const narrowPx = 560;

export function isNarrow(widthPx: number): boolean {
  return widthPx < narrowPx;
}

/** What all charts have in common. Times are those of the wall clock, so that UTC must be written as it is. */
export function chartFrame(look: ChartLook): ChartOption {
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: look.font, fontSize: look.fontSize, color: look.text },
    tooltip: {
      // Painted and not written: names of rooms and devices are never read as HTML.
      renderMode: 'richText',
      confine: true,
      backgroundColor: look.surface,
      borderColor: look.dim,
      textStyle: { color: look.text, fontSize: look.fontSize, fontFamily: look.font },
    },
  };
}

export function axisLook(look: ChartLook) {
  return {
    axisLine: { lineStyle: { color: look.dim } },
    axisTick: { lineStyle: { color: look.dim } },
    axisLabel: { color: look.dim, fontSize: look.fontSize, fontFamily: look.font },
    splitLine: { lineStyle: { color: look.line } },
    nameTextStyle: { color: look.dim, fontSize: look.fontSize, fontFamily: look.font },
  };
}

/** One row for each name, the first at the top and none left out. */
export function rowAxis(names: readonly string[], look: ChartLook, color = look.text) {
  const axis = axisLook(look);
  return {
    type: 'category',
    inverse: true,
    data: names,
    ...axis,
    axisTick: { show: false },
    axisLabel: { ...axis.axisLabel, color, interval: 0 },
  } as const;
}

/** Room for labels of this length beside an axis; a Chinese character is as wide as the type is high. */
export function labelRoom(labels: readonly string[], look: ChartLook): number {
  const widths = labels.map((label) =>
    label.split('').reduce((sum, sign) => sum + (sign > '\u2e80' ? 1 : 0.58), 0),
  );
  return Math.ceil(Math.max(2, ...widths) * look.fontSize) + 14;
}

type Place = { x: number; y: number; width: number; height: number };
export type Painter = { coord: (value: [number, number]) => [number, number]; value: (at: number) => number };

/** A rectangle of a custom series; at least 2 px wide, so that what is short is seen too. */
export function block({ x, y, width, height }: Place, fill: string, radius = 0) {
  return {
    type: 'rect',
    shape: { x, y, width: Math.max(2, width), height, r: radius },
    style: { fill },
  };
}
