import { z } from 'zod';

const heardSchema = z.object({ data: z.object({ signal: z.string() }) });

/** The signal that a gateway has heard, as its event carries it; empty for an event without one. */
export function signalIn(body: unknown): string {
  const heard = heardSchema.safeParse(body);
  return heard.success ? heard.data.data.signal : '';
}
