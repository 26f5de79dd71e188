import { z } from 'zod';
import { riskGroups } from './registry.ts';
import { organisationLevels } from './roles.ts';

/** How often a resident is to be visited; the strictest first. */
export const visitFrequencies = ['weekly', 'monthly', 'quarterly', 'none'] as const;
export type VisitFrequency = (typeof visitFrequencies)[number];
/** Why a visit is owed: a period of the calendar, or something serious that happened. */
export const visitCauses = ['weekly', 'monthly', 'quarterly', 'after-event'] as const;
export type VisitCause = (typeof visitCauses)[number];

/** `sensor`: no person met the resident, a sensor or button gave a sign of life. Counted apart from the other two. */
export const visitKinds = ['in-person', 'phone', 'sensor'] as const;
export type VisitKind = (typeof visitKinds)[number];

/** Risk groups, and residents of none. */
export const visitGroups = [...riskGroups, 'others'] as const;
export type VisitGroup = (typeof visitGroups)[number];

const frequency = z.enum(visitFrequencies);
const kinds = z
  .array(z.enum(visitKinds))
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'name each kind once');
const hours = z
  .number()
  .int()
  .min(0)
  .max(24 * 90);

/** `GET|PUT /organisations/{id}/visit-settings`. What an organisation has not entered holds as above it. */
export const visitSettingsSchema = z.strictObject({
  frequencies: z.strictObject(
    Object.fromEntries(visitGroups.map((group) => [group, frequency])) as Record<
      VisitGroup,
      typeof frequency
    >,
  ),
  fulfilledBy: z.strictObject(
    Object.fromEntries(visitCauses.map((cause) => [cause, kinds])) as Record<VisitCause, typeof kinds>,
  ),
  /** Within how many hours after a fall, an emergency or a hospital stay. */
  afterEventHours: z.number().int().min(1).max(168),
  /** Hours after a visit was missed at which the street and the district see it; the station does at once. */
  escalateAfterHours: z
    .strictObject({ street: hours, district: hours })
    .refine(({ street, district }) => street <= district, 'the district comes after the street'),
});
export type VisitSettings = z.infer<typeof visitSettingsSchema>;
export const visitSettingsPatchSchema = z.strictObject({
  frequencies: visitSettingsSchema.shape.frequencies.partial().optional(),
  fulfilledBy: visitSettingsSchema.shape.fulfilledBy.partial().optional(),
  afterEventHours: visitSettingsSchema.shape.afterEventHours.optional(),
  escalateAfterHours: visitSettingsSchema.shape.escalateAfterHours.optional(),
});
export type VisitSettingsPatch = z.infer<typeof visitSettingsPatchSchema>;

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
    };
  }
  return settings;
}

function defined<T extends object>(part: T | undefined): { [K in keyof T]: NonNullable<T[K]> } {
  const kept = Object.entries(part ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: NonNullable<T[K]> };
}

export const shownVisitSettingsSchema = z.object({
  /** Entered here. */
  own: visitSettingsPatchSchema,
  /** What holds here if nothing is entered. */
  inherited: visitSettingsSchema,
  /** What holds. */
  holds: visitSettingsSchema,
  /** From whom it is inherited, the nearest first. */
  from: z.array(z.object({ id: z.string(), name: z.string(), level: z.enum(organisationLevels) })),
  version: z.number().int(),
});
export type ShownVisitSettings = z.infer<typeof shownVisitSettingsSchema>;
export const visitSettingsPutSchema = z.strictObject({
  settings: visitSettingsPatchSchema,
  version: z.number().int().min(0).optional(),
});
