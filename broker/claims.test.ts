import { claimPassword } from '@carebell/contracts/claim-code.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { MqttClient } from 'mqtt';
import { describe, expect, it, vi } from 'vitest';
import { closing, openBroker, send, settled } from './broker-under-test.ts';
import { hashSecret } from './compose.ts';
import type { ClaimPort } from './compose.ts';

const claimTopic = buildTopic({ of: 'device', deviceId: 'b1', kind: 'claim' });
const right = { password: claimPassword('7K3M-Q9Z0') };

/** A server in which one code is right, and that stores at once. */
function claimsOf(code: string) {
  const asked: string[] = [];
  const waiting: { ticket: string; deliver(text: string): void }[] = [];
  const taken: string[] = [];
  const port: ClaimPort = {
    signIn({ accountId, code: given }, done) {
      asked.push(`${accountId} ${given}`);
      done(given === code ? { ok: true, ticket: 't1' } : { ok: false, reason: 'claim-wrong-code' });
    },
    subscribed: (_, ticket, deliver) => void waiting.push({ ticket, deliver }),
    taken(accountId, hash, done) {
      taken.push(accountId);
      done(hash !== '');
    },
  };
  return { port, asked, waiting, taken };
}

async function subscribed(client: MqttClient, topic: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    client.subscribe(topic, { qos: 1 }, (error, granted) => resolve(error ? 128 : granted?.[0]?.qos));
  });
}

describe('a device with a code', () => {
  it('is let in to fetch its secret, which nobody else hears', async () => {
    const claims = claimsOf('7K3MQ9Z0');
    const { client, changes, broker } = await openBroker({ claims: claims.port });
    const city = await client('city');
    const heard: string[] = [];
    city.on('message', (topic) => void heard.push(topic));
    await subscribed(city, 'carebell/v1/#');
    const device = await client('b1', right);
    const messages: string[] = [];
    device.on('message', (_, payload) => void messages.push(payload.toString()));
    expect(claims.asked).toEqual(['b1 7K3MQ9Z0']);
    expect(await subscribed(device, claimTopic)).toBe(1);
    await vi.waitFor(() => expect(claims.waiting).toMatchObject([{ ticket: 't1' }]));
    claims.waiting[0]!.deliver('{"secret":"for b1 alone"}');
    await vi.waitFor(() => expect(messages).toEqual(['{"secret":"for b1 alone"}']));
    await settled(city);
    expect(heard.filter((topic) => topic.endsWith('/claim'))).toEqual([]);
    expect(changes).toEqual([]);
    expect(broker.isConnected('device', 'b1')).toBe(false);
  });

  it('may do nothing else', async () => {
    const claims = claimsOf('7K3MQ9Z0');
    const { client, intakes, reasons } = await openBroker({ claims: claims.port });
    const device = await client('b1', right);
    for (const kind of ['command', 'availability', 'event'] as const)
      expect(await subscribed(device, buildTopic({ of: 'device', deviceId: 'b1', kind }))).toBe(128);
    const closed = closing(device);
    send(
      device,
      buildTopic({ of: 'device', deviceId: 'b1', kind: 'event' }),
      '{"id":"1","kind":"heartbeat"}',
    );
    await closed;
    expect(intakes).toEqual([]);
    expect(reasons()).toContain('publish-not-for-this-account');
  });

  it('does not end the session of the device that still has a secret', async () => {
    const { client, broker } = await openBroker({ claims: claimsOf('7K3MQ9Z0').port });
    const old = await client('b1', { clientId: 'same' });
    await client('b1', { ...right, clientId: 'same' });
    await settled(old);
    expect(broker.isConnected('device', 'b1')).toBe(true);
  });

  it('is refused with a wrong code, and after ten of one address nobody looks at any more', async () => {
    const claims = claimsOf('7K3MQ9Z0');
    const { refusedLogin, reasons, clock, client } = await openBroker({ claims: claims.port });
    for (let guess = 0; guess < 10; guess++)
      expect(await refusedLogin({ username: 'b1', password: claimPassword(`0000000${guess}`) })).toBe(5);
    expect(await refusedLogin({ username: 'b1', ...right })).toBe(5);
    expect(claims.asked).toHaveLength(10);
    expect(reasons()).toEqual([...Array<string>(10).fill('claim-wrong-code'), 'claim-too-often']);
    clock.advance(60_000);
    await client('b1', right);
  });

  it('takes the secret that it was given into use when it signs in with it', async () => {
    const claims = claimsOf('7K3MQ9Z0');
    const { client, accounts, changes, refusedLogin } = await openBroker({ claims: claims.port });
    accounts.set('b1', { ...accounts.get('b1')!, nextSecretHash: hashSecret('new') });
    await client('b1', { password: 'b1-secret' });
    expect(claims.taken).toEqual([]);
    await client('b1', { password: 'new' });
    expect(claims.taken).toEqual(['b1']);
    expect(changes).toMatchObject([{ id: 'b1', availability: 'online' }]);
    expect(await refusedLogin({ username: 'b1', password: 'older' })).toBe(5);
  });

  it('out of service is told from a stranger in the records', async () => {
    const { refusedLogin, reasons } = await openBroker({ isRetired: (name) => name === 'old' });
    expect(await refusedLogin({ username: 'old', password: 'x' })).toBe(5);
    expect(await refusedLogin({ username: 'new', password: 'x' })).toBe(5);
    expect(reasons()).toEqual(['retired-account', 'unknown-account']);
  });
});
