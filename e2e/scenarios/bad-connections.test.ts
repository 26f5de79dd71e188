import type { Gateway, ServiceAccount } from '@carebell/contracts/registry.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { closeAlarm, newButton, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { connack, connectAs, connectBytes, openRaw, packet, puback, publishBytes } from '../raw-party.ts';
import type { RawParty } from '../raw-party.ts';
import { deviceOf, refusalsOf, saidBy, timesRefused } from '../records.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice, connectTo } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;

beforeAll(async () => {
  hub = await startHub({
    clock: hastyClock,
    broker: { limits: { connectTimeoutMs: 1_000, sendBufferBytes: 256 * 1024, failedLoginDelayMs: 1 } },
  });
  community = await settle(hub);
  lookout = await openLookout(hub, community);
});
afterEach(() => lookout.expectAlarmsStillRaised());
afterAll(async () => {
  lookout.close();
  await hub.stop();
});

const eventOf = (deviceId: string) => buildTopic({ of: 'device', deviceId, kind: 'event' });
const press = (id: string) => JSON.stringify({ id, kind: 'button.pressed', data: { key: 'help' } });

async function isRefused(reason: string, subject: string): Promise<void> {
  await eventuallyTold(async () => expect(await timesRefused(hub.admin, reason, subject)).toBeGreaterThan(0));
}

async function isCut(party: RawParty): Promise<void> {
  await eventually(() => expect(party.isClosed()).toBe(true));
}

/** A device's connection after its CONNACK, byte by byte. */
async function signedIn(device: SignedIn): Promise<RawParty> {
  const party = await openRaw(hub);
  party.write(connectAs(device));
  await eventually(() => expect(party.received()).toEqual(connack(0)));
  return party;
}

describe('a topic that is not the device’s own', () => {
  it.each([
    ['another device’s event', () => eventOf(community.door.id), 'publish-topic-of-another'],
    [
      'its own command',
      (own: string) => buildTopic({ of: 'device', deviceId: own, kind: 'command' }),
      'publish-not-for-this-account',
    ],
    [
      'a gateway’s health',
      () => buildTopic({ of: 'gateway', gatewayId: 'gw-1', kind: 'health' }),
      'publish-not-for-this-account',
    ],
    ['the broker’s own', () => '$SYS/broker/clients', 'publish-outside-contract'],
    ['of another version', (own: string) => eventOf(own).replace('/v1/', '/v2/'), 'publish-outside-contract'],
    ['of no contract', () => 'zigbee2mqtt/button', 'publish-outside-contract'],
    ['with a level too many', (own: string) => `${eventOf(own)}/`, 'publish-outside-contract'],
  ])('%s: the connection is cut without PUBACK, and the topic recorded', async (_, topicOf, reason) => {
    const device = await newButton(hub, community);
    const party = await signedIn(device);
    const topic = topicOf(device.id);
    party.write(publishBytes(topic, press('p1'), 7));
    await isCut(party);
    expect(party.received()).toEqual(connack(0));
    await isRefused(reason, device.id);
    expect(await refusalsOf(hub.admin, { reason, subject: device.id })).toMatchObject([
      { count: 1, sample: topic },
    ]);
    expect((await saidBy(hub.admin, community.door.id)).filter(({ type }) => type === 'event')).toEqual([]);
  });

  it.each([
    ['#', 'subscribe-wildcard-filter'],
    ['+/+/+/+/+', 'subscribe-wildcard-filter'],
    ['carebell/v1/devices/+/event', 'subscribe-wildcard-filter'],
    ['$SYS/#', 'subscribe-system-topic'],
    ['$share/all/carebell/v1/devices/+/event', 'subscribe-shared-subscription'],
    ['carebell/v1/devices/another/command', 'subscribe-topic-of-another'],
    ['homeassistant/status', 'subscribe-outside-contract'],
  ])('subscribing %s fails, alone, and is recorded', async (filter, reason) => {
    const device = await newButton(hub, community);
    const own = buildTopic({ of: 'device', deviceId: device.id, kind: 'command' });
    const client = await connectTo(hub, device);
    const granted = await new Promise<number[]>((resolve) => {
      client.on('packetreceive', (received) => {
        if (received.cmd === 'suback') resolve(received.granted as number[]);
      });
      client.subscribe([filter, own], { qos: 1 }, () => undefined);
    });
    expect(granted).toEqual([128, 1]);
    await isRefused(reason, device.id);
    expect(client.connected).toBe(true);
    await client.endAsync(true);
  });
});

