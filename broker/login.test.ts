import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { closing, openBroker } from './broker-under-test.ts';
import { hashSecret } from './compose.ts';
import { connectPacket, pingPacket, publishPacket } from './wire.ts';

/** All that a socket receives until it is closed. */
async function received(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks);
}

const connack = (code: number) => Buffer.from([0x20, 2, 0, code]);

describe('signing in', () => {
  it('lets in who has the right secret, and tells the server', async () => {
    const { client, broker, changes } = await openBroker();
    await client('b1');
    expect(broker.isConnected('device', 'b1')).toBe(true);
    expect(broker.isConnected('gateway', 'b1')).toBe(false);
    expect(changes).toMatchObject([{ of: 'device', id: 'b1', availability: 'online', cause: 'connected' }]);
  });

  it.each([
    { name: 'b1', secret: 'wrong', reason: 'wrong-secret', subject: 'b1' },
    { name: 'b9', secret: 'b9-secret', reason: 'unknown-account', subject: 'b9' },
    { name: undefined, secret: undefined, reason: 'no-user-name', subject: '(nobody)' },
    { name: 'b1', secret: undefined, reason: 'wrong-secret', subject: 'b1' },
    { name: '🔔\n', secret: 'x', reason: 'malformed-user-name', subject: '(malformed)' },
    { name: 'x'.repeat(60_000), secret: 'x', reason: 'malformed-user-name', subject: '(malformed)' },
  ])('answers $reason with CONNACK 5 and a record', async ({ name, secret, reason, subject }) => {
    const { socket, refusals, logged } = await openBroker();
    const raw = await socket();
    raw.write(
      connectPacket({
        clientId: 'c',
        ...(name === undefined ? {} : { name }),
        ...(secret === undefined ? {} : { secret }),
      }),
    );
    expect(await received(raw)).toEqual(connack(5));
    expect(refusals).toMatchObject([{ reason, subject }]);
    expect(JSON.stringify([refusals, logged]).length).toBeLessThan(1_000);
  });

  it('speaks MQTT 3.1 and 3.1.1 and no other version', async () => {
    const { socket, refusals, broker } = await openBroker();
    const old = await socket();
    old.write(connectPacket({ clientId: 'c', name: 'b1', secret: 'b1-secret', level: 3 }));
    const [answer] = (await once(old, 'data')) as [Buffer];
    expect(answer).toEqual(connack(0));
    const newer = await socket();
    newer.write(connectPacket({ clientId: 'c', name: 'b2', secret: 'b2-secret', level: 5 }));
    expect(await received(newer)).toEqual(connack(1));
    expect(refusals).toMatchObject([{ reason: 'protocol-version', sample: '5' }]);
    expect(broker.isConnected('device', 'b2')).toBe(false);
  });

  it.each([
    { what: 'an empty one with a kept session', clientId: '', clean: false },
    { what: 'one of 129 characters', clientId: 'x'.repeat(129), clean: true },
    { what: 'one of 60,000 characters', clientId: 'x'.repeat(60_000), clean: true },
  ])('refuses as client identifier $what with CONNACK 2', async ({ clientId, clean }) => {
    const { socket, refusals } = await openBroker();
    const raw = await socket();
    raw.write(connectPacket({ clientId, clean, name: 'b1', secret: 'b1-secret' }));
    expect(await received(raw)).toEqual(connack(2));
    expect(refusals).toMatchObject([{ reason: 'client-identifier', subject: 'b1' }]);
  });

  it.each(['', 'x'.repeat(128), 'constructor', '__proto__', '护理站/🔔', 'b2'])(
    'takes the client identifier %o',
    async (clientId) => {
      const { client } = await openBroker();
      expect((await client('b1', { clientId })).connected).toBe(true);
    },
  );

  it('keeps the client identifiers of two accounts apart', async () => {
    const { client, broker } = await openBroker();
    const first = await client('b1', { clientId: 'same' });
    const second = await client('b2', { clientId: 'same' });
    await Promise.all([
      first.publishAsync('carebell/v1/devices/b1/event', 'x', { qos: 1 }),
      second.publishAsync('carebell/v1/devices/b2/event', 'x', { qos: 1 }),
    ]);
    expect([broker.isConnected('device', 'b1'), broker.isConnected('device', 'b2')]).toEqual([true, true]);
  });

  it('lets the newer of two clients of one identifier take over, without an offline in between', async () => {
    const { client, broker, changes } = await openBroker();
    const first = await client('b1', { clientId: 'same' });
    const closed = closing(first);
    const second = await client('b1', { clientId: 'same' });
    await closed;
    await second.publishAsync('carebell/v1/devices/b1/event', 'x', { qos: 1 });
    expect(broker.isConnected('device', 'b1')).toBe(true);
    expect(changes.map(({ availability }) => availability)).toEqual(['online']);
  });

  it('ends a storm of take-overs with one client, online', async () => {
    const { client, broker, changes } = await openBroker();
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, async () => client('b1', { clientId: 'same' })),
    );
    const clients = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    await vi.waitFor(() => {
      expect(broker.counts().connected).toBe(1);
      expect(clients.filter(({ connected }) => connected)).toHaveLength(1);
    });
    const survivor = clients.find(({ connected }) => connected);
    await survivor?.publishAsync('carebell/v1/devices/b1/event', 'x', { qos: 1 });
    expect(changes.at(-1)?.availability).toBe('online');
    survivor?.end(true);
    await vi.waitFor(() => expect(changes.at(-1)?.availability).toBe('offline'));
    expect(broker.counts().connected).toBe(0);
  });

  it('closes the oldest connection of an account that opens too many', async () => {
    const { client, reasons } = await openBroker({ limits: { connectionsPerAccount: { device: 2 } } });
    const oldest = await client('b1');
    const closed = closing(oldest);
    await client('b1');
    await client('b1');
    await closed;
    expect(reasons()).toEqual(['too-many-connections']);
  });

  it('slows down an address that fails often, but never the right secret behind it', async () => {
    const { refusedLogin, client, clock, refusals } = await openBroker({
      limits: { failedLogins: { perSecond: 0.1, burst: 2 } },
    });
    const wrong = { username: 'b1', password: 'wrong' };
    expect([await refusedLogin(wrong), await refusedLogin(wrong)]).toEqual([5, 5]);
    let late: string | number | undefined;
    void refusedLogin(wrong).then((code) => (late = code));
    await vi.waitFor(() => expect(refusals).toHaveLength(3));
    await client('b1');
    expect(late).toBeUndefined();
    clock.advance(1_000);
    await vi.waitFor(() => expect(late).toBe(5));
  });

  it('takes a renewed secret at once and cuts who signed in with the old one', async () => {
    const { client, broker, accounts, refusedLogin, changes } = await openBroker();
    const device = await client('b1');
    accounts.set('b1', { kind: 'device', id: 'b1', secretHash: hashSecret('new') });
    const closed = closing(device);
    broker.disconnect('device', 'b1', 'secret-renewed');
    await closed;
    expect(changes.at(-1)).toMatchObject({ availability: 'offline', cause: 'closed-by-hub' });
    expect(await refusedLogin({ username: 'b1', password: 'b1-secret' })).toBe(5);
    expect((await client('b1', { password: 'new' })).connected).toBe(true);
  });
});

