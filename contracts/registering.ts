import { z } from 'zod';
import { recordIdSchema } from './ids.ts';

/**
 * `GET /dwellings/{id}/residents`: who lives there, for whoever puts a device up. Who may read no residents gets their names masked:
 * enough to ask the person who opens the door which of them it is for.
 */
export const dwellingResidentsSchema = z.object({
  items: z.array(z.object({ id: recordIdSchema, name: z.string() })),
});
export type DwellingResident = z.infer<typeof dwellingResidentsSchema>['items'][number];
