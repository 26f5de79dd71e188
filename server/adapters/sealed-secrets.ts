import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { SecretKey } from '../notification/secret-key.ts';

const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

/**
 * The hub's own key, made at the first start, in a file that only the hub's user may read. AES-256-GCM; the record that
 * a secret belongs to is authenticated with it, so that a row copied over another one does not open.
 * Throws with the code `secret-key-unusable` when the file is not such a key: making another would lose every secret.
 */
export function openSecretKey(file: string): SecretKey {
  if (!existsSync(file)) makeKey(file);
  const key = readFileSync(file);
  if (key.length !== keyLength) {
    throw Object.assign(new Error(`${file} is not a key of 32 octets; restore it from the backup`), {
      code: 'secret-key-unusable',
    });
  }
  const sealing = derived(key, 'seal');
  return {
    seal(owner, secrets) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    unseal(owner, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const nonce = bytes.subarray(0, nonceLength);
      const tag = bytes.subarray(nonceLength, nonceLength + tagLength);
      if (tag.length !== tagLength) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', sealing, nonce, { authTagLength: tagLength });
      decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
      const opened = decipher.update(bytes.subarray(nonceLength + tagLength));
      try {
        return JSON.parse(Buffer.concat([opened, decipher.final()]).toString('utf8')) as Record<
          string,
          string
        >;
      } catch {
        return undefined;
      }
    },
    sign: (purpose, text) =>
      createHmac('sha256', derived(key, purpose)).update(text).digest().subarray(0, 16).toString('base64url'),
  };
}

/** Written and synced before anything is sealed with it; `wx` loses to another process rather than replacing its key. */
function makeKey(file: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  writeSync(descriptor, randomBytes(keyLength));
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function derived(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `carebell ${purpose}`, keyLength));
}
