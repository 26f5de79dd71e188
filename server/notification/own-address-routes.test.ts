import { createDecipheriv, createECDH, hkdfSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { makeCertificate, openFarEnd } from '../adapters/channels/far-end-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

const certificate = makeCertificate();
let api: ApiUnderTest;
let operator: Caller;
let end: Awaited<ReturnType<typeof openFarEnd>>;
let status = 201;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  operator = await api.as('operator-a');
  end = await openFarEnd((_, response) => void response.writeHead(status).end(), certificate);
});
afterAll(async () => {
  await end.close();
  await api.close();
});

const browser = createECDH('prime256v1');
browser.generateKeys();
const secret = Buffer.alloc(16, 3);
const subscription = () =>
  JSON.stringify({
    endpoint: `${end.url}/push/li`,
    keys: { p256dh: browser.getPublicKey('base64url'), auth: secret.toString('base64url') },
  });

/** What the browser does with what its push service hands it (RFC 8291 §4, RFC 8188 §2). */
function decrypted(body: Buffer): unknown {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + (body[20] ?? 0));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.getPublicKey(), sender]);
  const derived = (from: Buffer, by: Buffer, what: Buffer | string, length: number) =>
    Buffer.from(hkdfSync('sha256', from, by, what, length));
  const input = derived(browser.computeSecret(sender), secret, info, 32);
  const key = derived(input, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derived(input, salt, 'Content-Encoding: nonce\0', 12);
  const record = body.subarray(21 + sender.length);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(-16));
  const text = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]).toString();
  return JSON.parse(text.slice(0, text.lastIndexOf('\u0002')));
}

const key = async (caller: Caller) =>
  (await caller.get('/users/me/push-key')).json<{ key: { channelId: string; publicKey: string } | null }>()
    .key;
async function setUp(organisationId: string): Promise<string> {
  const body = {
    organisationId,
    kind: 'web-push',
    name: `push of ${organisationId}`,
    settings: { subject: 'mailto:hub@example.org', ca: certificate.cert },
  };
  const answer = await (await api.as('admin')).post('/channels', body);
  return answer.json<{ id: string }>().id;
}

describe('the own addresses of a user', () => {
  it('subscribe with the key of the nearest push channel that there is', async () => {
    expect(await key(operator)).toBeNull();
    const far = await setUp('root');
    expect(await key(operator)).toMatchObject({ channelId: far });
    const near = await setUp('street');
    expect(await key(operator)).toMatchObject({ channelId: near });
    expect(await key(await api.as('admin'))).toMatchObject({ channelId: far });
    expect((await key(operator))?.publicKey).toMatch(/^[\w-]{87}$/);
    expect((await api.call('GET', '/users/me/push-key')).statusCode).toBe(401);
  });

  it('are tried with a message that the browser can read, in the language of its owner', async () => {
    const { channelId } = (await key(operator))!;
    const address = { kind: 'web-push', address: subscription(), channelId };
    await operator.patch('/users/me/addresses', { addresses: [address], locale: 'en' });
    const answer = await operator.post('/users/me/addresses/test', address);
    expect(answer.json()).toMatchObject({ result: 'accepted', reason: null });
    expect(decrypted(end.heard.at(-1)!.bytes)).toMatchObject({
      title: 'Carebell: Test message',
      alarmId: 'test',
      locale: 'en',
    });
  });

  it('are tried not too often, and nobody else’s at all', async () => {
    const { channelId } = (await key(operator))!;
    const address = { kind: 'web-push', address: subscription(), channelId };
    const again = await operator.post('/users/me/addresses/test', address);
    expect([again.statusCode, again.headers['retry-after']]).toEqual([429, '5']);
    const other = await api.as('operator-b');
    expect((await other.post('/users/me/addresses/test', address)).statusCode).toBe(404);
    expect((await api.call('POST', '/users/me/addresses/test', address)).statusCode).toBe(401);
    const heard = end.heard.length;
    await other.patch('/users/me/addresses', { addresses: [{ kind: 'sms', address: '13900000001' }] });
    const none = await other.post('/users/me/addresses/test', { kind: 'sms', address: '13900000001' });
    expect(none.json()).toMatchObject({ result: 'refused', reason: 'channel-missing' });
    expect(end.heard).toHaveLength(heard);
  });

  it('keep what a change leaves out', async () => {
    await operator.patch('/users/me/addresses', { wantsReports: true });
    await operator.patch('/users/me/addresses', { locale: null });
    const kept = (await operator.get('/users/me/addresses')).json<object>();
    expect(kept).toMatchObject({ locale: null, wantsReports: true, addresses: [{ kind: 'web-push' }] });
  });

  it('say so when nobody is behind a subscription any more', async () => {
    status = 410;
    api.clock.move(5_000);
    const { channelId } = (await key(operator))!;
    const gone = await operator.post('/users/me/addresses/test', {
      kind: 'web-push',
      address: subscription(),
      channelId,
    });
    expect(gone.json()).toMatchObject({ result: 'refused', reason: 'recipient-gone' });
  });
});
