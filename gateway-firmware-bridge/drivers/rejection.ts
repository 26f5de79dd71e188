import type { Decoded, Rejection } from './driver.ts';

export type Rejected = Extract<Decoded, { of: 'rejected' }>;

/** A rejection that keeps the first 64 of the bytes, copied (`slice` of a Buffer would not), so that the driver may use its buffer again. */
export function rejected(reason: Rejection, bytes: Uint8Array, length = bytes.length): Rejected {
  return { of: 'rejected', reason, bytes: Uint8Array.from(bytes.subarray(0, Math.min(64, length))), length };
}
