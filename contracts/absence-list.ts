import { z } from 'zod';
import { absenceSchema } from './absence.ts';
import { pageOf, pageQuerySchema } from './http-api.ts';

/**
 * `GET /absences`: whom the reader's part of the organisation does not expect at home as usual, running or planned, whoever
 * is back first standing first. Without the note, which may say why somebody lies in hospital.
 */
export const absenceQuerySchema = pageQuerySchema.extend({
  phase: z.enum(['running', 'planned']).default('running'),
  stationId: z.string().max(64).optional(),
});
export const shownAbsenceSchema = absenceSchema
  .pick({ id: true, residentId: true, kind: true, phase: true, from: true, until: true })
  .extend({
    residentName: z.string(),
    address: z.string(),
    stationId: z.string(),
    stationName: z.string(),
  });
export type ShownAbsence = z.infer<typeof shownAbsenceSchema>;
export const absencePageSchema = pageOf(shownAbsenceSchema);
