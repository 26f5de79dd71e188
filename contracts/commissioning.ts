import { z } from 'zod';
import { chainHops } from './chain.ts';
import { checkKeys } from './commissioning-checks.ts';
import { pageQuerySchema } from './http-api.ts';
import { deviceIdSchema, instantSchema, recordIdSchema } from './ids.ts';
import { deviceTypes } from './registry.ts';

const person = z.object({ id: z.string(), displayName: z.string() });

export const commissioningStates = ['open', 'signed', 'abandoned'] as const;
export const checkStates = ['waiting', 'passed', 'skipped'] as const;
export type CheckState = (typeof checkStates)[number];

/** The way of an alarm from the press to the screen: `feed` is how long the hub last took to write one to its screens. */
export const commissioningHops = ['press', ...chainHops] as const;

/** What the hub saw; only what its kind of check is about is there. */
export const checkEvidenceSchema = z.object({
  presses: z
    .array(
      z.object({
        at: instantSchema,
        /** The strongest, in dBm; `null` if nobody says. */
        signal: z.number().nullable(),
        gateways: z.array(z.object({ gatewayId: z.string(), signal: z.number().nullable() })),
        isGood: z.boolean(),
      }),
    )
    .optional(),
  events: z.array(z.object({ at: instantSchema, kind: z.string() })).optional(),
  battery: z.object({ percent: z.number(), at: instantSchema }).optional(),
  told: z
    .object({ at: instantSchema, state: z.string(), commandId: z.string(), isConfirmed: z.boolean() })
    .optional(),
  shown: z
    .object({
      alarmId: z.string(),
      /** Whose screen. */
      user: z.string(),
      hops: z.array(z.object({ hop: z.enum(commissioningHops), at: instantSchema, ms: z.number() })),
      totalMs: z.number(),
    })
    .optional(),
  alive: z.object({ at: instantSchema, word: z.string(), periodSeconds: z.number().nullable() }).optional(),
});
export type CheckEvidence = z.infer<typeof checkEvidenceSchema>;

export const checkSchema = z.object({
  key: z.enum(checkKeys),
  state: z.enum(checkStates),
  /** Only what the hub heard since counts. */
  since: instantSchema,
  passedAt: instantSchema.nullable(),
  progress: z.object({ have: z.number().int(), of: z.number().int() }),
  /** What is waited for next: a kind of event, `press`, `reading`, `screen`, `confirmation` …; `null` when passed. */
  next: z.string().nullable(),
  evidence: checkEvidenceSchema,
  skipped: z
    .object({ reason: z.string(), by: person, at: instantSchema, pointId: recordIdSchema })
    .nullable(),
});
export type Check = z.infer<typeof checkSchema>;

export const commissionedDeviceSchema = z.object({
  deviceId: z.string(),
  type: z.enum(deviceTypes),
  name: z.string(),
  room: z.string(),
  gatewayId: z.string().nullable(),
  checks: z.array(checkSchema),
});
export type CommissionedDevice = z.infer<typeof commissionedDeviceSchema>;

/** What could not be done, with who does it until when. */
export const commissioningPointSchema = z.object({
  id: recordIdSchema,
  commissioningId: recordIdSchema,
  dwellingId: recordIdSchema,
  address: z.string(),
  stationId: recordIdSchema,
  stationName: z.string(),
  deviceId: z.string(),
  deviceName: z.string(),
  deviceType: z.enum(deviceTypes),
  check: z.enum(checkKeys),
  reason: z.string(),
  owner: z.string(),
  dueAt: instantSchema,
  createdAt: instantSchema,
  doneAt: instantSchema.nullable(),
  doneBy: person.nullable(),
  note: z.string(),
});
export type CommissioningPoint = z.infer<typeof commissioningPointSchema>;

/** `GET /commissioning-points`, the longest due first; done ones the latest first. */
export const commissioningPointsQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'done']).default('open'),
  stationId: z.string().max(64).optional(),
  dwellingId: z.string().max(64).optional(),
  deviceId: z.string().max(64).optional(),
});

/** `POST /commissioning-points/{id}/done` */
export const pointDoneSchema = z.strictObject({ note: z.string().trim().max(500).default('') });

/** Why a device that was commissioned must be tested again. */
export const retestReasons = [
  'device-exchanged',
  'type-changed',
  'signals-changed',
  'dwelling-changed',
  'gateway-changed',
  'heard-as-changed',
  'secret-renewed',
  'gateway-restarted',
] as const;
export type RetestReason = (typeof retestReasons)[number];

/** `press`: a press or test; `event`: any event; `sign`: any sign of life. */
export const retestNeeds = ['press', 'event', 'sign'] as const;
export type RetestNeed = (typeof retestNeeds)[number];

/** `GET /commissioning-retests`: devices to be tested again, the longest waiting first. Cleared when what is needed is seen. */
export const retestSchema = z.object({
  deviceId: z.string(),
  deviceName: z.string(),
  deviceType: z.enum(deviceTypes),
  dwellingId: z.string().nullable(),
  address: z.string(),
  stationId: z.string(),
  stationName: z.string(),
  /** The commissioning that is in doubt. */
  commissioningId: recordIdSchema,
  since: instantSchema,
  reasons: z.array(z.enum(retestReasons)),
  needs: z.enum(retestNeeds),
});
export type Retest = z.infer<typeof retestSchema>;
export const retestsQuerySchema = pageQuerySchema.extend({
  stationId: z.string().max(64).optional(),
  dwellingId: z.string().max(64).optional(),
  deviceId: z.string().max(64).optional(),
});

