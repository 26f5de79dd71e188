import { deviceEventSchema, deviceReadingSchema } from '@carebell/contracts/messages.ts';
import { z } from 'zod';
import { decodeLines, encodeLine } from './checked-lines.ts';

const momentSchema = z.object({ bootId: z.string(), upMs: z.number(), wallMs: z.number() });
const heard = { n: z.number().int(), deviceId: z.string(), heardAt: momentSchema };

/** One line of an outbox file. `n` grows by one with each entry of a lane. */
const recordSchema = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('event'),
    ...heard,
    event: deviceEventSchema,
    /** Sender and signal, so that a press that goes on over a restart is known as the same one. */
    press: z.string().optional(),
  }),
  z.object({ of: z.literal('reading'), ...heard, reading: deviceReadingSchema }),
  /** These entries have left the outbox. */
  z.object({ of: z.literal('settled'), ns: z.array(z.number().int()) }),
  /** What to add to the count of a boot to get wall-clock time, as known from here on. */
  z.object({ of: z.literal('wall-offset'), bootId: z.string(), offsetMs: z.number() }),
]);
export type OutboxRecord = z.infer<typeof recordSchema>;
export type OutboxEntry = Extract<OutboxRecord, { n: number }>;

export const encodeRecord = (record: OutboxRecord): Buffer => encodeLine(record);

export type DecodedFile = { records: OutboxRecord[]; damaged: number; usedBytes: number };

export function decodeFile(bytes: Buffer): DecodedFile {
  const { values, ...rest } = decodeLines(bytes, (json) => recordSchema.safeParse(json).data);
  return { records: values, ...rest };
}
