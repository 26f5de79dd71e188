import { crc32 } from 'node:zlib';
import { deviceEventSchema, deviceReadingSchema } from '@carebell/contracts/messages.ts';
import { z } from 'zod';

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

const [lineFeed, nul] = [0x0a, 0];
const checksumLength = 8;

/** A checksum, a space, JSON and a line feed: readable, and a line that a power cut has torn is known as such. */
export function encodeRecord(record: OutboxRecord): Buffer {
  const json = JSON.stringify(record);
  return Buffer.from(`${checksumOf(Buffer.from(json))} ${json}\n`);
}

export type DecodedFile = {
  records: OutboxRecord[];
  /** Lines that are not as they were written. */
  damaged: number;
  /** Bytes up to the last whole line; what follows is reserved room or a torn line. */
  usedBytes: number;
};

/** Reads what a file holds up to its reserved room. A damaged line costs itself, never the lines after it. */
export function decodeFile(bytes: Buffer): DecodedFile {
  const records: OutboxRecord[] = [];
  let [damaged, start, usedBytes] = [0, 0, 0];
  for (;;) {
    // A torn write may leave a hole of zeros before lines that did reach the disk.
    while (start < bytes.length && bytes[start] === nul) start += 1;
    if (start >= bytes.length) break;
    const end = bytes.indexOf(lineFeed, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end);
    const record = end < 0 ? undefined : decodeLine(line);
    if (record === undefined) damaged += 1;
    else records.push(record);
    if (end < 0) break;
    start = end + 1;
    usedBytes = start;
  }
  return { records, damaged, usedBytes };
}

function decodeLine(line: Buffer): OutboxRecord | undefined {
  const json = line.subarray(checksumLength + 1);
  if (line.toString('latin1', 0, checksumLength) !== checksumOf(json)) return undefined;
  // The checksum says that these are the bytes of `encodeRecord`; the schema says that it was of this version.
  const parsed = recordSchema.safeParse(JSON.parse(json.toString()));
  return parsed.success ? parsed.data : undefined;
}

function checksumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(checksumLength, '0');
}