/** `POST /commissionings`: every registered device of the dwelling, those that are registered while it goes on as well. */
export const newCommissioningSchema = z.strictObject({ dwellingId: recordIdSchema });

/** `GET /commissionings`, the latest first. `mine`: begun by whoever asks. */
export const commissioningsQuerySchema = pageQuerySchema.extend({
  state: z.enum([...commissioningStates, 'all']).default('all'),
  mine: z.enum(['true', 'false']).optional(),
  dwellingId: z.string().max(64).optional(),
  stationId: z.string().max(64).optional(),
});

export const commissioningLineSchema = z.object({
  id: recordIdSchema,
  dwellingId: recordIdSchema,
  address: z.string(),
  stationId: recordIdSchema,
  stationName: z.string(),
  state: z.enum(commissioningStates),
  startedAt: instantSchema,
  startedBy: person,
  endedAt: instantSchema.nullable(),
  devices: z.number().int(),
  checks: z.object({
    passed: z.number().int(),
    skipped: z.number().int(),
    waiting: z.number().int(),
  }),
});
export type CommissioningLine = z.infer<typeof commissioningLineSchema>;

/** `GET /commissionings/{id}` */
export const commissioningSchema = commissioningLineSchema.extend({
  asOf: instantSchema,
  deviceList: z.array(commissionedDeviceSchema),
  points: z.array(commissioningPointSchema),
  /** Under which test mode it runs; `null` when that is over. */
  test: z.object({ id: recordIdSchema, endsAt: instantSchema }).nullable(),
  abandonedBecause: z.string().nullable(),
  /** Of a signed one: see `GET /commissionings/{id}/record`. */
  sha256: z.string().nullable(),
});
export type Commissioning = z.infer<typeof commissioningSchema>;

const checkOf = { deviceId: deviceIdSchema, key: z.enum(checkKeys) };

/** `POST /commissionings/{id}/skip`: it cannot be done now, and becomes an open point. */
export const skipCheckSchema = z.strictObject({
  ...checkOf,
  reason: z.string().trim().min(1).max(300),
  owner: z.string().trim().min(1).max(120),
  dueAt: instantSchema,
});
/** `POST /commissionings/{id}/again`: begins a check anew; a point that it left goes with it. */
export const checkAgainSchema = z.strictObject(checkOf);
/** `POST /commissionings/{id}/confirm`: the resident has seen or heard what the device told. */
export const confirmCheckSchema = z.strictObject(checkOf);
/** `POST /commissionings/{id}/abandon` */
export const abandonSchema = z.strictObject({ reason: z.string().trim().min(1).max(300) });

/** A drawn signature: the paths of an SVG of at most 64 KiB, without anything that a browser would run or fetch. */
export const signatureSchema = z.strictObject({
  width: z.number().int().min(1).max(4000),
  height: z.number().int().min(1).max(4000),
  /** Of each stroke its points, x and y in turn. */
  strokes: z
    .array(z.array(z.number().min(-4000).max(8000)).min(2).max(4000))
    .min(1)
    .max(200),
});
export type Signature = z.infer<typeof signatureSchema>;

export const witnessRoles = ['resident', 'family', 'witness'] as const;

const signer = z.strictObject({ name: z.string().trim().min(1).max(120), signature: signatureSchema });

/** `POST /commissionings/{id}/sign`: when no check waits any more. */
export const signCommissioningSchema = z.strictObject({
  installer: signer,
  witness: signer.extend({ role: z.enum(witnessRoles) }),
});
export type SignCommissioning = z.infer<typeof signCommissioningSchema>;

/** What was signed, word for word as it is hashed. */
export const signedContentSchema = z.object({
  version: z.literal(1),
  commissioningId: recordIdSchema,
  dwellingId: recordIdSchema,
  address: z.string(),
  stationId: recordIdSchema,
  stationName: z.string(),
  startedAt: instantSchema,
  startedBy: person,
  signedAt: instantSchema,
  hubVersion: z.string(),
  devices: z.array(commissionedDeviceSchema),
  points: z.array(commissioningPointSchema),
  installer: signer,
  witness: signer.extend({ role: z.enum(witnessRoles) }),
});
export type SignedContent = z.infer<typeof signedContentSchema>;

/**
 * `GET /commissionings/{id}/record`. `sha256` is SHA-256, in hex, over the hash of the record signed before on this hub
 * (nothing before the first), a line feed, the identifier, a line feed, the milliseconds of signing, a line feed and
 * `content`. `holds`: computed anew, it is the same.
 */
export const commissioningRecordSchema = z.object({
  id: recordIdSchema,
  signedAt: instantSchema,
  signedAtMs: z.number().int(),
  /** JSON text of what {@link signedContentSchema} says. `null` once the resident's data were deleted on request. */
  content: z.string().nullable(),
  previousSha256: z.string(),
  sha256: z.string(),
  holds: z.boolean(),
});
export type CommissioningRecord = z.infer<typeof commissioningRecordSchema>;
