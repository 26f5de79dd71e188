import { z } from 'zod';
import { alarmViewSchema } from './alarm-view.ts';
import { pageQuerySchema } from './http-api.ts';
import { instantSchema } from './ids.ts';

/** `open`: not closed yet; `waiting`: closed, and no supervisor has looked at why; `reviewed`: one has. */
export const missStates = ['open', 'waiting', 'reviewed'] as const;
export type MissState = (typeof missStates)[number];

/** `GET /misses`: alarms that missed a deadline; what is open with the oldest first, else the latest first. */
export const missesQuerySchema = pageQuerySchema.extend({
  state: z.enum(missStates).default('open'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const missReviewSchema = z.object({
  at: instantSchema,
  by: z.object({ id: z.string(), displayName: z.string() }),
  note: z.string(),
});
export type MissReview = z.infer<typeof missReviewSchema>;

export const missedAlarmSchema = z.object({ alarm: alarmViewSchema, review: missReviewSchema.nullable() });
export type MissedAlarm = z.infer<typeof missedAlarmSchema>;

/** `POST /alarms/{id}/review`: what a supervisor found out about a missed deadline, and what will be done. */
export const reviewBodySchema = z.strictObject({ note: z.string().trim().min(1).max(4_000) });
