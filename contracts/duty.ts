import { z } from 'zod';
import { instantSchema, recordIdSchema } from './ids.ts';

/** A day of the calendar, by the hub's clock. */
export const daySchema = z.iso.date();
/** A time of that day. */
const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use a time such as "08:00"');

/**
 * One line of an organisation's rota: who is on duty from `begins` to `ends`, on `firstDay`, or on each of `weekdays` from
 * `firstDay` on. A shift that ends at or before its beginning goes on into the next day; 24 hours are the longest.
 */
const shiftFields = {
  userId: recordIdSchema,
  firstDay: daySchema,
  /** 1 Monday to 7 Sunday; empty for `firstDay` alone. */
  weekdays: z
    .array(z.number().int().min(1).max(7))
    .max(7)
    .refine((days) => new Set(days).size === days.length, 'name each day once'),
  /** The last day on which a repeated one may begin; `null` for no end. */
  lastDay: daySchema.nullable(),
  begins: timeSchema,
  ends: timeSchema,
  /** Days on which it does not take place. */
  exceptDays: z.array(daySchema).max(400),
};

export const dutyShiftSchema = z.object({
  ...shiftFields,
  id: recordIdSchema,
  version: z.number().int().min(1),
});
export type DutyShift = z.infer<typeof dutyShiftSchema>;

/** `POST /organisations/{id}/duty/shifts` */
export const newDutyShiftSchema = z.strictObject({
  ...shiftFields,
  weekdays: shiftFields.weekdays.default([]),
  lastDay: shiftFields.lastDay.default(null),
  exceptDays: shiftFields.exceptDays.default([]),
  /** One day of a repeated shift that this one takes the place of; both changes are made, or none. */
  insteadOf: z.strictObject({ shiftId: recordIdSchema, day: daySchema }).optional(),
});
export type NewDutyShift = z.input<typeof newDutyShiftSchema>;

/** `PATCH /organisations/{id}/duty/shifts/{shiftId}` */
export const dutyShiftPatchSchema = z.strictObject({
  userId: shiftFields.userId.optional(),
  firstDay: shiftFields.firstDay.optional(),
  weekdays: shiftFields.weekdays.optional(),
  lastDay: shiftFields.lastDay.optional(),
  begins: shiftFields.begins.optional(),
  ends: shiftFields.ends.optional(),
  exceptDays: shiftFields.exceptDays.optional(),
  version: z.number().int().min(1).optional(),
});

/** `GET /organisations/{id}/duty/week?from=`; without a day the week that is now, from its Monday. */
export const dutyWeekQuerySchema = z.object({ from: daySchema.optional() });

const span = { from: instantSchema, until: instantSchema };

export const dutyWeekSchema = z.object({
  organisationId: recordIdSchema,
  timeZone: z.string(),
  firstDay: daySchema,
  /** When each of the seven days begins, and when the last one ends. */
  midnights: z.array(instantSchema).length(8),
  /** Whether anything was ever entered. Without a rota the gaps are the whole week. */
  hasRota: z.boolean(),
  /** The lines that have a turn in this week. */
  shifts: z.array(dutyShiftSchema),
  /** Every time somebody is on duty that touches the week, in the order of their beginnings. */
  turns: z.array(
    z.object({
      ...span,
      shiftId: recordIdSchema,
      day: daySchema,
      userId: recordIdSchema,
      displayName: z.string(),
      /** `false` of who has left the organisation or no longer answers alarms: that turn is a gap. */
      isHere: z.boolean(),
    }),
  ),
  /** When nobody is on duty. */
  gaps: z.array(z.object(span)),
  /** Who can be entered. */
  people: z.array(z.object({ id: z.string(), displayName: z.string() })),
});
export type DutyWeek = z.infer<typeof dutyWeekSchema>;
