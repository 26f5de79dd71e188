import { z } from 'zod';
import { instantSchema, recordIdSchema } from './ids.ts';

/** What can be practised: what residents and their devices really raise. */
export const drillKinds = ['help', 'fall', 'smoke', 'gas', 'water'] as const;
export type DrillKind = (typeof drillKinds)[number];

/**
 * Who outside of the screens hears of a drill. `staff`: people and channels of the organisation, with the word drill in
 * the message. The resident, family and neighbours never do.
 */
export const drillNotifies = ['nobody', 'staff'] as const;
export type DrillNotifies = (typeof drillNotifies)[number];

/** `POST /drills`. Without a resident one of the station is drawn; without a time it begins at once. */
export const newDrillSchema = z.strictObject({
  stationId: recordIdSchema,
  kind: z.enum(drillKinds),
  residentId: recordIdSchema.nullable().default(null),
  startsAt: instantSchema.nullable().default(null),
  notifies: z.enum(drillNotifies).default('nobody'),
});
export type NewDrill = z.input<typeof newDrillSchema>;

export const drillPhases = ['planned', 'running', 'ended', 'cancelled'] as const;
export type DrillPhase = (typeof drillPhases)[number];

/** What is scored, each worth a quarter: shown on a screen, answered, handled by steps, and closed in time. */
export const drillParts = ['displayed', 'answered', 'handled', 'closed'] as const;
export type DrillPart = (typeof drillParts)[number];

export const drillScoreSchema = z.object({
  /** 0 to 100. */
  points: z.number().int(),
  parts: z.array(
    z.object({
      part: z.enum(drillParts),
      points: z.number().int(),
      /** From the beginning; `null` if it did not happen. */
      tookMs: z.number().nullable(),
      withinMs: z.number(),
    }),
  ),
  /** Steps between the answer and the end: calls, notes, responders. */
  steps: z.number().int(),
});
export type DrillScore = z.infer<typeof drillScoreSchema>;

/** `GET /drills`, the latest first. */
export const drillSchema = z.object({
  id: recordIdSchema,
  stationId: recordIdSchema,
  stationName: z.string(),
  kind: z.enum(drillKinds),
  /** As it was chosen; `null` for any. */
  residentId: recordIdSchema.nullable(),
  startsAt: instantSchema,
  notifies: z.enum(drillNotifies),
  plannedBy: z.string(),
  phase: z.enum(drillPhases),
  alarmId: z.string().nullable(),
  /** Who answered. */
  operator: z.string().nullable(),
  /** So far, while it runs; `null` before it has begun. */
  score: drillScoreSchema.nullable(),
});
export type Drill = z.infer<typeof drillSchema>;
