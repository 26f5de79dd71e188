import { z } from 'zod';
import { reassuranceStates } from './event-kinds.ts';
import { instantSchema } from './ids.ts';
import { notificationStepSchemas } from './notifications.ts';
import {
  cancelReasons,
  offerRefusals,
  providerWays,
  refuseReasons,
  requestClocks,
  serviceKinds,
} from './service-kinds.ts';

const personSchema = z.object({ id: z.string(), displayName: z.string() });
const placeSchema = z.object({ id: z.string(), name: z.string() });
const at = { seq: z.number().int(), at: instantSchema };
const note = z.string();
const user = personSchema;
/** A provider, by what the catalogue called it then. */
const provider = placeSchema;

const [queued, accepted, delivered, failed, gaveUp] = notificationStepSchemas;

/** One line of a request's time line, in journal order, hash-chained like an alarm's. What the resident said stands in none. */
export const requestStepSchema = z.discriminatedUnion('step', [
  z.object({
    ...at,
    step: z.literal('asked'),
    kind: z.enum(serviceKinds),
    askedBy: z.enum(['press', 'phone']),
    askedAt: instantSchema,
    alarmId: z.string().nullable(),
    deviceId: z.string().nullable(),
    user: user.nullable(),
  }),
  z.object({ ...at, step: z.literal('pressed-again'), deviceId: z.string() }),
  z.object({ ...at, step: z.literal('taken'), user }),
  z.object({ ...at, step: z.literal('taken-over'), user, from: personSchema }),
  /** Nothing followed for so long that it rings again. */
  z.object({ ...at, step: z.literal('released'), user }),
  z.object({ ...at, step: z.literal('changed'), user, fields: z.array(z.string()) }),
  z.object({ ...at, step: z.literal('noted'), user, note }),
  z.object({
    ...at,
    step: z.literal('resident-told'),
    deviceId: z.string(),
    state: z.enum(reassuranceStates),
  }),
  z.object({
    ...at,
    step: z.literal('resident-not-told'),
    deviceId: z.string(),
    state: z.enum(reassuranceStates),
    reason: z.string(),
  }),
  z.object({
    ...at,
    step: z.literal('offered'),
    user,
    provider,
    offerId: z.string(),
    byPhone: z.boolean(),
    dueAt: instantSchema,
  }),
  z.object({
    ...at,
    step: z.literal('offer-refused'),
    provider,
    reason: z.enum(offerRefusals),
    note,
    way: z.enum(providerWays),
    user: user.nullable(),
  }),
  /** The provider has not answered in time. */
  z.object({ ...at, step: z.literal('offer-lapsed'), provider }),
  z.object({ ...at, step: z.literal('offer-withdrawn'), user, provider, note }),
  z.object({
    ...at,
    step: z.literal('arranged'),
    provider: provider.nullable(),
    for: instantSchema.nullable(),
    note,
    /** `null` where the station itself arranged it. */
    way: z.enum(providerWays).nullable(),
    user: user.nullable(),
  }),
  z.object({
    ...at,
    step: z.literal('handed-over'),
    user,
    from: placeSchema.nullable(),
    to: placeSchema,
    dueAt: instantSchema,
    note,
  }),
  z.object({ ...at, step: z.literal('hand-over-accepted'), user, to: placeSchema, note }),
  z.object({ ...at, step: z.literal('hand-over-declined'), user, to: placeSchema, note }),
  z.object({ ...at, step: z.literal('hand-over-lapsed'), to: placeSchema }),
  z.object({ ...at, step: z.literal('missed'), clock: z.enum(requestClocks), dueAt: instantSchema }),
  z.object({
    ...at,
    step: z.literal('went-to-street'),
    clock: z.enum(requestClocks),
    number: z.number().int(),
  }),
  z.object({
    ...at,
    step: z.literal('done'),
    user: user.nullable(),
    way: z.enum(providerWays).nullable(),
    note,
  }),
  z.object({ ...at, step: z.literal('feedback'), user, score: z.number().int(), note }),
  z.object({ ...at, step: z.literal('refused'), user, reason: z.enum(refuseReasons), note }),
  z.object({ ...at, step: z.literal('cancelled'), user, reason: z.enum(cancelReasons), note }),
  /** The closing of its alarm was taken back. */
  z.object({ ...at, step: z.literal('reopened'), user, note }),
  queued,
  accepted,
  delivered,
  failed,
  gaveUp,
]);
export type RequestTimelineEntry = z.infer<typeof requestStepSchema>;
