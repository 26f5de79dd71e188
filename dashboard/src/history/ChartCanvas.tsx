import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { ChartOption } from './chart-frame.ts';

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkAreaComponent,
  TooltipComponent,
  CanvasRenderer,
]);

type Props = {
  /** Made anew for each width; keep it the same as long as it would paint the same. */
  build: (widthPx: number) => ChartOption;
  heightRem: number;
};

/** A painted chart. It says nothing to screen readers: its table beside it does. */
export function ChartCanvas({ build, heightRem }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  const builder = useRef(build);

  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const made = init(element, null, { renderer: 'canvas' });
    chart.current = made;
    const fit = () => {
      made.resize();
      made.setOption(builder.current(element.clientWidth), { notMerge: true });
    };
    const watch = new ResizeObserver(fit);
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    builder.current = build;
    chart.current?.setOption(build(holder.current?.clientWidth ?? 0), { notMerge: true });
  }, [build]);

  return (
    <div ref={holder} className="chart-canvas" style={{ height: `${heightRem}rem` }} aria-hidden="true" />
  );
}
