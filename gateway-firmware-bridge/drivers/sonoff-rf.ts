import { z } from 'zod';
import { createFrameSplitter, type Found, type Frame } from './binary-frames.ts';
import type { Decoded, Decoder, EncodedOrder, FramedDriver, Order } from './driver.ts';
import { ev1527Code, ev1527Signal } from './ev1527.ts';
import { rejected } from './rejection.ts';

const start = 0xaa;
const stop = 0x55;

// Numbers of the actions: ESPHome's rf_bridge.h, which speaks to the stock firmware and to Portisch's.
const action = {
  ack: 0xa0,
  learnTimedOut: 0xa2,
  learned: 0xa3,
  received: 0xa4,
  send: 0xa5,
  receivedAdvanced: 0xa6,
  learnTimedOutAdvanced: 0xaa,
  learnedAdvanced: 0xab,
  receivedBuckets: 0xb1,
} as const;

const bareLength = 3;
/** AA, action, sync (2), low (2), high (2), code (3), 55. */
const codeLength = 12;
const codeAt = 8;
/** Portisch, RF_Config.h: RF_DATA_BUFFERSIZE is 112 bytes; before them AA B1 count and at most 8 buckets of 2 bytes. */
const longestBuckets = 3 + 16 + 112 + 1;
/** Portisch, uart.c: uart_put_RF_buckets sends at most 7 buckets and the one of the sync. */
const mostBuckets = 8;

const optionsSchema = z.strictObject({});
const acknowledgement = Uint8Array.of(start, action.ack, stop);
const orderToken = 'order';

export const sonoffRf: FramedDriver = {
  name: 'sonoff-rf',
  about: 'Sonoff RF bridge: 433 MHz receiver EFM8BB1 or OB38S003, stock firmware or Portisch',
  mode: 'framed',
  line: { baudRate: 19_200 },
  addressScope: 'world',
  // It has no keep-alive. A radio in a town that hears no code at all for half a day has probably lost its ears.
  silenceLimitMs: 12 * 3600 * 1000,
  // ESPHome, rf_bridge.cpp: a frame that has begun is dropped after 50 ms; one byte takes half a millisecond.
  frameGapMs: 50,
  createDecoder(options) {
    optionsSchema.parse(options);
    return createDecoder();
  },
  encode,
};

function createDecoder(): Decoder {
  const frames = createFrameSplitter(frameAt);
  const decode = (found: (Frame | Decoded)[]): Decoded[] =>
    found.flatMap((item) => (item.of === 'frame' ? meaningOf(item.bytes) : item));
  return { push: (bytes) => decode(frames.push(bytes)), quiet: () => decode(frames.quiet()) };
}

/** Bytes of the code and of the times may be 55 as well, so the length decides and the stop byte only confirms. */
function frameAt(bytes: Uint8Array): Found {
  if (bytes[0] !== start) return { is: 'noise' };
  const [, act, size] = bytes;
  if (act === undefined) return { is: 'more' };
  switch (act) {
    case action.received:
    case action.learned:
      return overtakenBy(bytes) ?? ofLength(bytes, codeLength);
    case action.receivedAdvanced:
    case action.learnedAdvanced:
      if (size === undefined) return { is: 'more' };
      // Portisch's protocols have at most 71 bits, which are 9 bytes and one for the protocol.
      if (size < 1 || size > 16) return { is: 'bad', reason: 'length', length: 3 };
      return ofLength(bytes, 3 + size + 1);
    case action.receivedBuckets:
      return bucketsAt(bytes);
    case action.ack:
    case action.learnTimedOut:
    case action.learnTimedOutAdvanced:
      return ofLength(bytes, bareLength);
    default:
      // Portisch answers the question FF for its version by a frame with the version instead of an action.
      return act < 0x20 ? ofLength(bytes, bareLength) : { is: 'noise' };
  }
}

