import { createCipheriv, createECDH, createPrivateKey, hkdfSync, randomBytes, sign } from 'node:crypto';
import type { ECDH } from 'node:crypto';

/** What a browser hands out when it subscribes (Push API `PushSubscription.toJSON()`), as bytes. */
export type SubscriptionKeys = { p256dh: Buffer; auth: Buffer };

/** The sender's key pair and salt, new for every message. */
export type OneTime = { key: ECDH; salt: Buffer };

export function newOneTime(): OneTime {
  const key = createECDH('prime256v1');
  key.generateKeys();
  return { key, salt: randomBytes(16) };
}

/** One record; a push service takes at least 4,096 octets (RFC 8030 §7.2). */
const recordSize = 4_096;

/** RFC 8291: the message for this subscriber alone, in the content coding `aes128gcm` (RFC 8188). */
export function encryptPush(
  plain: Buffer,
  { p256dh, auth }: SubscriptionKeys,
  { key, salt }: OneTime,
): Buffer {
  const own = key.getPublicKey();
  const shared = key.computeSecret(p256dh);
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, own]);
  const material = hkdf(shared, auth, keyInfo, 32);
  const contentKey = hkdf(material, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(material, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', contentKey, nonce);
  // The octet 2 ends the last record (RFC 8188 §2).
  const sealed = Buffer.concat([cipher.update(plain), cipher.update(Buffer.from([2])), cipher.final()]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(recordSize, 0);
  head.writeUInt8(own.length, 4);
  return Buffer.concat([salt, head, own, sealed, cipher.getAuthTag()]);
}

function hkdf(material: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', material, salt, info, length));
}

/** A new key pair for RFC 8292, both parts base64url. */
export function newPushKeys(): { publicKey: string; privateKey: string } {
  const key = createECDH('prime256v1');
  key.generateKeys();
  return { publicKey: key.getPublicKey('base64url'), privateKey: paddedKey(key.getPrivateKey()) };
}

/** The public key that belongs to this private one. Throws if it is none. */
export function publicKeyOf(privateKey: string): string {
  const key = createECDH('prime256v1');
  key.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return key.getPublicKey('base64url');
}

/** RFC 8292: who sends this, signed for the push service at `endpoint`, valid for twelve hours (24 are allowed). */
export function vapidHeader(
  { endpoint, subject, privateKey }: { endpoint: string; subject: string; privateKey: string },
  nowMs: number,
): string {
  const publicKey = publicKeyOf(privateKey);
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: privateKey,
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(nowMs / 1_000) + 12 * 3_600, sub: subject };
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), {
    key: createPrivateKey({ key: jwk, format: 'jwk' }),
    dsaEncoding: 'ieee-p1363',
  });
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${publicKey}`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** A private key with leading zero octets comes shorter, and JWK asks for all 32. */
function paddedKey(key: Buffer): string {
  return Buffer.concat([Buffer.alloc(32 - key.length), key]).toString('base64url');
}
