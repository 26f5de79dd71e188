import { z } from 'zod';
import { instantSchema, recordIdSchema } from './ids.ts';

/**
 * Why a resident's home says less than usual for a time. It suspends rules about silence only: a press, a fall, smoke or
 * gas is an alarm as ever. `carer-present`: the resident is at home and not alone.
 */
export const absenceKinds = ['away', 'in-hospital', 'on-holiday', 'carer-present'] as const;
export type AbsenceKind = (typeof absenceKinds)[number];

/** `planned` until `from`, `running` until `until`, then `over`; whoever ends it early sets that by hand. */
export const absencePhases = ['planned', 'running', 'over'] as const;
export type AbsencePhase = (typeof absencePhases)[number];

const person = z.object({ id: z.string(), displayName: z.string() });
const note = z.string().trim().max(500);

/** `GET /residents/{id}/absences`, `POST /residents/{id}/absences`, `PATCH /absences/{id}`, `POST /absences/{id}/end` */
export const absenceSchema = z.object({
  id: recordIdSchema,
  residentId: recordIdSchema,
  kind: z.enum(absenceKinds),
  phase: z.enum(absencePhases),
  from: instantSchema,
  /** When it ends by itself. */
  until: instantSchema,
  note,
  setBy: person,
  setAt: instantSchema,
  /** When it was over; `endedBy` is `null` if it ended by itself. */
  endedAt: instantSchema.nullable(),
  endedBy: person.nullable(),
  version: z.number().int().min(1),
});
export type Absence = z.infer<typeof absenceSchema>;
export const absenceListSchema = z.object({ items: z.array(absenceSchema) });

/** Without `from` it begins now. One resident has one at a time: another is refused with `absence-overlaps`. */
export const newAbsenceSchema = z.strictObject({
  kind: z.enum(absenceKinds),
  from: instantSchema.optional(),
  until: instantSchema,
  note: note.default(''),
});
export type NewAbsence = z.input<typeof newAbsenceSchema>;

/** Prolongs or shortens it, or changes its note. */
export const absencePatchSchema = z.strictObject({
  until: instantSchema.optional(),
  note: note.optional(),
  version: z.number().int().min(1).optional(),
});

/** What stands on an alarm of a resident who has one that is running. */
export const absenceMarkSchema = z.object({
  id: z.string(),
  kind: z.enum(absenceKinds),
  from: instantSchema,
  until: instantSchema,
});
export type AbsenceMark = z.infer<typeof absenceMarkSchema>;
