import { randomBytes } from 'node:crypto';

/** Without i, l, o and u (Crockford's Base32): people read identifiers from labels and type them. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 16;

/**
 * A new identifier of 80 random bits: among a thousand million records two are the same once in two million hubs. Short,
 * because it stands in every topic, row and index entry of a device.
 */
export function newRecordId(): string {
  let id = '';
  for (const byte of randomBytes(length)) id += letters.charAt(byte & 31);
  return id;
}
