import { z } from 'zod';
import { reassuranceStates } from './event-kinds.ts';
import { pageQuerySchema } from './http-api.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import { serviceSchema } from './service-catalogue.ts';
import {
  cancelReasons,
  offerRefusals,
  providerReports,
  providerWays,
  refuseReasons,
  requestClocks,
  requestDues,
  requestPhases,
  serviceKinds,
} from './service-kinds.ts';
import { requestStepSchema } from './service-steps.ts';

const personSchema = z.object({ id: z.string(), displayName: z.string() });
const placeSchema = z.object({ id: z.string(), name: z.string() });
const providerSchema = z.object({ id: z.string(), name: z.string(), phone: z.string() });
const note = z.string().trim().max(1000).default('');
const details = z.record(z.string().max(40), z.string().trim().max(500));

/** One service request as a screen shows it. `cursor` is the journal sequence number of its latest step. */
export const serviceRequestSchema = z.object({
  id: z.string(),
  kind: z.enum(serviceKinds),
  phase: z.enum(requestPhases),
  askedBy: z.enum(['press', 'phone']),
  askedAt: instantSchema,
  presses: z.number().int(),
  /** When it is wanted; `null` for as soon as possible. */
  wishedAt: instantSchema.nullable(),
  /** What the resident said, by the keys of the service's fields. */
  details: z.record(z.string(), z.string()),
  note: z.string(),
  /** The alarm that rang for it; `null` if it came by telephone. */
  alarmId: z.string().nullable(),
  deviceId: z.string().nullable(),
  /** It came in test mode; absent of what is real. */
  isTest: z.literal(true).optional(),
  residentId: z.string().nullable(),
  residentName: z.string().nullable(),
  residentPhone: z.string().nullable(),
  address: z.string().nullable(),
  stationId: z.string().nullable(),
  stationName: z.string().nullable(),
  /** Who has it: the station itself, or whom it was handed over to. */
  heldBy: placeSchema.nullable(),
  owner: personSchema.nullable(),
  takenAt: instantSchema.nullable(),
  arrangedAt: instantSchema.nullable(),
  /** When it was over, whatever the end. */
  endedAt: instantSchema.nullable(),
  /** What the resident's device has shown last. */
  told: z.object({ state: z.enum(reassuranceStates), at: instantSchema }).nullable(),
  /** A provider was asked and has not answered. */
  offer: z
    .object({ id: z.string(), provider: providerSchema, at: instantSchema, dueAt: instantSchema })
    .nullable(),
  arranged: z
    .object({ provider: providerSchema.nullable(), for: instantSchema.nullable(), note: z.string() })
    .nullable(),
  handOver: z
    .object({ from: placeSchema.nullable(), to: placeSchema, dueAt: instantSchema, note: z.string() })
    .nullable(),
  due: z.object({ what: z.enum(requestDues), at: instantSchema }).nullable(),
  /** Clocks that ran out before it had happened. */
  missed: z.array(z.enum(requestClocks)),
  /** The street has it in its queue too, because something was missed. */
  isWithStreet: z.boolean(),
  /** Why it was refused or cancelled. */
  reason: z.string().nullable(),
  feedback: z.object({ score: z.number().int(), note: z.string(), at: instantSchema }).nullable(),
  version: z.number().int(),
  cursor: z.number().int(),
});
export type ServiceRequest = z.infer<typeof serviceRequestSchema>;

/** `GET /requests/{id}` */
export const requestDetailSchema = serviceRequestSchema.extend({
  timeline: z.array(requestStepSchema),
  /** The service as it is offered here now: what to ask, and who provides it. */
  service: serviceSchema,
});
export type RequestDetail = z.infer<typeof requestDetailSchema>;

export const requestViews = ['new', 'mine', 'waiting', 'overdue', 'open', 'done-today', 'all'] as const;
export type RequestView = (typeof requestViews)[number];

/**
 * `GET /requests`. `new`: nobody has it; `waiting`: a provider or another organisation is to answer; `overdue`: something was
 * missed and it is not over. Open ones come as they are due, the others the latest first.
 */
export const requestListQuerySchema = pageQuerySchema.extend({
  view: z.enum(requestViews).default('open'),
  stationId: z.string().max(64).optional(),
  residentId: z.string().max(64).optional(),
  kind: z.enum(serviceKinds).optional(),
});
/** How many stand in each view, in every page of the list. */
export const requestCountsSchema = z.object({
  new: z.number().int(),
  mine: z.number().int(),
  waiting: z.number().int(),
  overdue: z.number().int(),
  open: z.number().int(),
});
export type RequestCounts = z.infer<typeof requestCountsSchema>;
export const requestPageSchema = z.object({
  items: z.array(serviceRequestSchema),
  cursor: z.string().nullable(),
  counts: requestCountsSchema,
});
export type RequestPage = z.infer<typeof requestPageSchema>;

/** `POST /requests`: the resident, or somebody for them, called. Unless `isTaken` is false whoever enters it has it. */
export const newRequestSchema = z.strictObject({
  kind: z.enum(serviceKinds),
  residentId: recordIdSchema,
  details: details.default({}),
  note,
  wishedAt: instantSchema.nullable().default(null),
  isTaken: z.boolean().default(true),
});
export type NewRequest = z.input<typeof newRequestSchema>;

