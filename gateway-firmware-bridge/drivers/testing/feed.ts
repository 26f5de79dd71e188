import type { Decoded, Decoder, Rejection } from '../driver.ts';

export const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
export const textBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** What a decoder takes out of the bytes, and how much it threw away for which reason. */
export function sortOut(decoded: Decoded[]) {
  const rejections: Partial<Record<Rejection, number>> = {};
  let rejectedBytes = 0;
  for (const item of decoded) {
    if (item.of !== 'rejected') continue;
    rejections[item.reason] = (rejections[item.reason] ?? 0) + 1;
    rejectedBytes += item.length;
  }
  return { taken: decoded.filter((item) => item.of !== 'rejected'), rejections, rejectedBytes };
}

/** The same bytes each time: mulberry32, so that a storm that fails can be had again. */
export function storm(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    bytes[index] = mixed >>> 24;
  }
  return bytes;
}

/** Pushes the bytes in pieces of the given sizes, over and over. */
export function pushInPieces(decoder: Decoder, bytes: Uint8Array, sizes: readonly number[]): Decoded[] {
  const decoded: Decoded[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    decoded.push(...decoder.push(bytes.subarray(start, start + size)));
    start += size;
  }
  return decoded;
}
