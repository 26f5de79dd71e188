import { randomFillSync } from 'node:crypto';

/** Without i, l, o and u (Crockford's Base32): people read identifiers from labels and type them. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 16;
/** Identifiers made from one call for random bytes, which costs as much as several of them. */
const madeAtOnce = 64;

/**
 * A new identifier of 80 random bits: among a thousand million records two are the same once in two million hubs. Short,
 * because it stands in every topic, row and index entry of a device.
 */
export const newRecordId = recordIds();

function recordIds(): () => string {
  const random = new Uint8Array(length * madeAtOnce);
  let used = random.length;
  return () => {
    if (used === random.length) {
      randomFillSync(random);
      used = 0;
    }
    let id = '';
    for (const byte of random.subarray(used, used + length)) id += letters.charAt(byte & 31);
    used += length;
    return id;
  };
}
