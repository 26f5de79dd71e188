import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { DataKeys } from './data-keys.ts';

/** Seals the text of a cell; `cell` is its table, column and row, and what was sealed for one opens for no other. */
export type Sealing = {
  seal(cell: string, text: string): string;
  /** What was never sealed comes back as it is; `undefined` for what these keys do not open. */
  unseal(cell: string, stored: string): string | undefined;
  /** Nothing is left to do for it: it is sealed by the key that seals now, or there is nothing to seal in it. */
  isCurrent(stored: string): boolean;
};

/** No text that a person enters begins so, and what did would be sealed behind another one. */
const mark = '\u0001';
const version = 1;
const idAt = 1;
const nonceAt = 5;
const tagAt = 17;
const textAt = 33;
/** An empty text or list is worth no secret. */
const isEmpty = (text: string): boolean => text === '' || text === '[]';

/**
 * AES-256-GCM. A sealed text is the mark and, in base64, the version (1 octet), the key's name (4), the nonce (12), the tag (16) and the
 * text. A nonce is 96 random bits: one key may seal 2^32 cells before two equal ones are as likely as one in 2^33.
 */
export function createSealing(keys: DataKeys): Sealing {
  const [current] = keys;
  // As an object of its own a key is taken in once, which is three quarters of the work of a cell.
  const byId = new Map(keys.map(({ id, key }) => [id, createSecretKey(key)]));
  const sealingKey = createSecretKey(current.key);
  const head = Buffer.concat([Buffer.from([version]), Buffer.from(current.id, 'hex')]);
  return {
    seal(cell, text) {
      if (isEmpty(text)) return text;
      const nonce = randomBytes(tagAt - nonceAt);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(cell));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return mark + Buffer.concat([head, nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    unseal(cell, stored) {
      if (!stored.startsWith(mark)) return stored;
      const bytes = Buffer.from(stored.slice(mark.length), 'base64');
      const key = byId.get(bytes.toString('hex', idAt, nonceAt));
      if (bytes[0] !== version || bytes.length < textAt || key === undefined) return undefined;
      const nonce = bytes.subarray(nonceAt, tagAt);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: textAt - tagAt });
      decipher.setAAD(Buffer.from(cell)).setAuthTag(bytes.subarray(tagAt, textAt));
      const text = decipher.update(bytes.subarray(textAt), undefined, 'utf8');
      try {
        return text + decipher.final('utf8');
      } catch {
        return undefined;
      }
    },
    isCurrent: (stored) => isEmpty(stored) || (stored.startsWith(mark) && headOf(stored).equals(head)),
  };
}

/** Eight characters of base64 are six octets, and the head is five. */
function headOf(stored: string): Buffer {
  return Buffer.from(stored.slice(mark.length, mark.length + 8), 'base64').subarray(0, nonceAt);
}

/** For a store that was never given a key: what is entered stands there as it is. */
export const unsealed: Sealing = {
  seal: (_, text) => text,
  unseal: (_, stored) => (stored.startsWith(mark) ? undefined : stored),
  isCurrent: () => true,
};
