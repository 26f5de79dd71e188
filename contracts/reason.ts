import { z } from 'zod';
import { instantSchema } from './ids.ts';

/** What a rule can look at; how each is written stands in `detection.ts`, which the first page does without. */
export const ruleKinds = [
  'inactivity',
  'not-up',
  'too-much-activity',
  'door-open',
  'door-at-night',
  'not-back',
  'bathroom-long',
  'out-of-bed',
  'button-not-tested',
  'counter-without-use',
  'sensor-stuck',
] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** Why the hub has raised an alarm by itself, with the times; a sentence is made of it where it is read. */
export const reasonSchema = z.object({
  rule: z.enum(ruleKinds),
  ruleId: z.string(),
  /** Since when: the last sign of life, the opening of the door, the way out … */
  since: instantSchema,
  /** When it was noticed. */
  noticedAt: instantSchema,
  /** After which time the rule speaks; absent where it speaks at once or by a time of the day. */
  limitMinutes: z.number().optional(),
  /** The time of the day by which something should have come. */
  by: z.string().optional(),
  /** What was counted: signs of life, slots, days, units of a counter. */
  count: z.number().optional(),
  /** Where the last sign of life, or the opening, came from. */
  deviceId: z.string().optional(),
  room: z.string().optional(),
  eventKind: z.string().optional(),
  /** Minutes in which nothing could be seen, which do not count. */
  unknownMinutes: z.number().optional(),
});
export type Reason = z.infer<typeof reasonSchema>;

const at = { seq: z.number().int(), at: instantSchema };
const seen = { deviceId: z.string(), eventKind: z.string(), happenedAt: instantSchema };

/** What detection puts on the time line of an alarm. */
export const detectionStepSchemas = [
  z.object({ ...at, step: z.literal('noticed'), reason: reasonSchema }),
  /** After the alarm was raised there was a sign of life. It closes nothing. */
  z.object({ ...at, step: z.literal('activity-seen'), ...seen }),
  /** An event that reached the hub late says that there was one before. It closes nothing. */
  z.object({ ...at, step: z.literal('later-event'), ...seen }),
] as const;
