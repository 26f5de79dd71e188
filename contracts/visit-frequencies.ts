import type { Resident } from './registry.ts';

/** How often a resident is to be visited; the strictest first. */
export const visitFrequencies = ['weekly', 'monthly', 'quarterly', 'none'] as const;
export type VisitFrequency = (typeof visitFrequencies)[number];

/** Why a visit is owed: a period of the calendar, or something serious that happened. */
export const visitCauses = ['weekly', 'monthly', 'quarterly', 'after-event'] as const;
export type VisitCause = (typeof visitCauses)[number];

/** `sensor`: no person met the resident, a sensor or button gave a sign of life. Counted apart from the other two. */
export const visitKinds = ['in-person', 'phone', 'sensor'] as const;
export type VisitKind = (typeof visitKinds)[number];

/** A risk group, or residents of none. */
export type VisitGroup = Resident['riskGroups'][number] | 'others';

export type VisitSettings = {
  frequencies: Record<VisitGroup, VisitFrequency>;
  /** By which kinds of visit what is owed for a cause is done. */
  fulfilledBy: Record<VisitCause, VisitKind[]>;
  /** Within how many hours after a fall, an emergency or a hospital stay. */
  afterEventHours: number;
  /** Hours after a visit was missed at which the street and the district see it; the station does at once. */
  escalateAfterHours: { street: number; district: number };
  /** When people are told of overdue visits, once a day, by the clocks on the wall; a hub that was off tells them until its end. */
  digestHours: DigestHours;
};

/** `HH:MM`; never over midnight. */
export type DigestHours = { from: string; until: string };

/** What an organisation has in place of what holds above it. */
export type VisitSettingsPatch = {
  frequencies?: { [K in VisitGroup]?: VisitFrequency | undefined } | undefined;
  fulfilledBy?: { [K in VisitCause]?: VisitKind[] | undefined } | undefined;
  afterEventHours?: number | undefined;
  escalateAfterHours?: VisitSettings['escalateAfterHours'] | undefined;
  digestHours?: DigestHours | undefined;
};

/**
 * Weekly for all whom 简阳 wants visited every week (living alone, advanced age, disabled), and for dementia, which other
 * cities class as high risk. A day for whoever fell or came from hospital.
 */
export const visitDefaults: VisitSettings = {
  frequencies: {
    'living-alone': 'weekly',
    dementia: 'weekly',
    disabled: 'weekly',
    'advanced-age': 'weekly',
    others: 'none',
  },
  fulfilledBy: {
    weekly: ['in-person', 'phone'],
    monthly: ['in-person', 'phone'],
    quarterly: ['in-person', 'phone'],
    'after-event': ['in-person', 'phone'],
  },
  afterEventHours: 24,
  escalateAfterHours: { street: 24, district: 72 },
  digestHours: { from: '09:00', until: '18:00' },
};

/** Puts what organisations have entered over the hub's own, from the top down. */
export function visitSettingsOf(entered: readonly VisitSettingsPatch[]): VisitSettings {
  let settings = visitDefaults;
  for (const one of entered) {
    settings = {
      frequencies: { ...settings.frequencies, ...defined(one.frequencies) },
      fulfilledBy: { ...settings.fulfilledBy, ...defined(one.fulfilledBy) },
      afterEventHours: one.afterEventHours ?? settings.afterEventHours,
      escalateAfterHours: one.escalateAfterHours ?? settings.escalateAfterHours,
      digestHours: one.digestHours ?? settings.digestHours,
    };
  }
  return settings;
}

function defined<T extends object>(part: T | undefined): { [K in keyof T]: NonNullable<T[K]> } {
  const kept = Object.entries(part ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: NonNullable<T[K]> };
}
