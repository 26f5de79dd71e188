/** The coded outcomes that an operator chooses from when closing an alarm. */
export const dispositions = [
  'helped-by-phone',
  'helped-on-site',
  'ambulance-called',
  'fire-service-called',
  'police-called',
  'service-arranged',
  'false-alarm',
  'test',
  'equipment-repaired',
  'no-one-reached',
  'other',
] as const;
export type Disposition = (typeof dispositions)[number];

/** Dispositions that say nothing without a note; the hub refuses them without one. */
export const dispositionsThatNeedANote: ReadonlySet<Disposition> = new Set(['no-one-reached', 'other']);