describe('a log-in', () => {
  const wild: [what: string, name: Buffer | string][] = [
    ['as long as MQTT allows', 'x'.repeat(65_535)],
    ['of 65 characters', 'x'.repeat(65)],
    ['that is empty', ''],
    ['with control characters', 'a\u0001\u001b[2J\r\nb'],
    ['with a NUL', 'a\0b'],
    ['of emoji', '🚨🔔'],
    ['that is no UTF-8', Buffer.from([0xff, 0xfe, 0xc3, 0x28])],
    ['that looks like SQL', `' OR 1=1; DROP TABLE devices; --`],
    ['that looks like a filter', '#'],
    ['that looks like a path', '../../etc/passwd'],
    ['that every object has', '__proto__'],
  ];

  it.each(wild)('with a name %s is answered by CONNACK 5 or cut, and recorded', async (_, name) => {
    const before = await knocks();
    const party = await openRaw(hub);
    party.write(connectBytes({ clientId: 'wild', name, secret: 'x' }));
    await isCut(party);
    expect([connack(5), Buffer.alloc(0)]).toContainEqual(party.received());
    await eventuallyTold(async () => expect(await knocks()).toBeGreaterThan(before));
  });

  it('names outside printable ASCII stand in no record', async () => {
    const found = await refusalsOf(hub.admin, { reason: 'malformed-user-name' });
    expect(found.length).toBeGreaterThan(0);
    for (const { sample } of found) expect(sample).toMatch(/^[\x20-\x7e]{0,64}$/);
  });

  it.each([
    ['a wrong secret', 'wrong-secret', () => ({ name: community.button.id, secret: 'not it' })],
    ['no secret', 'wrong-secret', () => ({ name: community.button.id })],
    ['a name that nobody has', 'unknown-account', () => ({ name: 'nobody-7', secret: 'x' })],
  ])('with %s is answered by CONNACK 5 and recorded', async (_, reason, credentials) => {
    const { name, ...secret } = credentials();
    const before = await timesRefused(hub.admin, reason, name);
    const party = await openRaw(hub);
    party.write(connectBytes({ clientId: name, name, ...secret }));
    await isCut(party);
    expect(party.received()).toEqual(connack(5));
    await eventuallyTold(async () => expect(await timesRefused(hub.admin, reason, name)).toBe(before + 1));
  });

  it('without a name is answered by CONNACK 5 and recorded', async () => {
    const party = await openRaw(hub);
    party.write(connectBytes({ clientId: 'nameless' }));
    await isCut(party);
    expect(party.received()).toEqual(connack(5));
    await isRefused('no-user-name', '(nobody)');
  });

  it.each([
    ['an empty client identifier and a session to be kept', '', false],
    ['a client identifier of 129 characters', 'x'.repeat(129), true],
  ])('with %s is answered by CONNACK 2 [MQTT-3.1.3-8] and recorded', async (_, clientId, isClean) => {
    const device = await newButton(hub, community);
    const party = await openRaw(hub);
    party.write(connectBytes({ clientId, name: device.id, secret: device.secret, isClean }));
    await isCut(party);
    expect(party.received()).toEqual(connack(2));
    await isRefused('client-identifier', device.id);
  });

  async function knocks(): Promise<number> {
    const reasons = ['malformed-user-name', 'unknown-account', 'protocol-error', 'no-user-name'];
    const found = await Promise.all(reasons.map((reason) => refusalsOf(hub.admin, { reason })));
    return found.flat().reduce((sum, { count }) => sum + count, 0);
  }
});

describe('bytes that are no MQTT', () => {
  it('a connection that says nothing is closed in time and recorded', async () => {
    const party = await openRaw(hub);
    await isCut(party);
    expect(party.received()).toEqual(Buffer.alloc(0));
    await isRefused('connect-timeout', '(nobody)');
  });

  it('a CONNECT that stops half-way is closed in time', async () => {
    const before = await timesRefused(hub.admin, 'connect-timeout', '(nobody)');
    const party = await openRaw(hub);
    party.write(connectAs(community.button).subarray(0, 9));
    await isCut(party);
    await eventuallyTold(async () =>
      expect(await timesRefused(hub.admin, 'connect-timeout', '(nobody)')).toBe(before + 1),
    );
  });

  const pubrel = packet(0x62, Buffer.from([0, 9]));
  const garbage: [what: string, bytes: Buffer | string][] = [
    ['an HTTP request', 'GET / HTTP/1.1\r\nHost: hub\r\n\r\n'],
    ['a TLS greeting', Buffer.from('16030100f8010000f4030340', 'hex')],
    ['zeros', Buffer.alloc(64)],
    ['0xff', Buffer.alloc(64, 0xff)],
    ['a packet of a reserved type', packet(0xf0)],
    ['a packet that only a hub sends', connack(0)],
    ['a PUBLISH of QoS 3', packet(0x36, publishBytes('x', 'y', 1).subarray(2))],
    ['a topic with a wildcard', publishBytes('carebell/v1/devices/+/event', press('w'), 3)],
    ['a topic that is longer than its packet', packet(0x32, Buffer.from([0xff, 0xff, 0x61]))],
    ['a SUBSCRIBE without a filter', packet(0x82, Buffer.from([0, 1]))],
    ['a SUBSCRIBE with flags of its own', packet(0x80, Buffer.from([0, 1, 0, 1, 0x61, 0]))],
  ];

  it.each(garbage)('%s instead of a CONNECT closes the connection', async (_, bytes) => {
    const party = await openRaw(hub);
    party.write(bytes);
    await isCut(party);
    expect(party.received()).toEqual(Buffer.alloc(0));
  });

  it.each(garbage)('%s after the CONNECT closes the connection and is recorded', async (_, bytes) => {
    const device = await newButton(hub, community);
    const party = await signedIn(device);
    party.write(bytes);
    await isCut(party);
    await eventuallyTold(async () =>
      expect((await refusalsOf(hub.admin, { subject: device.id })).length).toBeGreaterThan(0),
    );
  });

  it('a second CONNECT closes the connection [MQTT-3.1.0-2]', async () => {
    const device = await newButton(hub, community);
    const party = await signedIn(device);
    party.write(connectAs(device));
    await isCut(party);
    expect(party.received()).toEqual(connack(0));
  });

  it('a PUBREL of nothing is answered, and a press behind it is taken', async () => {
    const device = await newButton(hub, community);
    const party = await signedIn(device);
    party.write(Buffer.concat([pubrel, publishBytes(eventOf(device.id), press('p1'), 5)]));
    await eventually(() => expect(party.received().includes(puback(5))).toBe(true));
    await closeAlarm(hub, (await lookout.alarmOf(device.id)).id);
    party.socket.destroy();
  });

  it('a press cut into single bytes is a press', async () => {
    const device = await newButton(hub, community);
    const party = await signedIn(device);
    for (const byte of publishBytes(eventOf(device.id), press('p1'), 5)) party.write(Buffer.from([byte]));
    await eventually(() => expect(party.received()).toEqual(Buffer.concat([connack(0), puback(5)])));
    await closeAlarm(hub, (await lookout.alarmOf(device.id)).id);
    party.socket.destroy();
  });
});

