import { z } from 'zod';
import type { AlarmView } from './alarm-view.ts';
import { dispositions } from './dispositions.ts';

/** An alarm about equipment that said of itself that it is well again, and has not failed anew since. */
export function isRestored({
  priority,
  phase,
  cancelledAt,
  lastPressedAt,
}: Pick<AlarmView, 'priority' | 'phase' | 'cancelledAt' | 'lastPressedAt'>): boolean {
  if (priority !== 'technical' || phase === 'closed' || cancelledAt === null) return false;
  return Date.parse(cancelledAt) >= Date.parse(lastPressedAt);
}

/**
 * `POST /alarms/close-restored`: closes several restored technical alarms at once, each with an outcome of its own. One that
 * nobody has acknowledged is acknowledged by whoever closes it. What has failed again meanwhile stays open.
 */
export const closeRestoredBodySchema = z.strictObject({
  alarms: z
    .array(z.strictObject({ alarmId: z.string().min(1).max(200), disposition: z.enum(dispositions) }))
    .min(1)
    .max(500),
  note: z.string().trim().max(4000).default(''),
});
export type CloseRestoredBody = z.infer<typeof closeRestoredBodySchema>;

export const keptOpenReasons = [
  'not-restored',
  'not-found',
  'not-owner',
  'already-closed',
  'note-missing',
] as const;
export type KeptOpenReason = (typeof keptOpenReasons)[number];

export const closedRestoredSchema = z.object({
  closed: z.array(z.string()),
  kept: z.array(z.object({ alarmId: z.string(), reason: z.enum(keptOpenReasons) })),
});
export type ClosedRestored = z.infer<typeof closedRestoredSchema>;
