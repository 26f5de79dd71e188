import { z } from 'zod';
import { contactOutcomes } from './contact-outcomes.ts';
import { alarmKindNames } from './alarm-kinds.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import { recipientGroups } from './recipient-groups.ts';
import { riskGroups } from './registry.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const duration = (least: number, most: number) => z.number().int().min(least).max(most);

export const escalationStepSchema = z.strictObject({
  /** Counted from the press, or from when the step before was carried out. */
  afterMs: duration(0, day),
  since: z.enum(['press', 'previous-step']).default('press'),
  /** `in-order`: one after another, the next when one does not answer; at once if that one refuses. */
  mode: z.enum(['all-at-once', 'in-order']).default('all-at-once'),
  recipients: z
    .array(z.enum(recipientGroups))
    .min(1)
    .refine((groups) => new Set(groups).size === groups.length, 'name each group once'),
});
export type PolicyStep = z.infer<typeof escalationStepSchema>;

/** How alarms of these kinds, of residents of these risk groups, go on while nobody answers, acts or closes. */
export const escalationPolicySchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  /** Residents of any of them; empty for everybody. */
  riskGroups: z.array(z.enum(riskGroups)).default([]),
  /** Empty for every kind. */
  kinds: z.array(z.enum(alarmKindNames)).default([]),
  steps: z.array(escalationStepSchema).min(1).max(20),
  /** After the last step, the last step again and again until somebody has the alarm. */
  repeatEveryMs: duration(30 * second, 7 * day),
  /** How often each contact is called, and within which time. */
  calls: z
    .strictObject({ times: z.number().int().min(1).max(5), withinMs: duration(30 * second, hour) })
    .default({ times: 2, withinMs: 3 * minute }),
  /** An acknowledgement after which nothing follows (no note, no responder, no step) ends after this long. */
  acknowledgementExpiresAfterMs: duration(minute, 7 * day),
  /** The owner is reminded of an open alarm this often. */
  remindEveryMs: duration(30 * second, 7 * day),
  deadlines: z.strictObject({
    answeredWithinMs: duration(10 * second, 7 * day),
    /** By the area of the dwelling; `null` where nobody has to go there. */
    onSiteWithinMs: z
      .strictObject({ centre: duration(minute, day), remote: duration(minute, day) })
      .nullable()
      .default(null),
    closedWithinMs: duration(minute, 30 * day),
  }),
  fall: z
    .strictObject({
      /** How long the resident has to cancel a suspected fall, by button or movement, before the hub confirms it. */
      graceMs: duration(5 * second, 5 * minute),
      /** Without movement for this long after a confirmed fall, the resident is still lying. */
      stillLyingAfterMs: duration(minute, hour),
    })
    .default({ graceMs: 30 * second, stillLyingAfterMs: 5 * minute }),
});
export type EscalationPolicy = z.infer<typeof escalationPolicySchema>;
export type NewEscalationPolicy = z.input<typeof escalationPolicySchema>;

/** `PUT /organisations/{id}/escalation-policies`: all of them. An empty list takes those of the organisation above. */
export const escalationPoliciesBodySchema = z.strictObject({
  policies: z.array(escalationPolicySchema).max(50),
  version: z.number().int().min(0).optional(),
});

/** `GET /organisations/{id}/escalation-policies` */
export const escalationPoliciesSchema = z.object({
  organisationId: recordIdSchema,
  /** 0 while none were ever entered here. */
  version: z.number().int(),
  policies: z.array(escalationPolicySchema),
  /** Those of the organisations above, the nearest first, and last the hub's own: the first that fits an alarm is used. */
  inherited: z.array(
    z.object({
      organisationId: recordIdSchema.nullable(),
      organisationName: z.string().nullable(),
      policies: z.array(escalationPolicySchema),
    }),
  ),
});
export type EscalationPolicies = z.infer<typeof escalationPoliciesSchema>;

/** Why a policy is refused: what is wrong with it, and at which field. */
export const policyFaults = [
  'nobody-above-station',
  'staff-too-late',
  'last-step-without-staff',
  'steps-out-of-order',
  'same-policy-twice',
] as const;
export type PolicyFault = (typeof policyFaults)[number];
export const policyFaultSchema = z.object({
  code: z.enum(policyFaults),
  /** A path such as `steps.2.afterMs`. */
  field: z.string(),
  /** What to add or change. */
  message: z.string(),
});

/** `PUT /organisations/{id}/duty`: who is on duty from now on, whatever the rota says. An empty list leaves it to the rota. */
export const dutyBodySchema = z.strictObject({
  userIds: z.array(recordIdSchema).max(200),
  until: instantSchema.nullable().default(null),
});

/**
 * `GET /organisations/{id}/duty`. Where nobody is entered by hand, those of the rota's running shifts are on duty; where
 * nobody has one, those who are logged in, and where nobody is, everyone who could be.
 */
export const dutySchema = z.object({
  organisationId: recordIdSchema,
  source: z.enum(['entered', 'rota', 'logged-in', 'everyone']),
  until: instantSchema.nullable(),
  people: z.array(z.object({ id: z.string(), displayName: z.string() })),
});
export type Duty = z.infer<typeof dutySchema>;

/** `POST /alarms/{id}/notes` */
export const alarmNoteBodySchema = z.strictObject({ note: z.string().trim().min(1).max(4000) });

/** `POST /alarms/{id}/contact-tries`. `phone` is that of one of the resident's contacts, or of the resident. */
export const contactTryBodySchema = z.strictObject({
  phone: z.string().trim().min(3).max(32),
  outcome: z.enum(contactOutcomes),
  note: z.string().trim().max(4000).default(''),
});

/** `POST /alarms/{id}/hand-over` */
export const handOverBodySchema = z.strictObject({
  to: recordIdSchema,
  note: z.string().trim().max(4000).default(''),
});

/** `POST /duty/hand-over`: all open alarms of `from` (who asks, unless a supervisor names another) at the end of a shift. */
export const handOverAllBodySchema = handOverBodySchema.extend({ from: recordIdSchema.optional() });
export const handedOverSchema = z.object({
  handedOver: z.array(z.string()),
  /** Alarms that stayed, because the new owner does not see them. */
  kept: z.array(z.string()),
});