/** `POST /requests/{id}/take`. `takeOver` takes it from whoever has it. */
export const takeRequestBodySchema = z.strictObject({ takeOver: z.boolean().optional() }).default({});
/** `PATCH /requests/{id}`: what the resident said. */
export const requestChangeSchema = z.strictObject({
  details: details.optional(),
  note: z.string().trim().max(1000).optional(),
  wishedAt: instantSchema.nullable().optional(),
  version: z.number().int().optional(),
});
/** `POST /requests/{id}/notes` */
export const requestNoteSchema = z.strictObject({ note: z.string().trim().min(1).max(1000) });
/** `POST /requests/{id}/offer`: asks a provider of the service. `byPhone`: they were called, and no message is sent. */
export const offerBodySchema = z.strictObject({
  providerId: z.string().max(40),
  byPhone: z.boolean().default(false),
});
/** `POST /requests/{id}/offer-answer`: what the provider said on the telephone. */
export const offerAnswerBodySchema = z.discriminatedUnion('answer', [
  z.strictObject({ answer: z.literal('accepted'), for: instantSchema.nullable().default(null), note }),
  z.strictObject({ answer: z.literal('refused'), reason: z.enum(offerRefusals), note }),
  z.strictObject({ answer: z.literal('withdrawn'), note }),
]);
/** `POST /requests/{id}/arrange`: by a provider of the service, or `null` for any other way that the note says. */
export const arrangeBodySchema = z.strictObject({
  providerId: z.string().max(40).nullable().default(null),
  for: instantSchema.nullable().default(null),
  note,
});
/** `POST /requests/{id}/hand-over`: another organisation is asked to take it. */
export const handOverRequestBodySchema = z.strictObject({ organisationId: recordIdSchema, note });
/** `GET /requests/{id}/near`: whom it can be handed over to. */
export const nearOrganisationsSchema = z.object({ items: z.array(placeSchema) });
/** `POST /requests/{id}/hand-over-answer` */
export const handOverAnswerBodySchema = z.strictObject({ answer: z.enum(['accepted', 'declined']), note });
/** `POST /requests/{id}/done` */
export const doneBodySchema = z.strictObject({ note }).default({ note: '' });
/** `POST /requests/{id}/feedback`: how the resident found it, from 1 (bad) to 5 (very good). */
export const feedbackBodySchema = z.strictObject({ score: z.number().int().min(1).max(5), note });
/** `POST /requests/{id}/refuse` */
export const refuseBodySchema = z.strictObject({ reason: z.enum(refuseReasons), note });
/** `POST /requests/{id}/cancel` */
export const cancelBodySchema = z.strictObject({ reason: z.enum(cancelReasons), note });

/**
 * `POST /provider-reports`: a provider's own program answers the webhook of an offer. Signed like the webhook itself, with the
 * same secret: `carebell-timestamp` and `carebell-signature: v1=` with the hex HMAC-SHA256 of timestamp, dot and body.
 */
export const providerReportSchema = z.object({
  /** The `id` of the message. */
  id: z.string().min(1).max(64),
  report: z.enum(providerReports),
  /** When it will be done; of `accepted` and `arranged`. */
  for: instantSchema.nullable().default(null),
  reason: z.enum(offerRefusals).default('other'),
  note,
});
export type ProviderReportBody = z.input<typeof providerReportSchema>;
/** Whom it is for stands in the answer once it was accepted. */
export const providerAnswerSchema = z.object({
  requestId: z.string(),
  phase: z.enum(requestPhases),
  way: z.enum(providerWays),
  resident: z
    .object({ name: z.string(), phone: z.string().nullable(), address: z.string().nullable() })
    .nullable(),
});

/** Sent on the live feed as `request`: this request is another now; what it is stands in the API, for those who may read it. */
export const requestChangeNoticeSchema = z.object({
  cursor: z.number().int(),
  request: z.object({
    id: z.string(),
    kind: z.enum(serviceKinds),
    phase: z.enum(requestPhases),
    stationId: z.string().nullable(),
  }),
});
export type RequestChangeNotice = z.infer<typeof requestChangeNoticeSchema>;

const share = z.object({ met: z.number().int(), of: z.number().int() });
export const serviceNumbersSchema = z.object({
  asked: z.number().int(),
  byPress: z.number().int(),
  byPhone: z.number().int(),
  taken: share,
  arranged: share,
  done: z.number().int(),
  refused: z.number().int(),
  cancelled: z.number().int(),
  open: z.number().int(),
  /** Mean of the scores, and of how many. */
  feedback: z.object({ mean: z.number().nullable(), of: z.number().int() }),
});
export type ServiceNumbers = z.infer<typeof serviceNumbersSchema>;

/** `GET /requests/numbers`: requests asked in a month, or within the last 24 hours, of an organisation and all below. */
export const requestNumbersSchema = z.object({
  fromAt: instantSchema,
  toAt: instantSchema,
  all: serviceNumbersSchema,
  byKind: z.array(z.object({ kind: z.enum(serviceKinds), numbers: serviceNumbersSchema })),
});
export type RequestNumbers = z.infer<typeof requestNumbersSchema>;
