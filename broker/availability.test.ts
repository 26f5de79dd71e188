import { buildTopic } from '@carebell/contracts/topics.ts';
import type { MqttClient } from 'mqtt';
import { describe, expect, it, vi } from 'vitest';
import { closing, openBroker, send, settled } from './broker-under-test.ts';
import type { BrokerUnderTest } from './broker-under-test.ts';
import { connectPacket } from './wire.ts';

const ofDevice = (deviceId: string) => buildTopic({ of: 'device', deviceId, kind: 'availability' });
const willOf = (topic: string, payload = 'offline') => ({ topic, payload, qos: 1, retain: true }) as const;

/** The first so many that a service finds retained, as `id word`, sorted. */
async function retained({ client }: BrokerUnderTest, count: number): Promise<string[]> {
  const city: MqttClient = await client('city');
  const found: string[] = [];
  city.on('message', (topic, payload, { retain }) => {
    if (retain) found.push(`${topic.split('/')[3]} ${payload.toString()}`);
  });
  await city.subscribeAsync('carebell/v1/#', { qos: 1 });
  await vi.waitFor(() => expect(found).toHaveLength(count));
  await city.endAsync();
  return found.toSorted();
}

const told = ({ changes }: BrokerUnderTest) =>
  changes.map(({ id, availability, cause }) => `${id} ${availability} ${cause}`);

describe('availability', () => {
  it('follows the connection, and is retained', async () => {
    const hub = await openBroker();
    const device = await hub.client('b1');
    await hub.client('g1');
    expect(await retained(hub, 2)).toEqual(['b1 online', 'g1 online']);
    await device.endAsync();
    await vi.waitFor(() => expect(told(hub).at(-1)).toBe('b1 offline disconnected'));
    expect(await retained(hub, 2)).toEqual(['b1 offline', 'g1 online']);
  });

  it('is offline when the connection is lost, with a will or without, once', async () => {
    const hub = await openBroker();
    const device = await hub.client('b1', { will: willOf(ofDevice('b1')) });
    device.stream.destroy();
    await vi.waitFor(() => expect(hub.payloads()).toEqual(['offline']));
    expect(told(hub)).toEqual(['b1 online connected', 'b1 offline connection-lost']);
    expect(await retained(hub, 1)).toEqual(['b1 offline']);
  });

  it('stays online when the will of a connection comes that was taken over', async () => {
    const hub = await openBroker();
    const first = await hub.client('b1', { clientId: 'same', will: willOf(ofDevice('b1')) });
    const closed = closing(first);
    const second = await hub.client('b1', { clientId: 'same' });
    await closed;
    await settled(second);
    expect(told(hub)).toEqual(['b1 online connected']);
    expect(hub.intakes).toEqual([]);
    expect(await retained(hub, 1)).toEqual(['b1 online']);
  });

  it('follows what the device itself says, through intake, and is told once', async () => {
    const hub = await openBroker();
    const device = await hub.client('b1');
    await device.publishAsync(ofDevice('b1'), 'online', { qos: 1, retain: true });
    await device.publishAsync(ofDevice('b1'), 'offline', { qos: 1, retain: true });
    await device.endAsync();
    await vi.waitFor(() => expect(hub.broker.counts().connected).toBe(0));
    expect(hub.payloads()).toEqual(['online', 'offline']);
    expect(told(hub)).toEqual(['b1 online connected', 'b1 offline announced']);
    expect(await retained(hub, 1)).toEqual(['b1 offline']);
  });

  it('of a device behind a gateway is what the gateway says', async () => {
    const hub = await openBroker();
    const gateway = await hub.client('g1');
    for (const id of ['s1', 'stranger', 's2']) {
      await gateway.publishAsync(ofDevice(id), 'online', { qos: 1, retain: true });
    }
    expect(await retained(hub, 3)).toEqual(['g1 online', 's1 online', 'stranger online']);
  });

  it('of a connected device is not what its gateway says', async () => {
    const hub = await openBroker();
    await hub.client('s1');
    await (await hub.client('g1')).publishAsync(ofDevice('s1'), 'offline', { qos: 1 });
    expect(await retained(hub, 2)).toEqual(['g1 online', 's1 online']);
  });

  it.each(['', 'OFFLINE', 'maybe', 'x'.repeat(5_000)])('is not changed by the word %o', async (word) => {
    const hub = await openBroker();
    await (await hub.client('b1')).publishAsync(ofDevice('b1'), word, { qos: 1, retain: true });
    expect(hub.intakes).toHaveLength(1);
    expect(await retained(hub, 1)).toEqual(['b1 online']);
  });

  it('of devices that nobody registered is remembered for so many only', async () => {
    const hub = await openBroker({ limits: { unregisteredDevices: 2 } });
    const gateway = await hub.client('g1');
    for (const id of ['x1', 'x2', 'x3']) await gateway.publishAsync(ofDevice(id), 'online', { qos: 1 });
    expect(await retained(hub, 3)).toEqual(['g1 online', 'x2 online', 'x3 online']);
  });
});

