import type { TFunction } from 'i18next';
import { durationParts } from './duration.ts';

/** `1 min 30 s` in the person's language. */
export function durationText(t: TFunction, ms: number): string {
  return durationParts(ms)
    .map(({ unit, n }) => t(`duration.${unit}`, { n }))
    .join(' ');
}
