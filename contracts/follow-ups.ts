import type { Priority } from './alarm-kinds.ts';
import type { Disposition } from './dispositions.ts';

const helped: ReadonlySet<Disposition> = new Set<Disposition>([
  'helped-by-phone',
  'helped-on-site',
  'ambulance-called',
  'fire-service-called',
  'police-called',
  'service-arranged',
]);

/** Whoever was really helped is asked afterwards how it was. */
export function isAskedAfterwards(alarm: {
  priority: Priority;
  disposition: Disposition;
  isDrill: boolean;
}): boolean {
  return !alarm.isDrill && alarm.priority !== 'technical' && helped.has(alarm.disposition);
}

export const followUpResults = ['answered', 'not-reached', 'declined'] as const;
export type FollowUpResult = (typeof followUpResults)[number];

/** After so many tries nobody is asked again. */
export const followUpTriesAtMost = 3;
