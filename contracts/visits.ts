import { z } from 'zod';
import { absenceKinds } from './absence.ts';
import { pageOf, pageQuerySchema } from './http-api.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import { riskGroups } from './registry.ts';
import { visitCauses, visitFrequencies, visitKinds } from './visit-frequencies.ts';

/** `met`: the resident was seen, spoken to or confirmed. Anything else is a try that counts for nothing but its reason. */
export const visitResults = ['met', 'not-met'] as const;
export const notMetReasons = ['nobody-home', 'not-reached', 'refused', 'no-staff', 'other'] as const;
export type NotMetReason = (typeof notMetReasons)[number];

export const conditions = ['well', 'as-usual', 'worse', 'needs-care'] as const;
export const homeHazards = [
  'gas',
  'electricity',
  'fire',
  'falling',
  'cold-or-heat',
  'device',
  'other',
] as const;

/** What a visitor found. Only who may read visits of the resident reads it; auditors do not. */
export const visitFindingsSchema = z.strictObject({
  condition: z.enum(conditions).nullable().default(null),
  hazards: z.array(z.enum(homeHazards)).max(10).default([]),
  wishes: z.string().trim().max(1000).default(''),
  note: z.string().trim().max(2000).default(''),
});
export type VisitFindings = z.infer<typeof visitFindingsSchema>;

export const daySchema = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'use YYYY-MM-DD');

export const newVisitFollowUpSchema = z.strictObject({
  text: z.string().trim().min(1).max(500),
  dueDay: daySchema,
  /** Who is to see to it; whoever is at the station if nobody is named. */
  ownerId: recordIdSchema.nullable().default(null),
});

/** By which the hub knows that the visitor stood there: a test press in the dwelling, or the code of its label. */
export const checkInWays = ['button', 'label'] as const;

/**
 * `POST /visits`. `id` is chosen by the sender, so that what was kept while there was no network and sent twice is entered
 * once. A test press at the dwelling between ten minutes before `startedAt` and ten minutes after `at` checks the visitor
 * in; a press for help never does, and rings as ever.
 */
export const newVisitSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/, 'use 8–64 letters, digits or "-"')
    .optional(),
  residentId: recordIdSchema,
  kind: z.enum(visitKinds),
  result: z.enum(visitResults).default('met'),
  /** Needed of `not-met`. */
  reason: z.enum(notMetReasons).nullable().default(null),
  startedAt: instantSchema.optional(),
  /** When it ended; now if it is left out. Not in the future, and at most 14 days ago. */
  at: instantSchema.optional(),
  /** The dwelling whose label was read. */
  labelDwellingId: recordIdSchema.nullable().default(null),
  findings: visitFindingsSchema.optional(),
  followUp: newVisitFollowUpSchema.nullable().default(null),
});
export type NewVisit = z.input<typeof newVisitSchema>;

const person = z.object({ id: z.string(), displayName: z.string() });

export const visitSchema = z.object({
  id: z.string(),
  residentId: z.string(),
  stationId: z.string(),
  kind: z.enum(visitKinds),
  result: z.enum(visitResults),
  reason: z.enum(notMetReasons).nullable(),
  startedAt: instantSchema,
  at: instantSchema,
  recordedAt: instantSchema,
  /** `null` of one that the hub confirmed by itself from a sign of life. */
  visitor: person.nullable(),
  checkIn: z.enum(checkInWays).nullable(),
  checkedInAt: instantSchema.nullable(),
  findings: visitFindingsSchema,
  campaignId: z.string().nullable(),
});
export type Visit = z.infer<typeof visitSchema>;

/**
 * `open` until it is done, its time is over (`missed`), or the resident is away (`excused`). A missed one is settled by the
 * next visit and stays missed. `dropped`: the resident is no longer of those who are due.
 */
export const duePhases = ['open', 'excused', 'done', 'missed', 'dropped'] as const;
export type DuePhase = (typeof duePhases)[number];
/** Who is to see to it: the station's manager when it is missed, then the street, then the district. */
export const escalationTiers = ['station', 'street', 'district'] as const;
export type EscalationTier = (typeof escalationTiers)[number];