describe('a will', () => {
  it('that is an event goes to intake and to services', async () => {
    const hub = await openBroker();
    const city = await hub.client('city');
    const heard: string[] = [];
    city.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
    const topic = buildTopic({ of: 'device', deviceId: 'b1', kind: 'event' });
    await city.subscribeAsync(topic, { qos: 1 });
    const device = await hub.client('b1', { will: willOf(topic, 'tampered') });
    device.stream.destroy();
    await vi.waitFor(() => expect(heard).toEqual([`${topic} tampered`]));
    expect(hub.payloads()).toEqual(['tampered']);
  });

  it.each([ofDevice('b2'), 'elsewhere/b1', buildTopic({ of: 'device', deviceId: 'b1', kind: 'command' })])(
    'to %s is refused and recorded',
    async (topic) => {
      const hub = await openBroker();
      const device = await hub.client('b1', { will: willOf(topic) });
      device.stream.destroy();
      await vi.waitFor(() => expect(hub.refusals).toMatchObject([{ subject: 'b1', sample: topic }]));
      expect(hub.intakes).toEqual([]);
    },
  );

  it('that is not stored is recorded, for nobody will repeat it', async () => {
    const hub = await openBroker({ intake: (_, done) => done({ ok: false, reason: 'disk-full' }) });
    const device = await hub.client('b1', { will: willOf(ofDevice('b1')) });
    device.stream.destroy();
    await vi.waitFor(() => expect(hub.reasons()).toEqual(['will-not-stored']));
  });
});

describe('silence', () => {
  it('for one and a half keep alives ends the connection', async () => {
    const hub = await openBroker();
    const device = await hub.client('b1', { keepalive: 60, will: willOf(ofDevice('b1')) });
    const closed = closing(device);
    for (let second = 0; second < 90; second++) hub.clock.advance(1_000);
    expect(hub.broker.isConnected('device', 'b1')).toBe(true);
    hub.clock.advance(2_000);
    await closed;
    await vi.waitFor(() => expect(told(hub).at(-1)).toBe('b1 offline keep-alive-missed'));
  });

  it.each([0, 65_535])('is noticed with a keep alive of %i too, by the limit', async (keepalive) => {
    const hub = await openBroker({ limits: { keepAliveMs: 10_000 } });
    const device = await hub.client('b1', { keepalive });
    const closed = closing(device);
    for (let second = 0; second < 16; second++) hub.clock.advance(1_000);
    await closed;
    expect(told(hub).at(-1)).toBe('b1 offline keep-alive-missed');
  });

  it('is broken by any packet', async () => {
    const hub = await openBroker();
    const device = await hub.client('b1', { keepalive: 60 });
    for (let minute = 0; minute < 5; minute++) {
      for (let second = 0; second < 60; second++) hub.clock.advance(1_000);
      await settled(device);
    }
    expect(hub.broker.isConnected('device', 'b1')).toBe(true);
  });

  it('is not believed when it is the clock that jumped', async () => {
    const hub = await openBroker();
    const device = await hub.client('b1', { keepalive: 60 });
    hub.clock.nowMs += 24 * 3600 * 1000;
    hub.clock.advance(1_000);
    await settled(device);
    expect(told(hub)).toEqual(['b1 online connected']);
  });
});

describe('after a restart of the hub', () => {
  const knownPresence = () =>
    [
      { of: 'device', id: 'b1', availability: 'online' },
      { of: 'device', id: 'b2', availability: 'online' },
      { of: 'device', id: 's1', availability: 'online' },
      { of: 'device', id: 's2', availability: 'online' },
      { of: 'gateway', id: 'g1', availability: 'online' },
      { of: 'gateway', id: 'g2', availability: 'offline' },
    ] as const;

  it('what was known is retained at once', async () => {
    expect(await retained(await openBroker({ knownPresence }), 6)).toEqual([
      'b1 online',
      'b2 online',
      'g1 online',
      'g2 offline',
      's1 online',
      's2 online',
    ]);
  });

  it('who does not come back within the grace is offline; devices of a gateway that did stay as they were', async () => {
    const hub = await openBroker({ knownPresence, limits: { restartGraceMs: 10_000 } });
    await hub.client('b1');
    await hub.client('g1');
    hub.clock.advance(9_999);
    expect(told(hub)).toEqual([]);
    hub.clock.advance(1);
    expect(told(hub)).toEqual(['b2 offline hub-restarted', 's2 offline hub-restarted']);
    expect(await retained(hub, 6)).toEqual([
      'b1 online',
      'b2 offline',
      'g1 online',
      'g2 offline',
      's1 online',
      's2 offline',
    ]);
  });

  it('nobody was told offline by the stop itself', async () => {
    const hub = await openBroker();
    await hub.client('b1', { will: willOf(ofDevice('b1')) });
    await hub.broker.stop();
    expect(told(hub)).toEqual(['b1 online connected']);
    expect(hub.intakes).toEqual([]);
  });
});

describe('the stop of the hub', () => {
  it('lets what is in flight be stored and acknowledged, and takes nothing more', async () => {
    const answers: (() => void)[] = [];
    const hub = await openBroker({ intake: (_, done) => void answers.push(() => done({ ok: true })) });
    const device = await hub.client('b1');
    const idle = await hub.socket();
    idle.write(connectPacket({ clientId: 'c', name: 'b2', secret: 'b2-secret' }).subarray(0, 5));
    const topic = buildTopic({ of: 'device', deviceId: 'b1', kind: 'event' });
    const acknowledged = device.publishAsync(topic, 'x', { qos: 1 });
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const stopped = hub.broker.stop();
    send(device, topic, 'too late');
    for (const answer of answers) answer();
    await acknowledged;
    await stopped;
    expect(hub.payloads()).toEqual(['x']);
    expect(hub.broker.counts()).toMatchObject({ connected: 0, inFlight: 0 });
    expect(hub.broker.addresses()).toEqual({ tcp: null, tls: null });
  });
});
