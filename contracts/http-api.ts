import { z } from 'zod';
import { alarmPhases, alarmViewSchema, timelineEntrySchema } from './alarm-view.ts';
import { dispositions } from './dispositions.ts';
import { alarmScriptSchema } from './handling.ts';
import { proofs } from './closing-proofs.ts';
import { instantSchema } from './ids.ts';
import { availabilitySchema } from './messages.ts';
import { shownContactSchema, deviceSchema, dwellingSchema, residentSchema } from './registry.ts';
import { roles } from './roles.ts';

/** Every path below stands under this one. */
export const apiRoot = '/api/v1';

/**
 * Problem document (RFC 9457, `application/problem+json`). `code` is the stable name of the problem, `detail` says what
 * to change, `errors` points at the fields of a body or query that were wrong (each with a `code` where they differ in
 * it), `current` is the record as it stands now when a change was made from an older state of it.
 */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
  errors: z
    .array(z.object({ field: z.string(), message: z.string(), code: z.string().optional() }))
    .optional(),
  current: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A page of a list. `cursor` goes into the query of the next page and is `null` on the last. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), cursor: z.string().nullable() });
}

export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
});

/** `GET /users`. `q` is part of a name. */
export const userListQuerySchema = pageQuerySchema.extend({ q: z.string().trim().max(100).optional() });

/** `GET /dwellings`, `/residents`, `/gateways`. `q` is part of a name, telephone number, address or identifier. */
export const stationListQuerySchema = userListQuerySchema.extend({
  stationId: z.string().max(64).optional(),
});
export const residentListQuerySchema = stationListQuerySchema.extend({
  dwellingId: z.string().max(64).optional(),
});

/** `GET /devices` */
export const deviceListQuerySchema = residentListQuerySchema.extend({
  residentId: z.string().max(64).optional(),
  gatewayId: z.string().max(64).optional(),
  heardAs: z.string().max(64).optional(),
  isRegistered: z.enum(['true', 'false']).optional(),
  availability: availabilitySchema.optional(),
});

/** `POST /session` */
export const loginBodySchema = z.object({
  name: z.string().min(1).max(64),
  password: z.string().min(1).max(200),
});
export type LoginBody = z.infer<typeof loginBodySchema>;

/** `POST /session` and `GET /session`: who is logged in, and where in the organisation. */
export const sessionSchema = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    displayName: z.string(),
    role: z.enum(roles),
    organisationId: z.string(),
    organisationName: z.string(),
  }),
  /** What the user may do; see `server/identity/rights.ts`. */
  actions: z.array(z.string()),
  expiresAt: instantSchema,
  /** Until then every other call answers `second-factor-required`, and there are no actions. */
  mustSetUpSecondFactor: z.boolean().optional(),
  hub: z.object({ version: z.string(), timeZone: z.string(), locale: z.string(), isDemo: z.boolean() }),
});
export type Session = z.infer<typeof sessionSchema>;

/** `GET /alarms` */
export const alarmListQuerySchema = pageQuerySchema.extend({
  phase: z.enum([...alarmPhases, 'open', 'all']).default('open'),
  stationId: z.string().max(64).optional(),
  residentId: z.string().max(64).optional(),
  deviceId: z.string().max(64).optional(),
  /** `true`: the supervisors' queue, only alarms that missed a deadline. */
  missed: z.enum(['true', 'false']).optional(),
});

/** `GET /alarms/{id}`: all that the person who answers needs, in one document. */
export const alarmDetailSchema = alarmViewSchema.extend({
  timeline: z.array(timelineEntrySchema),
  resident: residentSchema.nullable(),
  contacts: z.array(shownContactSchema),
  dwelling: dwellingSchema.nullable(),
  device: deviceSchema.nullable(),
  /** What is recommended to do; absent where personal data are masked. */
  script: alarmScriptSchema.optional(),
  /** Something is entered on how to get in. What it is stands in no list: see `POST /alarms/{id}/access-views`. */
  hasAccessNote: z.boolean().optional(),
});
export type AlarmDetail = z.infer<typeof alarmDetailSchema>;

/** `POST /alarms/{id}/acknowledge`. `takeOver` takes an alarm from the operator who has it. */
export const acknowledgeAlarmBodySchema = z.object({ takeOver: z.boolean().optional() }).default({});

/**
 * `POST /alarms/{id}/close`. An emergency also needs a proof. Where its time line shows one it is taken from there;
 * otherwise `proof` says what whoever closes it has heard or seen, or a supervisor says why there is none.
 */
export const closeAlarmBodySchema = z.object({
  disposition: z.enum(dispositions),
  note: z.string().trim().max(4000).default(''),
  proof: z.enum(proofs).optional(),
  withoutProofBecause: z.string().trim().max(4000).optional(),
});
export type CloseAlarmBody = z.infer<typeof closeAlarmBodySchema>;

/**
 * `POST /alarms/{id}/reopen`: takes a closing back within ten minutes. `closedAt` says which closing was meant; after
 * another one the answer is 409 `changed-meanwhile`.
 */
export const reopenAlarmBodySchema = z.object({
  note: z.string().trim().max(4000).default(''),
  closedAt: instantSchema.optional(),
});

/**
 * `GET /refusals`: everything that the hub turned away or found out of order, counted by reason and subject per day:
 * duplicates, malformed payloads, refused log-ins, topics without right, devices over their rate.
 */
export const refusalSchema = z.object({
  reason: z.string(),
  subject: z.string(),
  day: z.string(),
  count: z.number().int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
  sample: z.string().nullable(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/**
 * `GET /events?deviceId=`: what a device said, newest first, for installers. An `echo` is what another gateway reported of
 * an event that stands here already. `gatewayId` is the gateway that reported the entry, `null` if the device did itself.
 */
export const journalEventSchema = z.object({
  seq: z.number().int(),
  at: instantSchema,
  receivedAt: instantSchema,
  type: z.enum(['event', 'echo', 'reading', 'malformed', 'availability', 'health']),
  deviceId: z.string(),
  gatewayId: z.string().nullable(),
  kind: z.string().nullable(),
  isKindKnown: z.boolean(),
  body: z.unknown(),
  reason: z.string().nullable(),
});
export type JournalEvent = z.infer<typeof journalEventSchema>;
