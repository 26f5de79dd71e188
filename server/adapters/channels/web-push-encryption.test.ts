import { createECDH, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encryptPush, newPushKeys, publicKeyOf, vapidHeader } from './web-push-encryption.ts';

const bytes = (text: string) => Buffer.from(text, 'base64url');

describe('the encryption of a push message', () => {
  it('gives the octets of RFC 8291, Appendix A', () => {
    const key = createECDH('prime256v1');
    key.setPrivateKey(bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'));
    const message = encryptPush(
      Buffer.from('When I grow up, I want to be a watermelon'),
      {
        p256dh: bytes(
          'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        ),
        auth: bytes('BTBZMqHH6r4Tts7J_aSIgg'),
      },
      { key, salt: bytes('DGv6ra1nlYgDCS1FRnbzlw') },
    );
    expect(message.toString('base64url')).toBe(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    );
  });
});

describe('the signature of the hub', () => {
  it('is an ES256 token for the push service of the endpoint, valid for less than a day', () => {
    const { publicKey, privateKey } = newPushKeys();
    expect(publicKeyOf(privateKey)).toBe(publicKey);
    const nowMs = 1_700_000_000_000;
    const header = vapidHeader(
      { endpoint: 'https://push.example.org:8443/send/abc', subject: 'mailto:hub@example.org', privateKey },
      nowMs,
    );
    const [, head, claims, signature, key] = /^vapid t=([^.]+)\.([^.]+)\.([^,]+), k=(.+)$/.exec(header)!;
    expect(JSON.parse(bytes(head!).toString())).toEqual({ typ: 'JWT', alg: 'ES256' });
    expect(JSON.parse(bytes(claims!).toString())).toEqual({
      aud: 'https://push.example.org:8443',
      exp: 1_700_043_200,
      sub: 'mailto:hub@example.org',
    });
    const point = bytes(key!);
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      bytes(signature!),
    );
    expect(isSigned).toBe(true);
  });
});
