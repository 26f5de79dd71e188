import { z } from 'zod';
import { pageQuerySchema } from './http-api.ts';
import { instantSchema, recordIdSchema } from './ids.ts';
import { deviceTypes } from './registry.ts';
import { supervisedKinds } from './supervision.ts';

/**
 * What somebody must go and do. `battery`: flat within days, or low. `never-heard`: entered and never heard since.
 * `firmware`: of another version than is wished. `commissioning`: a point that was left open. `retest`: to be tested again.
 */
export const jobKinds = [
  'silent',
  'never-heard',
  'battery',
  'button-test',
  'commissioning',
  'retest',
  'firmware',
] as const;
export type JobKind = (typeof jobKinds)[number];

/** A battery that was changed says more than this. */
export const changedBatteryPercent = 50;

/** What the hub saw, by which a job was done. `points-done`: whoever did them said so. `no-longer-due`: what asked for it has changed, and nobody did it. */
export const jobProofs = [
  'battery-changed',
  'heard',
  'button-tested',
  'version-wished',
  'points-done',
  'out-of-service',
  'no-longer-due',
] as const;
export type JobProof = (typeof jobProofs)[number];

const person = z.object({ id: z.string(), displayName: z.string() });

const jobKey = { kind: z.enum(jobKinds), of: z.enum(supervisedKinds), id: z.string().min(1).max(64) };

export const jobSchema = z.object({
  ...jobKey,
  name: z.string(),
  type: z.enum([...deviceTypes, 'gateway']),
  room: z.string(),
  streetName: z.string().nullable(),
  stationId: z.string().nullable(),
  stationName: z.string().nullable(),
  dwellingId: z.string().nullable(),
  address: z.string().nullable(),
  /** When it was heard, tested or said its version last; `null`: never. */
  since: instantSchema.nullable(),
  /** When the battery will be flat, or an open point is due. */
  dueAt: instantSchema.nullable(),
  percent: z.number().nullable(),
  version: z.string().nullable(),
  wished: z.string().nullable(),
  /** Of an open point what is to be done, and who said to do it. */
  reason: z.string().nullable(),
  owner: z.string().nullable(),
  taken: z.object({ by: person, at: instantSchema }).nullable(),
  notes: z.array(z.object({ at: instantSchema, by: person, text: z.string() })),
  done: z.object({ at: instantSchema, proof: z.enum(jobProofs) }).nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** `GET /maintenance` and `GET /maintenance/list.csv`, by street, station and address; done ones the latest first. */
export const jobQuerySchema = pageQuerySchema.extend({
  kind: z.enum(jobKinds).optional(),
  stationId: z.string().max(64).optional(),
  /** Of one device or gateway. */
  deviceId: z.string().max(64).optional(),
  /** `true`: those that whoever asks has taken. */
  mine: z.enum(['true', 'false']).default('false'),
  state: z.enum(['open', 'done']).default('open'),
});
export const jobPageSchema = z.object({ items: z.array(jobSchema), cursor: z.string().nullable() });

/** `GET /maintenance/summary` */
export const jobSummarySchema = z.object({
  items: z.array(
    z.object({
      stationId: z.string(),
      stationName: z.string(),
      streetName: z.string().nullable(),
      counts: z.array(z.object({ kind: z.enum(jobKinds), count: z.number().int() })),
    }),
  ),
});
export type JobSummary = z.infer<typeof jobSummarySchema>;

/** `POST /maintenance/take`; one that somebody else has taken only with `takeOver`. */
export const takeJobSchema = z.strictObject({ ...jobKey, takeOver: z.boolean().default(false) });
/** `POST /maintenance/release` */
export const releaseJobSchema = z.strictObject(jobKey);
/** `POST /maintenance/notes` */
export const noteJobSchema = z.strictObject({ ...jobKey, text: z.string().trim().min(1).max(500) });

/** `GET /maintenance/firmware`: which versions there are, and which are wished. */
export const firmwareTypes = [...deviceTypes, 'gateway'] as const;
export type FirmwareType = (typeof firmwareTypes)[number];
export const firmwareSchema = z.object({
  versions: z.array(
    z.object({
      type: z.enum(firmwareTypes),
      version: z.string(),
      count: z.number().int(),
      /** Of them of another version than is wished where they are. */
      outdated: z.number().int(),
    }),
  ),
  wishes: z.array(
    z.object({
      organisationId: z.string(),
      organisationName: z.string(),
      type: z.enum(firmwareTypes),
      version: z.string(),
      /** It was wished within the asker's part of the organisation, and not above it. */
      isOwn: z.boolean(),
    }),
  ),
});
export type FirmwareReport = z.infer<typeof firmwareSchema>;

/** `PUT /maintenance/firmware`: wished at the organisation and below, where nobody wishes another; `null` is no wish. */
export const firmwareWishSchema = z.strictObject({
  organisationId: recordIdSchema,
  type: z.enum(firmwareTypes),
  version: z.string().trim().min(1).max(64).nullable(),
});