describe('a connection without a log-in', () => {
  it('is closed when CONNECT does not arrive', async () => {
    const { socket, reasons, broker } = await openBroker({ limits: { connectTimeoutMs: 50 } });
    await once(await socket(), 'close');
    expect(reasons()).toEqual(['connect-timeout']);
    await vi.waitFor(() => expect(broker.counts().connected).toBe(0));
  });

  it.each([
    { what: 'garbage', bytes: Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n') },
    { what: 'zeros', bytes: Buffer.alloc(64) },
    { what: 'PINGREQ', bytes: pingPacket },
    { what: 'PUBLISH', bytes: publishPacket('carebell/v1/devices/b1/event', 'x', 1) },
    { what: 'a length without end', bytes: Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff]) },
  ])('is closed after $what', async ({ bytes }) => {
    const { socket, intakes, reasons } = await openBroker();
    const raw = await socket();
    raw.write(bytes);
    await received(raw);
    expect(intakes).toEqual([]);
    expect(reasons()).toHaveLength(1);
  });

  it('is refused over the limit of connections', async () => {
    const { socket, client, refusals } = await openBroker({ limits: { connectionsPerAddress: 1 } });
    const device = await client('b1');
    await once(await socket(), 'close');
    expect(refusals).toMatchObject([{ reason: 'connection-limit', subject: '(hub)' }]);
    await device.endAsync();
    await vi.waitFor(async () => expect((await client('b2')).connected).toBe(true));
  });
});
