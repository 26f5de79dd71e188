import { createECDH } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, message, openFarEnd, soon } from './far-end-under-test.ts';
import { newPushKeys } from './web-push-encryption.ts';
import { openWebPush } from './web-push.ts';

const certificate = makeCertificate();
const { privateKey } = newPushKeys();
const channel = openWebPush(
  { subject: 'mailto:hub@example.org', ca: certificate.cert },
  { privateKey },
  () => 1_700_000_000_000,
);

let end: Awaited<ReturnType<typeof openFarEnd>>;
let status = 201;
beforeAll(async () => {
  end = await openFarEnd((_, response) => void response.writeHead(status).end(), certificate);
});
afterAll(() => end.close());

function subscription(p256dh?: string): string {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const keys = {
    p256dh: p256dh ?? browser.getPublicKey('base64url'),
    auth: Buffer.alloc(16, 7).toString('base64url'),
  };
  return JSON.stringify({ endpoint: `${end.url}/push/1`, expirationTime: null, keys });
}

describe('a browser push', () => {
  it('goes to the push service encrypted, signed, urgent and replaceable', async () => {
    const receipt = await channel.send(message({ address: subscription() }), soon());
    expect(receipt).toMatchObject({ is: 'accepted', reportWithinMs: null });
    const [call] = end.heard;
    expect(call).toMatchObject({ method: 'POST', url: '/push/1' });
    expect(call!.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      ttl: '1800',
      urgency: 'high',
      topic: 'note1',
    });
    expect(call!.headers.authorization).toMatch(/^vapid t=[\w.-]+, k=[\w-]+$/);
    expect(call!.body).not.toContain('王秀英');
  });

  it('of a long message stays within what every push service takes', async () => {
    await channel.send(message({ address: subscription(), text: '急'.repeat(5_000) }), soon());
    expect(end.heard.at(-1)!.bytes.length).toBeLessThanOrEqual(4_096);
  });

  const answers: [number, object][] = [
    [404, { reason: 'recipient-gone', isWorthRetrying: false, isChannelsFault: false }],
    [410, { reason: 'recipient-gone', isWorthRetrying: false, isChannelsFault: false }],
    [403, { reason: 'credentials-refused' }],
    [413, { reason: 'message-refused' }],
    [429, { reason: 'rate-limited', isWorthRetrying: true }],
    [503, { reason: 'server-failed', isWorthRetrying: true }],
  ];
  for (const [answered, expected] of answers) {
    it(`answered with ${answered} is ${JSON.stringify(expected)}`, async () => {
      status = answered;
      expect(await channel.send(message({ address: subscription() }), soon())).toMatchObject(expected);
    });
  }

  it('to what is no subscription is never sent', async () => {
    const before = end.heard.length;
    const offCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url');
    for (const address of ['', 'nobody', '{}', subscription('AAAA'), subscription(offCurve)])
      expect(await channel.send(message({ address }), soon())).toMatchObject({ reason: 'address-refused' });
    expect(end.heard).toHaveLength(before);
  });
});
