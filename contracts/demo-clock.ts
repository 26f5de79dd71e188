import { z } from 'zod';

/**
 * What the process that started a demo hub with `CAREBELL_DEMO_CLOCK` tells it over their IPC channel: let it be this
 * instant. What falls due on the way falls due in its order; where an alarm changes by that, the hub stops on the way.
 */
export const clockOrderSchema = z.strictObject({ number: z.number().int(), toMs: z.number().int() });
export type ClockOrder = z.infer<typeof clockOrderSchema>;

/** The hub stands there, and everything it had to do on the way is stored. */
export const clockReachedSchema = z.object({
  number: z.number().int(),
  atMs: z.number().int(),
  /** The latest change of an alarm: a screen that knows less has not been told yet. */
  alarmCursor: z.number().int(),
});
export type ClockReached = z.infer<typeof clockReachedSchema>;
