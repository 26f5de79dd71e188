import { z } from 'zod';
import { absenceKinds } from './absence.ts';
import { alarmKindNames, priorities } from './alarm-kinds.ts';
import { pageQuerySchema } from './http-api.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import { nightPlaces, openAlarmMarkSchema } from './night.ts';
import { contactSchema, shownContactSchema } from './registry.ts';
import { visitKinds } from './visit-frequencies.ts';
import { visitResults } from './visits.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'use a time such as "21:00"');
const name = contactSchema.shape.name;
const phone = contactSchema.shape.phone;

/** Who cares, and every day from when to when; from and to the same time is round the clock. */
export const carerSchema = z.strictObject({
  name,
  relation: contactSchema.shape.relation,
  phone,
  begins: time,
  ends: time,
});
export type Carer = z.infer<typeof carerSchema>;
const shownCarerSchema = z.object({ ...carerSchema.shape, phone: shownContactSchema.shape.phone });

/** A carer is away from a moment to another (喘息服务), and who stands in. */
const respite = {
  carer: name,
  from: instantSchema,
  until: instantSchema,
  standIn: z.strictObject({ name, phone }).nullable(),
  note: z.string().trim().max(500),
};
/** `POST /care-beds/{id}/respites` */
export const newRespiteSchema = z.strictObject({
  ...respite,
  standIn: respite.standIn.default(null),
  note: respite.note.default(''),
});
export type NewRespite = z.infer<typeof newRespiteSchema>;
export const respitePhases = ['planned', 'running', 'over'] as const;
export const respiteSchema = z.object({
  ...respite,
  standIn: z.object({ name, phone: shownContactSchema.shape.phone }).nullable(),
  id: recordIdSchema,
  phase: z.enum(respitePhases),
});
export type Respite = z.infer<typeof respiteSchema>;

/** What a bed under watch round the clock is short of. */
export const careBedLacks = [
  'no-bed-sensor',
  'bed-sensor-silent',
  'no-button',
  'button-silent',
  'no-carer',
  'no-night-carer',
  'no-stand-in',
] as const;
export type CareBedLack = (typeof careBedLacks)[number];

const person = z.object({ id: z.string(), displayName: z.string() });

export const careBedSchema = z.object({
  id: recordIdSchema,
  residentId: recordIdSchema,
  residentName: z.string(),
  dwellingId: recordIdSchema,
  address: z.string(),
  stationId: recordIdSchema,
  stationName: z.string(),
  openedAt: instantSchema,
  openedBy: person,
  endedAt: instantSchema.nullable(),
  endReason: z.string().nullable(),
  lacks: z.array(z.enum(careBedLacks)),
  /** Where the resident is, as the night watch says it; `null` of a bed that has ended. */
  night: z
    .object({
      place: z.enum(nightPlaces),
      since: instantSchema.nullable(),
      outOfBedSince: instantSchema.nullable(),
    })
    .nullable(),
  absence: z.object({ kind: z.enum(absenceKinds), until: instantSchema }).nullable(),
  /** The one that runs now. */
  respite: respiteSchema.nullable(),
  alarms: z.array(openAlarmMarkSchema),
  version: z.number().int().min(1),
});
export type CareBed = z.infer<typeof careBedSchema>;

/** `GET /care-beds`: those with an open alarm first, then what is short of something. */
export const careBedQuerySchema = pageQuerySchema.pick({ limit: true }).extend({
  stationId: z.string().max(64).optional(),
  state: z.enum(['open', 'ended']).default('open'),
});
export const careBedListSchema = z.object({ items: z.array(careBedSchema), isCut: z.boolean() });

/** `GET /care-beds/{id}` */
export const careBedDetailSchema = careBedSchema.extend({
  carers: z.array(shownCarerSchema),
  respites: z.array(respiteSchema),
  note: z.string(),
  devices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      of: z.enum(['bed-sensor', 'button']),
      isHeard: z.boolean(),
    }),
  ),
  /** Alarms and visits of the last days, the latest first. */
  log: z.array(
    z.discriminatedUnion('of', [
      z.object({
        of: z.literal('alarm'),
        id: z.string(),
        at: instantSchema,
        kind: z.enum(alarmKindNames),
        priority: z.enum(priorities),
        isOpen: z.boolean(),
      }),
      z.object({
        of: z.literal('visit'),
        id: z.string(),
        at: instantSchema,
        kind: z.enum(visitKinds),
        result: z.enum(visitResults),
        visitor: z.string().nullable(),
      }),
    ]),
  ),
});
export type CareBedDetail = z.infer<typeof careBedDetailSchema>;
export const careBedLogDays = 14;

const carers = z.array(carerSchema).max(10);
const note = z.string().trim().max(2000);
/** `POST /care-beds`: a resident has one at a time. */
export const newCareBedSchema = z.strictObject({
  residentId: recordIdSchema,
  carers: carers.default([]),
  note: note.default(''),
});
export type NewCareBed = z.input<typeof newCareBedSchema>;
/** `PATCH /care-beds/{id}` */
export const careBedPatchSchema = z.strictObject({
  carers: carers.optional(),
  note: note.optional(),
  version: z.number().int().min(1).optional(),
});
/** `POST /care-beds/{id}/end` */
export const careBedEndSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) });
