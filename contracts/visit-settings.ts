import { z } from 'zod';
import { riskGroups } from './registry.ts';
import { organisationLevels } from './roles.ts';
import { visitCauses, visitFrequencies, visitKinds } from './visit-frequencies.ts';
import type { VisitCause, VisitGroup } from './visit-frequencies.ts';

/** Risk groups, and residents of none. */
export const visitGroups: readonly VisitGroup[] = [...riskGroups, 'others'];

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

const frequencies = z.strictObject(
  Object.fromEntries(visitGroups.map((group) => [group, frequency])) as Record<VisitGroup, typeof frequency>,
);
const fulfilledBy = z.strictObject(
  Object.fromEntries(visitCauses.map((cause) => [cause, kinds])) as Record<VisitCause, typeof kinds>,
);
const afterEventHours = z.number().int().min(1).max(168);
const escalateAfterHours = z
  .strictObject({ street: hours, district: hours })
  .refine(({ street, district }) => street <= district, 'the district comes after the street');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use a time such as "09:00"');
const digestHours = z
  .strictObject({ from: time, until: time })
  .refine(({ from, until }) => from < until, '"until" comes after "from", on the same day');

const visitSettingsSchema = z.object({
  frequencies,
  fulfilledBy,
  afterEventHours,
  escalateAfterHours,
  digestHours,
});
const visitSettingsPatchSchema = z.strictObject({
  frequencies: frequencies.partial().optional(),
  fulfilledBy: fulfilledBy.partial().optional(),
  afterEventHours: afterEventHours.optional(),
  escalateAfterHours: escalateAfterHours.optional(),
  digestHours: digestHours.optional(),
});

/** `GET|PUT /organisations/{id}/visit-settings`. What an organisation has not entered holds as above it. */
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