function ofLength(bytes: Uint8Array, length: number): Found {
  if (bytes.length < length) return { is: 'more' };
  if (bytes[length - 1] !== stop) return { is: 'bad', reason: 'cut', length };
  return { is: 'frame', length, isSure: true };
}

/** A frame cut short whose rest was filled by the next: its times make no sense, and a whole frame begins inside. */
function overtakenBy(bytes: Uint8Array): Found | undefined {
  if (bytes.length < codeLength || isPlausible(bytes)) return undefined;
  for (let at = 1; at < codeLength - 1; at += 1) {
    if (bytes[at] === start && bytes[at + 1] === action.received)
      return { is: 'bad', reason: 'cut', length: at };
  }
  return undefined;
}

/** One bit is a third as long as the other, and the sync some ten times longer than both. */
function isPlausible(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return view.getUint16(4) < view.getUint16(6) && view.getUint16(6) < view.getUint16(2);
}

/**
 * Raw times carry no length. A pulse byte is two nibbles of level (bit 3) and bucket; levels alternate, so 55 and AA
 * cannot be among them and 55 ends the frame.
 */
function bucketsAt(bytes: Uint8Array): Found {
  const count = bytes[2];
  if (count === undefined) return { is: 'more' };
  if (count === 0 || count > mostBuckets) return { is: 'bad', reason: 'length', length: 3 };
  for (let at = 3 + 2 * count; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === stop) return { is: 'frame', length: at + 1, isSure: true };
    const isPulse = ((byte >> 4) & 7) < count && (byte & 7) < count && byte !== start;
    if (!isPulse) return { is: 'bad', reason: 'cut', length: at };
    if (at + 1 >= longestBuckets) return { is: 'bad', reason: 'too-long', length: at + 1 };
  }
  return { is: 'more' };
}

function meaningOf(frame: Uint8Array): Decoded[] {
  const [, act = 0, size, protocol] = frame;
  const view = new DataView(frame.buffer, frame.byteOffset);
  switch (act) {
    case action.received:
      // The stock firmware repeats a code that nobody acknowledges.
      return [{ of: 'reply', bytes: acknowledgement }, codeSignal(view.getUint32(codeAt) >>> 8)];
    case action.receivedAdvanced:
      // Portisch, RF_Protocols.h: protocol 0 are the same 24 bits; an ACK would end its sniffing of the other ones.
      if (size === 4 && protocol === 0) return [codeSignal(view.getUint32(4) >>> 8)];
      return [rejected('unknown-frame', frame)];
    case action.ack:
      return [{ of: 'confirmation', token: orderToken, ok: true }];
    // Somebody holds the learning key of the box: no press of a resident, but the firmware waits for its ACK.
    case action.learned:
    case action.learnTimedOut:
      return [
        { of: 'reply', bytes: acknowledgement },
        { of: 'firmware', says: 'alive' },
      ];
    case action.learnedAdvanced:
    case action.learnTimedOutAdvanced:
      return [{ of: 'firmware', says: 'alive' }];
    case action.receivedBuckets:
      return [rejected('unknown-frame', frame)];
    default:
      return [{ of: 'firmware', says: 'alive', version: `Portisch ${act}` }];
  }
}

function codeSignal(code: number): Decoded {
  return ev1527Signal(code >>> 4, code & 0x0f);
}

/**
 * Sends the code of a bell or lamp, with the times of Portisch's PT226X. A code switches on only, so the end of an
 * alarm cannot be shown.
 */
function encode({ address, signal, command }: Order): EncodedOrder | undefined {
  const code = ev1527Code(address, signal);
  const isOver = command.command === 'reassure' && command.data.state === 'closed';
  if (code === undefined || isOver) return undefined;
  const bytes = new Uint8Array(codeLength);
  const view = new DataView(bytes.buffer);
  bytes.set([start, action.send]);
  view.setUint16(2, 10_850);
  view.setUint16(4, 350);
  view.setUint16(6, 1050);
  view.setUint32(codeAt, ((code << 8) | stop) >>> 0);
  return { bytes, token: orderToken };
}
