import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { deviceIdSchema } from '@carebell/contracts/ids.ts';
import type { Account } from './ports.ts';

const scheme = 'sha256';

/**
 * Hashes a secret for storage as `sha256$salt$hash`. The hub makes every secret itself, with at least 128 bits of entropy, so there
 * is nothing to guess and a slow hash would only slow down 10,000 devices that reconnect at once.
 */
export function hashSecret(secret: string, salt: string = randomBytes(16).toString('base64url')): string {
  return `${scheme}$${salt}$${digest(salt, Buffer.from(secret)).toString('base64url')}`;
}

/** Compares in constant time. A hash of another form matches nothing. */
export function matchesSecret(secretHash: string, secret: Uint8Array): boolean {
  const [name, salt, hash] = secretHash.split('$');
  if (name !== scheme || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = digest(salt, secret);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

export type LoginRefusal = { ok: false; reason: RefusalReason; subject: string; sample?: string };
/** `isNext`: by the secret that was handed out last and not used yet. */
export type LoginVerdict = { ok: true; account: Account; isNext: boolean } | LoginRefusal;

/** Judges user name and password of a CONNECT. An unknown name costs as much time as a wrong secret. */
export function judgeLogin(
  name: string | undefined,
  secret: Uint8Array | undefined,
  findAccount: (name: string) => Account | undefined,
): LoginVerdict {
  if (name === undefined) return { ok: false, reason: 'no-user-name', subject: '(nobody)' };
  if (!isWellFormedName(name)) {
    return { ok: false, reason: 'malformed-user-name', subject: '(malformed)', sample: sanitise(name) };
  }
  const account = findAccount(name);
  const isRight = matchesSecret(account?.secretHash ?? nobodysHash, secret ?? noSecret);
  if (account === undefined) return { ok: false, reason: 'unknown-account', subject: name };
  if (isRight) return { ok: true, account, isNext: false };
  const { nextSecretHash } = account;
  if (nextSecretHash !== undefined && matchesSecret(nextSecretHash, secret ?? noSecret))
    return { ok: true, account, isNext: true };
  return { ok: false, reason: 'wrong-secret', subject: name };
}

/**
 * Judges the certificate of a client that has shown one. It stands for the secret of the account that it names, and for no
 * other's; `undefined`: it names none, or a secret was given too, and the secret decides.
 */
export function judgeCertificate(
  certificate: { name: string } | undefined,
  { name, secret }: { name: string | undefined; secret: Uint8Array | undefined },
  findAccount: (name: string) => Account | undefined,
): LoginVerdict | undefined {
  const account = certificate && findAccount(certificate.name);
  if (account === undefined || (account.kind !== 'device' && account.kind !== 'gateway')) return undefined;
  if (name !== account.id) {
    const sample = sanitise(name ?? '');
    return { ok: false, reason: 'certificate-of-another', subject: account.id, sample };
  }
  return secret === undefined || secret.length === 0 ? { ok: true, account, isNext: false } : undefined;
}

export function isWellFormedName(name: string): boolean {
  return name.length <= 64 && deviceIdSchema.safeParse(name).success;
}

/** What may be kept of bytes from outside: at most 64 characters, printable ASCII only. */
export function sanitise(text: string): string {
  return text.slice(0, 64).replaceAll(/[^\x20-\x7e]/g, '?');
}

const noSecret = new Uint8Array(0);
const nobodysHash = hashSecret('nobody', 'nobody');

function digest(salt: string, secret: Uint8Array): Buffer {
  return createHash('sha256').update(salt).update('$').update(secret).digest();
}