const owedSchema = z.object({
  id: z.string(),
  cause: z.enum(visitCauses),
  from: instantSchema,
  /** Not included. */
  until: instantSchema,
  phase: z.enum(duePhases),
  /** Of a missed one that nobody has made up for. */
  escalatedTo: z.enum(escalationTiers).nullable(),
  /** Tiers to which a digest of overdue visits went that named this one. Both `null`: nobody has been reached there. */
  told: z.array(
    z.object({
      tier: z.enum(escalationTiers),
      /** When the first of them reached somebody, and the latest. */
      first: instantSchema.nullable(),
      last: instantSchema.nullable(),
    }),
  ),
});

/** `GET /visits/due`: a resident with what is owed to them now, the one that ends first standing first. */
export const dueResidentSchema = z.object({
  residentId: z.string(),
  residentName: z.string(),
  phone: z.string().nullable(),
  riskGroups: z.array(z.enum(riskGroups)),
  dwellingId: z.string(),
  address: z.string(),
  grid: z.string().nullable(),
  stationId: z.string(),
  stationName: z.string(),
  /** Open, excused, and missed ones that nobody has made up for. */
  owed: z.array(owedSchema),
  /** When the first of them ends, or ended. */
  until: instantSchema,
  isOverdue: z.boolean(),
  /** Running now; the resident is not due meanwhile. */
  absence: z.enum(absenceKinds).nullable(),
  lastVisit: z
    .object({ kind: z.enum(visitKinds), result: z.enum(visitResults), at: instantSchema })
    .nullable(),
  lastSignAt: instantSchema.nullable(),
});
export type DueResident = z.infer<typeof dueResidentSchema>;
export const dueQuerySchema = pageQuerySchema.extend({
  stationId: z.string().max(64).optional(),
  residentId: z.string().max(64).optional(),
  /** `due`: open or overdue; `away`: excused and nothing else. */
  state: z.enum(['due', 'overdue', 'away', 'all']).default('due'),
  /** Overdue ones that have come to this tier. */
  escalatedTo: z.enum(escalationTiers).optional(),
});
export const duePageSchema = pageOf(dueResidentSchema);

/** `GET /residents/{id}/visits`, the latest first; of `GET /residents/{id}/visit-presses`, test presses since then. */
export const visitListSchema = z.object({ items: z.array(visitSchema) });
export const pressesQuerySchema = z.object({ since: instantSchema });
export const pressesSchema = z.object({
  items: z.array(z.object({ deviceId: z.string(), at: instantSchema })),
});

/** `GET /visit-follow-ups`, open ones, the first due standing first; `POST /visit-follow-ups/{id}/done`. */
export const visitFollowUpSchema = z.object({
  id: z.string(),
  visitId: z.string(),
  residentId: z.string(),
  residentName: z.string(),
  address: z.string(),
  stationId: z.string(),
  text: z.string(),
  dueDay: daySchema,
  isOverdue: z.boolean(),
  owner: person.nullable(),
  doneAt: instantSchema.nullable(),
  doneBy: person.nullable(),
  doneNote: z.string(),
});
export type VisitFollowUp = z.infer<typeof visitFollowUpSchema>;
export const visitFollowUpQuerySchema = pageQuerySchema.extend({
  stationId: z.string().max(64).optional(),
  /** Mine, or nobody's. */
  mine: z.enum(['true', 'false']).optional(),
});
export const visitFollowUpPageSchema = pageOf(visitFollowUpSchema);
export const followUpDoneSchema = z.strictObject({ note: z.string().trim().max(500).default('') });

/** `GET|PUT /residents/{id}/visit-plan` */
export const visitPlanSchema = z.object({
  residentId: z.string(),
  /** The resident's own; `null` to go by the risk groups. */
  frequency: z.enum(visitFrequencies).nullable(),
  note: z.string(),
  /** What holds, by the resident's own or by the strictest of the groups. */
  holds: z.enum(visitFrequencies),
  version: z.number().int(),
});
export type VisitPlan = z.infer<typeof visitPlanSchema>;
export const visitPlanPutSchema = z.strictObject({
  frequency: z.enum(visitFrequencies).nullable(),
  /** Why; needed where it is less than the groups ask for. */
  note: z.string().trim().max(300).default(''),
  version: z.number().int().min(0).optional(),
});
