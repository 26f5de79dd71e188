import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLinkToken, readLinkToken } from './responder-link.ts';
import type { SecretKey } from './secret-key.ts';

const keyOf = (secret: string): SecretKey => ({
  seal: () => '',
  unseal: () => undefined,
  sign: (purpose, text) =>
    createHmac('sha256', secret).update(`${purpose} ${text}`).digest().subarray(0, 16).toString('base64url'),
});
const key = keyOf('ours');
const expiresAtMs = 1_800_000_000_000;
const token = makeLinkToken({ notificationId: '0123456789abcdef', expiresAtMs }, key);

describe("the token of a responder's link", () => {
  it('is short enough for a text message and leads to its notification until it expires', () => {
    expect(token.length).toBeLessThanOrEqual(48);
    expect(readLinkToken(token, expiresAtMs - 1, key)).toEqual({
      ok: true,
      notificationId: '0123456789abcdef',
    });
    expect(readLinkToken(token, expiresAtMs, key)).toEqual({ ok: false, reason: 'expired' });
  });

  it('of another hub, another notification or a later end is wrong', () => {
    const [id, seconds, mac] = token.split('.');
    const later = (Number.parseInt(seconds!, 36) + 1).toString(36);
    for (const forged of [`${id}x.${seconds}.${mac}`, `${id}.${later}.${mac}`, `${id}.${seconds}.`, '', '..'])
      expect(readLinkToken(forged, 0, key)).toEqual({ ok: false, reason: 'wrong' });
    expect(readLinkToken(token, 0, keyOf('theirs'))).toEqual({ ok: false, reason: 'wrong' });
  });

  it('with any one character changed is wrong', () => {
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom('a', 'Z', '0', '_', '-', '.', '%'),
        (index, letter) => {
          fc.pre(token[index] !== letter);
          const changed = token.slice(0, index) + letter + token.slice(index + 1);
          // The last letter carries four bits only; the others of it do not count.
          const isSameMac = Buffer.from(changed.split('.')[2] ?? '', 'base64url').equals(
            Buffer.from(token.split('.')[2] ?? '', 'base64url'),
          );
          if (!isSameMac || index < token.lastIndexOf('.'))
            expect(readLinkToken(changed, 0, key).ok).toBe(false);
        },
      ),
    );
  });
});
