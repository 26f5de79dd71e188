import { useMemo } from 'react';
import { useAntTheme } from '../app/theme.ts';
import { useWorkplace } from '../app/workplace.ts';

const tokens = {
  text: '--text',
  dim: '--dim',
  line: '--line',
  surface: '--surface',
  surface2: '--surface-2',
  accent: '--accent',
  onAccent: '--on-accent',
  urgent: '--urgent-text',
  alarm: '--alarm-text',
  service: '--service',
  emergency: '--emergency',
  font: '--font-text',
} as const;

/** What a chart takes from the page's tokens: it paints on a canvas, which knows no style sheet. */
export type ChartLook = Record<keyof typeof tokens, string> & { fontSize: number };

/** Small type of the page, 0.8125 rem. */
const smallType = 0.8125;

/** The look of charts; another one whenever the theme or the size of type changes. */
export function useChartLook(): ChartLook {
  const { look } = useWorkplace();
  const worn = useAntTheme(look);
  return useMemo(() => readLook(worn.token?.fontSize), [worn]);
}

function readLook(rem = 16): ChartLook {
  // A part of the page may be dark on its own.
  const wearer = document.querySelector('.station [data-theme]') ?? document.documentElement;
  const style = getComputedStyle(wearer);
  const read = Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => [name, style.getPropertyValue(token).trim()]),
  ) as Record<keyof typeof tokens, string>;
  return { ...read, fontSize: Math.round(rem * smallType) };
}
