import { z } from 'zod';
import { deviceIdSchema, instantSchema, recordIdSchema } from './ids.ts';

/** What can be under test: one device, everything in a dwelling, everything of a station. */
export const testScopes = ['device', 'dwelling', 'station'] as const;
export type TestScope = (typeof testScopes)[number];

/** A test ends by itself after half an hour unless somebody says otherwise, and never later than eight hours from now. */
export const testMinutes = { default: 30, atMost: 480 } as const;

const minutes = z.number().int().min(1).max(testMinutes.atMost);

/** `POST /test-modes`. A whole station is put under test by those who lead it. */
export const newTestModeSchema = z.strictObject({
  of: z.enum(testScopes),
  id: z.union([deviceIdSchema, recordIdSchema]),
  minutes: minutes.default(testMinutes.default),
  reason: z.string().trim().max(200).default(''),
});
export type NewTestMode = z.input<typeof newTestModeSchema>;

/** `POST /test-modes/{id}/prolong`: it ends so many minutes from now. */
export const testModeChangeSchema = z.strictObject({ minutes });

/** `GET /test-modes`: those that run, the next to end first; with `state=ended` the latest to end first. */
export const testModeSchema = z.object({
  id: recordIdSchema,
  of: z.enum(testScopes),
  subjectId: z.string(),
  /** The device's name, the dwelling's address or the station's name. */
  name: z.string(),
  stationId: recordIdSchema,
  stationName: z.string(),
  /** Of a device or dwelling. */
  dwellingId: z.string().nullable(),
  startedAt: instantSchema,
  endsAt: instantSchema,
  endedAt: instantSchema.nullable(),
  startedBy: z.object({ id: z.string(), displayName: z.string() }),
  /** `null` while it runs, and when it ended by itself. */
  endedBy: z.object({ id: z.string(), displayName: z.string() }).nullable(),
  reason: z.string(),
  /** The commissioning for which it runs. */
  commissioningId: z.string().nullable(),
});
export type TestMode = z.infer<typeof testModeSchema>;

export const testModeStates = ['running', 'ended'] as const;
