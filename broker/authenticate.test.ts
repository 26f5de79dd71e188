import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashSecret, judgeLogin, matchesSecret, sanitise } from './authenticate.ts';
import type { Account } from './ports.ts';

const account: Account = { kind: 'device', id: 'b1', secretHash: hashSecret('right') };
const find = (name: string) => (name === 'b1' ? account : undefined);

describe('secrets', () => {
  it('match their own hash and no other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (secret, other) => {
        const hash = hashSecret(secret);
        expect(matchesSecret(hash, Buffer.from(secret))).toBe(true);
        expect(matchesSecret(hash, Buffer.from(other))).toBe(other === secret);
      }),
    );
  });

  it('are hashed with a fresh salt each time', () => {
    expect(hashSecret('right')).not.toBe(hashSecret('right'));
    expect(hashSecret('right')).toMatch(/^sha256\$[\w-]{22}\$[\w-]{43}$/);
  });

  it.each(['', 'right', 'sha256$', 'sha256$salt', 'sha256$salt$', 'sha256$salt$AAAA', 'md5$salt$AAAA'])(
    'match no hash of another form: %o',
    (hash) => {
      expect(matchesSecret(hash, Buffer.from('right'))).toBe(false);
    },
  );
});

describe('a log-in', () => {
  it('with the right secret is the account', () => {
    expect(judgeLogin('b1', Buffer.from('right'), find)).toEqual({ ok: true, account, isNext: false });
  });

  it('with the secret that was handed out last is the account too, and is told apart', () => {
    const both = { ...account, nextSecretHash: hashSecret('newer') };
    expect(judgeLogin('b1', Buffer.from('newer'), () => both)).toEqual({
      ok: true,
      account: both,
      isNext: true,
    });
    expect(judgeLogin('b1', Buffer.from('right'), () => both)).toMatchObject({ isNext: false });
  });

  it.each([
    { name: 'b1', secret: 'wrong', reason: 'wrong-secret', subject: 'b1' },
    { name: 'b1', secret: undefined, reason: 'wrong-secret', subject: 'b1' },
    { name: 'b9', secret: 'right', reason: 'unknown-account', subject: 'b9' },
    { name: undefined, secret: 'right', reason: 'no-user-name', subject: '(nobody)' },
    { name: '', secret: 'right', reason: 'malformed-user-name', subject: '(malformed)' },
    { name: 'constructor/x', secret: 'right', reason: 'malformed-user-name', subject: '(malformed)' },
  ])('of $name with $secret is refused as $reason', ({ name, secret, reason, subject }) => {
    const verdict = judgeLogin(name, secret === undefined ? undefined : Buffer.from(secret), find);
    expect(verdict).toMatchObject({ ok: false, reason, subject });
  });

  it.each([
    '\u0000',
    'b1\u0000',
    'b1\n',
    '🔔',
    'x'.repeat(65),
    'y'.repeat(5_000_000),
    'a/b',
    '+',
    '#',
    '<script>',
  ])('under a wild name leaves a harmless record', (name) => {
    const verdict = judgeLogin(name, Buffer.from('right'), find);
    expect(verdict).toMatchObject({ ok: false, subject: '(malformed)' });
    expect(JSON.stringify(verdict).length).toBeLessThan(200);
  });

  it('never accepts any name or secret but the right ones', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), (name, secret) => {
        expect(judgeLogin(name, secret, find).ok).toBe(false);
      }),
    );
  });

  it('leaves nothing but printable ASCII of what it quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sanitise(text)).toMatch(/^[\x20-\x7e]{0,64}$/);
      }),
    );
  });
});