describe('a packet over the limit is refused by its header', () => {
  it.each([
    ['300 KiB', 300 * 1024],
    ['32 MB', 32_000_000],
    ['256 MiB, the most that MQTT can say', 268_435_455],
  ])('%s: cut before the rest is sent', async (_, bytes) => {
    const device = await newButton(hub, community);
    const party = await signedIn(device);
    party.write(packet(0x32, publishBytes(eventOf(device.id), 'x'.repeat(1_000), 5).subarray(3), bytes));
    await isCut(party);
    expect(party.socket.bytesWritten).toBeLessThan(2_000);
    await isRefused('packet-too-large', device.id);
  });

  it('a CONNECT of 1 MB with a name in it is cut before anybody is asked who that is', async () => {
    const party = await openRaw(hub);
    party.write(packet(0x10, Buffer.from([0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 0x82, 0, 60]), 1_000_000));
    await isCut(party);
    expect(party.received()).toEqual(Buffer.alloc(0));
    await isRefused('packet-too-large', '(nobody)');
  });
});

it('of two clients with one identifier the later one is the device, and it never went offline', async () => {
  const device = await newButton(hub, community);
  const first = await connectTo(hub, device, { reconnectPeriod: 0 });
  const second = await connectDevice(hub, device, { reconnectPeriod: 0 });
  await eventually(() => expect(first.connected).toBe(false));
  await second.send('button.pressed');
  const alarm = await lookout.alarmOf(device.id);
  await eventually(() => expect(second.told).toContain('received'));
  expect(await deviceOf(hub.admin, device.id)).toMatchObject({ availability: 'online' });
  const changes = (await saidBy(hub.admin, device.id)).filter(({ type }) => type === 'availability');
  expect(changes.map(({ kind }) => kind)).toEqual(['online']);
  await closeAlarm(hub, alarm.id);
  await second.end();
});

it('a service that never reads is cut and recorded, and delays nobody', async () => {
  const { account, secret } = await hub.admin.create<{ account: ServiceAccount; secret: string }>(
    '/mqtt-accounts',
    { id: 'city-platform', name: '城市平台' },
  );
  const { gateway, secret: gatewaySecret } = await hub.admin.create<{ gateway: Gateway; secret: string }>(
    '/gateways',
    { stationId: community.station.id },
  );
  const deaf = await openRaw(hub);
  deaf.write(connectAs({ id: account.id, secret }));
  await eventually(() => expect(deaf.received()).toEqual(connack(0)));
  deaf.write(
    packet(0x82, Buffer.concat([Buffer.from([0, 1, 0, 13]), Buffer.from('carebell/v1/#'), Buffer.from([0])])),
  );
  await eventually(() => expect(deaf.received().length).toBeGreaterThan(connack(0).length));
  deaf.socket.pause();

  const speaker = await connectTo(hub, { id: gateway.id, secret: gatewaySecret });
  const topic = eventOf('stray-1');
  const filler = 'x'.repeat(15_000);
  let isEnded = false;
  let count = 0;
  const speak = (): void => {
    count += 1;
    const event = { id: `e${count}`, kind: 'door.opened', data: { filler } };
    speaker.publish(topic, JSON.stringify(event), { qos: 1 }, (error) => {
      if (!error && !isEnded) speak();
    });
  };
  for (let index = 0; index < 20; index += 1) speak();
  await eventually(
    async () => expect(await timesRefused(hub.admin, 'slow-subscriber', account.id)).toBe(1),
    25_000,
  );
  isEnded = true;
  await speaker.endAsync();
  deaf.socket.destroy();
});
