import type { SecretKey } from './secret-key.ts';

export type LinkContent = { notificationId: string; expiresAtMs: number };

/**
 * The token of a responder's page: the notification, when it ends (seconds, base 36) and 128 bits of HMAC over both.
 * Whoever has it may act as that notification's recipient on its one alarm. Short, because it goes by SMS.
 */
export function makeLinkToken({ notificationId, expiresAtMs }: LinkContent, key: SecretKey): string {
  const content = `${notificationId}.${Math.floor(expiresAtMs / 1_000).toString(36)}`;
  return `${content}.${key.sign('responder-link', content)}`;
}

/** What a token says, if this hub has signed it and it has not expired. */
export function readLinkToken(
  token: string,
  nowMs: number,
  key: SecretKey,
): { ok: true; notificationId: string } | { ok: false; reason: 'wrong' | 'expired' } {
  const parts = /^([a-z0-9_-]{1,64})\.([a-z0-9]{1,8})\.([\w-]{22})$/i.exec(token);
  const [, notificationId, seconds, mac] = parts ?? [];
  if (notificationId === undefined || seconds === undefined || mac === undefined)
    return { ok: false, reason: 'wrong' };
  if (!isSame(mac, key.sign('responder-link', `${notificationId}.${seconds}`)))
    return { ok: false, reason: 'wrong' };
  if (Number.parseInt(seconds, 36) * 1_000 <= nowMs) return { ok: false, reason: 'expired' };
  return { ok: true, notificationId };
}

/** Compares in a time that does not tell how much of it was right. */
export function isSame(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}
