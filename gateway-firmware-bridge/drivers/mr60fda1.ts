import { z } from 'zod';
import { createFrameSplitter, type Found, type FrameSplitter } from './binary-frames.ts';
import type { Decoded, Decoder, FramedDriver, Heard, Meaning } from './driver.ts';
import { rejected } from './rejection.ts';

// Layout and words: Seeed's wiki page of the MR60FDA1 and the library 60ghzfalldetection.h.
// 53 59 | control | command | data length, 2 bytes | data | sum | 54 43; the sum is the low byte of all bytes before it.
const head = [0x53, 0x59] as const;
const tail = [0x54, 0x43] as const;
const dataAt = 6;
/** Head 2, control 1, command 1, length 2, sum 1, tail 2. */
const bytesAroundData = 9;
/** The longest report of the family (a point cloud) stays below it, so a larger length is a damaged one. */
const longestData = 512;

const optionsSchema = z.strictObject({
  /** Every how many body sign reports one is passed on; the radar makes one each second. */
  bodySignEvery: z.number().int().min(1).max(3600).default(60),
  /** What somebody who stays motionless is taken for (command 83 05). The vendor calls it a help to judge a fall. */
  stay: z.enum(['reading', 'fall.suspected']).default('reading'),
});
type Options = z.infer<typeof optionsSchema>;

export const mr60fda1: FramedDriver = {
  name: 'mr60fda1',
  about: 'Seeed MR60FDA1: 60 GHz fall radar (fall, presence, motion, body sign)',
  mode: 'framed',
  line: { baudRate: 115_200 },
  addressScope: 'port',
  // The radar sends a heartbeat each minute, whatever happens in the room.
  silenceLimitMs: 150_000,
  // Five times the 10 ms that the longest frame would take at 115,200 baud is plenty between two bytes.
  frameGapMs: 50,
  keepAlive: { bytes: query(0x01, 0x01), everyMs: 30_000 },
  // The radar reports a change only, so a fall during which the bridge was away is asked for.
  onOpen: [query(0x02, 0xa4), query(0x83, 0x81)],
  createDecoder: (options) => createDecoder(optionsSchema.parse(options)),
};

function createDecoder(options: Options): Decoder {
  const splitter = createFrameSplitter(frameAt);
  const bodySigns: number[] = [];

  const decode = (found: ReturnType<FrameSplitter['push']>): Decoded[] =>
    found.flatMap((item) => (item.of === 'frame' ? meaningOf(item.bytes) : [item]));

  function meaningOf(bytes: Uint8Array): Decoded[] {
    const [, , control = 0, command = 0] = bytes;
    const data = bytes.subarray(dataAt, bytes.length - bytesAroundData + dataAt);
    // An answer to a query carries the command of the report with its high bit set (83 81 answers for 83 01).
    const isAnswer = command >= 0x80;
    const word = (control << 8) | (command & 0x7f);
    const value = data[0] ?? -1;
    switch (word) {
      case 0x0101:
        return [{ of: 'firmware', says: 'alive' }];
      // "Initialisation completed", as in the documents of its sister radars.
      case 0x0501:
        return [{ of: 'firmware', says: 'started' }];
      // Product model, identifier and hardware version are not needed, but prove that it lives.
      case 0x0221:
      case 0x0222:
      case 0x0223:
        return [{ of: 'firmware', says: 'alive' }];
      case 0x0224:
        return [{ of: 'firmware', says: 'alive', ...versionIn(data) }];
      case 0x8301:
        if (data.length !== 1 || value > 1) return [rejected('bad-field', bytes)];
        // At opening "no fall" is no news: it would clear nothing that this bridge has told.
        if (isAnswer && value === 0) return [{ of: 'firmware', says: 'alive' }];
        return [value === 1 ? signal('fall.on', 'fall.detected') : signal('fall.off', 'fall.cleared')];
      case 0x8305:
        if (data.length !== 1 || value > 1) return [rejected('bad-field', bytes)];
        if (value === 1 && options.stay === 'fall.suspected') return [signal('stay.on', 'fall.suspected')];
        return [reading({ stay: value })];
      case 0x8001:
        if (data.length !== 1 || value > 1) return [rejected('bad-field', bytes)];
        return [
          value === 1
            ? signal('presence.on', 'motion.detected', { presence: true })
            : signal('presence.off', 'motion.cleared', { presence: false }),
        ];
      case 0x8002:
        if (data.length !== 1 || value > 2) return [rejected('bad-field', bytes)];
        return [value === 2 ? signal('motion.on', 'motion.detected') : reading({ motion: value })];
      case 0x8003:
        return data.length === 1 && value <= 100 ? bodySign(value) : [rejected('bad-field', bytes)];
      default:
        return [rejected('unknown-frame', bytes)];
    }
  }

  function bodySign(value: number): Decoded[] {
    bodySigns.push(value);
    if (bodySigns.length < options.bodySignEvery) return [];
    const sum = bodySigns.reduce((total, each) => total + each, 0);
    const mean = Math.round(sum / bodySigns.length);
    const most = Math.max(...bodySigns);
    bodySigns.length = 0;
    return [reading({ bodySign: mean, bodySignMost: most })];
  }

  return { push: (bytes) => decode(splitter.push(bytes)), quiet: () => decode(splitter.quiet()) };
}

function frameAt(bytes: Uint8Array): Found {
  if (bytes[0] !== head[0]) return { is: 'noise' };
  if (bytes.length === 1) return { is: 'more' };
  if (bytes[1] !== head[1]) return { is: 'noise' };
  const [, , , , high, low] = bytes.subarray(0, dataAt);
  if (high === undefined || low === undefined) return { is: 'more' };
  const dataLength = (high << 8) | low;
  if (dataLength > longestData) return { is: 'bad', reason: 'length', length: dataAt };
  const length = dataLength + bytesAroundData;
  if (length > bytes.length) return { is: 'more' };
  const sumAt = dataAt + dataLength;
  if (bytes[sumAt + 1] !== tail[0] || bytes[sumAt + 2] !== tail[1])
    return { is: 'bad', reason: 'cut', length };
  if (bytes[sumAt] !== sumOf(bytes.subarray(0, sumAt))) return { is: 'bad', reason: 'checksum', length };
  return { is: 'frame', length, isSure: true };
}

function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0);
}

/** Queries carry the one byte 0F (`53 59 02 A4 00 01 0F 62 54 43` asks for the firmware's version). */
function query(control: number, command: number): Uint8Array {
  const body = [...head, control, command, 0x00, 0x01, 0x0f];
  return Uint8Array.from([...body, sumOf(Uint8Array.from(body)), ...tail]);
}

function versionIn(data: Uint8Array): { version?: string } {
  const text = Buffer.from(data).toString('latin1').replaceAll('\0', '').trim();
  return /^[\x20-\x7e]{1,40}$/.test(text) ? { version: text } : {};
}

function heard(what: Heard): Decoded {
  return { of: 'heard', heard: what };
}

function signal(name: string, kind: Meaning['kind'], data?: Record<string, unknown>): Decoded {
  const meaning: Meaning = data === undefined ? { kind } : { kind, data };
  return heard({ of: 'signal', address: 'radar', signal: name, meaning });
}

function reading(values: Record<string, number>): Decoded {
  return heard({ of: 'reading', address: 'radar', reading: values });
}
