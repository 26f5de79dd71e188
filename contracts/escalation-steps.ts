import { z } from 'zod';
import { contactOutcomes } from './contact-outcomes.ts';
import { recipientGroups } from './recipient-groups.ts';
import { instantSchema } from './ids.ts';

const personSchema = z.object({ id: z.string(), displayName: z.string() });
const at = { seq: z.number().int(), at: instantSchema };

export const deadlineNames = ['answered', 'on-site', 'closed'] as const;
export type DeadlineName = (typeof deadlineNames)[number];

/** Why a deadline was missed, as far as the record shows it. */
export const missReasons = [
  'arrived-late',
  'not-displayed',
  'not-answered',
  'acknowledgement-expired',
  'no-responder',
  'responder-not-there',
  'still-open',
] as const;
export type MissReason = (typeof missReasons)[number];

/** Why a step of the policy was carried out. */
export const escalationReasons = [
  'raised',
  'not-answered',
  'nobody-found',
  'acknowledgement-expired',
  'still-lying',
  'repeated',
] as const;
export type EscalationReason = (typeof escalationReasons)[number];

export const fallStages = ['suspected', 'not-confirmed', 'confirmed', 'still-lying'] as const;
export type FallStage = (typeof fallStages)[number];

/** What escalation, and those who handle an alarm, put on its time line. */
export const escalationStepSchemas = [
  /** A step of the policy was carried out. `people` is empty where the groups have nobody; then the next step follows at once. */
  z.object({
    ...at,
    step: z.literal('escalated'),
    stepKey: z.string(),
    /** Of the policy's steps, from 1. */
    number: z.number().int(),
    groups: z.array(z.enum(recipientGroups)),
    mode: z.enum(['all-at-once', 'in-order']),
    reason: z.enum(escalationReasons),
    people: z.array(personSchema),
  }),
  /** The same people once more, or the next one in the order. */
  z.object({
    ...at,
    step: z.literal('called'),
    stepKey: z.string(),
    because: z.enum(['again', 'no-answer', 'refused', 'not-reached']),
    people: z.array(personSchema),
  }),
  z.object({
    ...at,
    step: z.literal('acknowledgement-expired'),
    user: personSchema,
    afterMs: z.number().int(),
  }),
  z.object({ ...at, step: z.literal('reminded'), user: personSchema, number: z.number().int() }),
  z.object({
    ...at,
    step: z.literal('deadline-missed'),
    deadline: z.enum(deadlineNames),
    dueAt: instantSchema,
    reason: z.enum(missReasons),
  }),
  z.object({ ...at, step: z.literal('noted'), user: personSchema, note: z.string() }),
  z.object({
    ...at,
    step: z.literal('contact-tried'),
    user: personSchema,
    contact: personSchema,
    outcome: z.enum(contactOutcomes),
    note: z.string(),
    /** It was the resident's own number. */
    isResident: z.literal(true).optional(),
  }),
  z.object({
    ...at,
    step: z.literal('handed-over'),
    user: personSchema,
    from: personSchema,
    to: personSchema,
    note: z.string(),
  }),
  /** Until then the resident may cancel, by button or movement; after it the hub takes the fall as confirmed. */
  z.object({ ...at, step: z.literal('grace-began'), until: instantSchema }),
  z.object({ ...at, step: z.literal('movement-seen'), deviceId: z.string(), movedAt: instantSchema }),
  /** The grace time ended and nobody had cancelled. */
  z.object({ ...at, step: z.literal('fall-confirmed'), graceMs: z.number().int() }),
  z.object({ ...at, step: z.literal('fall-not-confirmed'), because: z.enum(['cancelled', 'movement']) }),
  z.object({ ...at, step: z.literal('still-lying'), since: instantSchema }),
] as const;

/** How far the escalation of an alarm has come, and what is due when. */
export const escalationViewSchema = z.object({
  policy: z.string(),
  /** Steps carried out, repeats included. */
  stepsDone: z.number().int(),
  nextStepAt: instantSchema.nullable(),
  isAcknowledgementExpired: z.boolean(),
  acknowledgementExpiresAt: instantSchema.nullable(),
  remindAt: instantSchema.nullable(),
  /** `null` once met or missed, and where there is none. */
  answerDueAt: instantSchema.nullable(),
  onSiteDueAt: instantSchema.nullable(),
  closeDueAt: instantSchema.nullable(),
  missed: z.array(
    z.object({ deadline: z.enum(deadlineNames), reason: z.enum(missReasons), dueAt: instantSchema }),
  ),
  fall: z
    .object({
      stage: z.enum(fallStages),
      graceEndsAt: instantSchema.nullable(),
      movedAt: instantSchema.nullable(),
    })
    .nullable(),
});
export type EscalationView = z.infer<typeof escalationViewSchema>;
