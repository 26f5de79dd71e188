import { once } from 'node:events';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { describe, expect, it, vi } from 'vitest';
import { closing, openBroker, send, settled } from './broker-under-test.ts';
import type { IntakeVerdict, Publication } from './compose.ts';
import { connectPacket, disconnectPacket, puback, publishPacket } from './wire.ts';

const event = (deviceId: string) => buildTopic({ of: 'device', deviceId, kind: 'event' });
const press = (id: string) => JSON.stringify({ id, kind: 'button.pressed' });
const motion = (id: string) => JSON.stringify({ id, kind: 'motion.detected' });

/** An intake that answers when the test says so. */
function slowIntake() {
  const waiting: { publication: Publication; done: (verdict: IntakeVerdict) => void }[] = [];
  return {
    waiting,
    intake: (publication: Publication, done: (verdict: IntakeVerdict) => void) =>
      void waiting.push({ publication, done }),
  };
}

describe('a publication with the right', () => {
  it.each([
    ['b1', buildTopic({ of: 'device', deviceId: 'b1', kind: 'event' })],
    ['b1', buildTopic({ of: 'device', deviceId: 'b1', kind: 'reading' })],
    ['b1', buildTopic({ of: 'device', deviceId: 'b1', kind: 'availability' })],
    ['b1', buildTopic({ of: 'device', deviceId: 'b1', kind: 'command/result' })],
    ['g1', buildTopic({ of: 'gateway', gatewayId: 'g1', kind: 'health' })],
    ['g1', buildTopic({ of: 'gateway', gatewayId: 'g1', kind: 'availability' })],
    ['g1', event('s1')],
    ['g1', event('nobody-registered-me')],
  ])('of %s to %s goes to intake as it arrived', async (name, topic) => {
    const { client, intakes, clock } = await openBroker();
    await (await client(name)).publishAsync(topic, 'payload', { qos: 1, retain: true });
    expect(intakes).toMatchObject([
      { qos: 1, retain: true, from: { kind: name === 'b1' ? 'device' : 'gateway', id: name } },
    ]);
    expect(intakes[0]?.payload.toString()).toBe('payload');
    expect(buildTopic(intakes[0]!.topic)).toBe(topic);
    expect(intakes[0]?.receivedAtMs).toBe(clock.nowMs);
  });

  it('of more than 16 KiB still goes to intake, which decides', async () => {
    const { client, intakes } = await openBroker();
    await (await client('b1')).publishAsync(event('b1'), 'x'.repeat(100_000), { qos: 1 });
    expect(intakes[0]?.payload.length).toBe(100_000);
  });

  it.each([1, 2] as const)('of QoS %i is acknowledged only after intake has said so', async (qos) => {
    const { intake, waiting } = slowIntake();
    const { client } = await openBroker({ intake });
    let isAcknowledged = false;
    const device = await client('b1');
    const acknowledged = device
      .publishAsync(event('b1'), press('1'), { qos })
      .then(() => (isAcknowledged = true));
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    await settled(device);
    expect(isAcknowledged).toBe(false);
    waiting[0]?.done({ ok: true });
    await acknowledged;
  });

  it.each([
    {
      what: 'says no',
      intake: (_: Publication, done: (verdict: IntakeVerdict) => void) =>
        done({ ok: false, reason: 'disk-full' }),
    },
    {
      what: 'throws',
      intake: () => {
        throw new TypeError('a bug');
      },
    },
  ])('is not acknowledged, and the connection closed, when intake $what', async ({ intake }) => {
    const { client, reasons, broker } = await openBroker({ intake });
    const device = await client('b1');
    let isAcknowledged = false;
    device.publish(event('b1'), press('1'), { qos: 1 }, (error) => (isAcknowledged = !error));
    await closing(device);
    expect(isAcknowledged).toBe(false);
    expect(reasons()).toEqual(['not-stored']);
    expect(broker.counts()).toMatchObject({ notStored: 1, inFlight: 0 });
  });

  it('is acknowledged once however often intake answers', async () => {
    const { socket } = await openBroker({
      intake: (_, done) => {
        done({ ok: true });
        done({ ok: true });
        done({ ok: false, reason: 'too late' });
      },
    });
    const raw = await socket();
    const received: Buffer[] = [];
    raw.on('data', (chunk) => received.push(chunk));
    raw.write(connectPacket({ clientId: 'c', name: 'b1', secret: 'b1-secret' }));
    await vi.waitFor(() => expect(Buffer.concat(received)).toHaveLength(4));
    raw.write(Buffer.concat([publishPacket(event('b1'), 'a', 1), publishPacket(event('b1'), 'b', 2)]));
    await vi.waitFor(() => expect(Buffer.concat(received)).toHaveLength(12));
    expect(Buffer.concat(received).subarray(4)).toEqual(Buffer.concat([puback(1), puback(2)]));
  });

  it('reaches intake whole when it comes byte by byte', async () => {
    const { socket, payloads } = await openBroker();
    const raw = await socket();
    raw.setNoDelay(true);
    const bytes = Buffer.concat([
      connectPacket({ clientId: 'c', name: 'b1', secret: 'b1-secret' }),
      publishPacket(event('b1'), press('1'), 1),
      publishPacket(event('b1'), press('2'), 2),
    ]);
    for (const byte of bytes) raw.write(Buffer.from([byte]));
    await vi.waitFor(() => expect(payloads()).toEqual([press('1'), press('2')]));
  });

  it('reaches intake when CONNECT, PUBLISH and DISCONNECT come in one segment', async () => {
    const { socket, payloads, changes } = await openBroker();
    const raw = await socket();
    raw.resume();
    raw.write(
      Buffer.concat([
        connectPacket({ clientId: 'c', name: 'b1', secret: 'b1-secret' }),
        publishPacket(event('b1'), press('1'), 1),
        disconnectPacket,
      ]),
    );
    await once(raw, 'close');
    expect(payloads()).toEqual([press('1')]);
    await vi.waitFor(() =>
      expect(changes.at(-1)).toMatchObject({ availability: 'offline', cause: 'disconnected' }),
    );
  });

  it('of QoS 0 that is not stored is recorded and leaves the connection open', async () => {
    const { client, refusals } = await openBroker({
      intake: (_, done) => done({ ok: false, reason: 'disk-full' }),
    });
    const device = await client('b1');
    device.publish(event('b1'), press('1'), { qos: 0 });
    await vi.waitFor(() =>
      expect(refusals).toMatchObject([{ reason: 'not-stored', subject: 'b1', sample: 'disk-full' }]),
    );
    expect(device.connected).toBe(true);
  });

  it('waits for intake no longer than its limit', async () => {
    const { intake, waiting } = slowIntake();
    const { client, clock, reasons } = await openBroker({ intake });
    const device = await client('b1');
    device.publish(event('b1'), press('1'), { qos: 1 }, () => undefined);
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    const closed = closing(device);
    for (let second = 0; second <= 31; second++) clock.advance(1_000);
    await closed;
    expect(reasons()).toEqual(['intake-overdue']);
  });
});

describe('acknowledgements', () => {
  it('leave in the order of arrival, whatever the order of the answers', async () => {
    const { intake, waiting } = slowIntake();
    const { client } = await openBroker({ intake });
    const device = await client('b1');
    const order: string[] = [];
    for (const id of ['a', 'b', 'c'])
      device.publish(event('b1'), press(id), { qos: 1 }, () => order.push(id));
    await vi.waitFor(() => expect(waiting).toHaveLength(3));
    for (const index of [2, 0, 1]) waiting[index]?.done({ ok: true });
    await vi.waitFor(() => expect(order).toEqual(['a', 'b', 'c']));
  });

  it('wait for earlier publications of a gateway also when they refuse nothing but one message', async () => {
    const { intake, waiting } = slowIntake();
    const { client, reasons } = await openBroker({ intake });
    const gateway = await client('g1');
    const order: string[] = [];
    gateway.publish(event('s1'), press('a'), { qos: 1 }, () => order.push('a'));
    gateway.publish(event('s2'), press('b'), { qos: 1 }, () => order.push('b'));
    await vi.waitFor(() => expect(reasons()).toEqual(['publish-device-registered-elsewhere']));
    expect(order).toEqual([]);
    waiting[0]?.done({ ok: true });
    await vi.waitFor(() => expect(order).toEqual(['a', 'b']));
    expect(waiting).toHaveLength(1);
  });

  it('are not read ahead of: a connection with too much in flight is held, and goes on afterwards', async () => {
    const { intake, waiting } = slowIntake();
    const { client } = await openBroker({
      intake,
      limits: { inFlightPublications: 10, inFlightBytes: 1_000_000 },
    });
    const device = await client('b1');
    const total = 400;
    const large = 'x'.repeat(10_000);
    const sent = Promise.all(
      Array.from({ length: total }, async () =>
        device.publishAsync(event('b1'), `"button.pressed"${large}`, { qos: 1 }),
      ),
    );
    let answered = 0;
    let most = 0;
    while (answered < total) {
      await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(answered));
      most = Math.max(most, waiting.length - answered);
      waiting[answered++]?.done({ ok: true });
    }
    await sent;
    // Ten, and what one read of 64 KiB held.
    expect(most).toBeLessThanOrEqual(10 + 7);
  });
});

describe('a publication without the right', () => {
  it.each([
    ['b1', event('b2'), 'publish-topic-of-another'],
    ['b1', buildTopic({ of: 'device', deviceId: 'b1', kind: 'command' }), 'publish-not-for-this-account'],
    ['b1', 'homeassistant/button/b1', 'publish-outside-contract'],
    ['b1', '$SYS/x', 'publish-outside-contract'],
    ['b1', '$share/g/carebell/v1/devices/b1/event', 'publish-outside-contract'],
    ['city', event('b1'), 'publish-not-for-this-account'],
  ])('of %s to %s closes the connection: %s', async (name, topic, reason) => {
    const { client, refusals, intakes } = await openBroker();
    const device = await client(name);
    device.publish(topic, press('1'), { qos: 1 }, () => undefined);
    await closing(device);
    expect(refusals).toEqual([{ reason, subject: name, sample: topic }]);
    expect(intakes).toEqual([]);
  });

  it.each([
    [event('s2'), 'publish-device-registered-elsewhere'],
    [event('b1'), 'publish-device-registered-elsewhere'],
    [buildTopic({ of: 'gateway', gatewayId: 'g2', kind: 'health' }), 'publish-topic-of-another'],
    ['zigbee2mqtt/bridge/state', 'publish-outside-contract'],
  ])(
    'of a gateway to %s is acknowledged, recorded and goes nowhere, so that its devices stay connected',
    async (topic, reason) => {
      const { client, refusals, intakes } = await openBroker();
      const [gateway, city] = [await client('g1'), await client('city')];
      const heard: string[] = [];
      city.on('message', (heardTopic) => heard.push(heardTopic));
      await city.subscribeAsync([event('+'), 'carebell/v1/gateways/g2/#']);
      await gateway.publishAsync(topic, press('1'), { qos: 1, retain: true });
      gateway.publish(topic, press('2'), { qos: 0 });
      await gateway.publishAsync(event('s1'), press('3'), { qos: 1 });
      expect(refusals).toEqual([1, 2].map(() => ({ reason, subject: 'g1', sample: topic })));
      expect(intakes).toHaveLength(1);
      await vi.waitFor(() => expect(heard).toEqual([event('s1')]));
    },
  );

  it('to a topic with a wildcard or without end is a protocol error', async () => {
    const { socket, reasons } = await openBroker();
    for (const topic of ['carebell/v1/devices/+/event', '#', '', 'a/'.repeat(500)]) {
      const raw = await socket();
      raw.resume();
      raw.write(connectPacket({ clientId: 'c', name: 'b1', secret: 'b1-secret' }));
      raw.write(publishPacket(topic, 'x', 1));
      await once(raw, 'close');
    }
    expect(reasons()).toEqual(Array.from({ length: 4 }, () => 'protocol-error'));
  });
});

describe('the rate of a device', () => {
  const limits = { rate: { device: { perSecond: 10, burst: 5 } } };

  it('slows down a flood without losing any of it, and says so once a second', async () => {
    const { client, intakes, clock, refusals } = await openBroker({ limits });
    const device = await client('b1');
    const sent = Array.from({ length: 15 }, async (_, index) =>
      device.publishAsync(event('b1'), motion(String(index)), { qos: 1 }),
    );
    await Promise.all(sent.slice(0, 5));
    await settled(device);
    expect(intakes).toHaveLength(5);
    clock.advance(500);
    expect(intakes).toHaveLength(10);
    clock.advance(500);
    await Promise.all(sent);
    expect(intakes.map(({ payload }) => payload.toString())).toEqual(
      Array.from({ length: 15 }, (_, index) => motion(String(index))),
    );
    expect(refusals).toEqual([{ reason: 'over-rate', subject: 'b1', count: 10 }]);
  });

  it.each(['button.pressed', 'fall.detected', 'smoke.detected'])('never holds back %s', async (kind) => {
    const { client, intakes, clock } = await openBroker({ limits });
    const device = await client('b1');
    const order: string[] = [];
    for (let index = 0; index < 10; index++) {
      device.publish(event('b1'), motion(String(index)), { qos: 1 }, () => order.push(String(index)));
    }
    device.publish(event('b1'), JSON.stringify({ id: 'sos', kind }), { qos: 1 }, () => order.push('sos'));
    await vi.waitFor(() => expect(intakes.at(-1)?.payload.toString()).toContain(kind));
    expect(intakes).toHaveLength(6);
    // Its PUBACK waits its turn all the same [MQTT-4.6.0-2].
    expect(order).not.toContain('sos');
    clock.advance(1_000);
    await vi.waitFor(() => expect(order.at(-1)).toBe('sos'));
    expect(order).toHaveLength(11);
  });

  it('does not hide a press behind a flood of its own', async () => {
    const { client, payloads } = await openBroker({ limits });
    const device = await client('b1');
    // About 300 KB: several reads, none of which Aedes would follow by another before all of it is answered.
    for (let index = 0; index < 3_000; index++) send(device, event('b1'), motion(String(index)));
    send(device, event('b1'), press('sos'));
    await vi.waitFor(() => expect(payloads()).toContain(press('sos')));
    expect(payloads()).toHaveLength(6);
  });

  it('holds no event longer than a second', async () => {
    const { client, intakes, clock } = await openBroker({
      limits: { rate: { device: { perSecond: 0.1, burst: 1 } } },
    });
    const device = await client('b1');
    const sent = Array.from({ length: 50 }, async (_, index) =>
      device.publishAsync(event('b1'), motion(String(index)), { qos: 1 }),
    );
    await sent[0];
    await settled(device);
    clock.advance(1_000);
    await Promise.all(sent);
    expect(intakes).toHaveLength(50);
  });

  it('drops readings of QoS 0 beyond it, counted', async () => {
    const { client, broker, clock, intakes, refusals } = await openBroker({ limits });
    const device = await client('b1');
    for (let index = 0; index < 20; index++) {
      device.publish(buildTopic({ of: 'device', deviceId: 'b1', kind: 'reading' }), '{"battery":1}', {
        qos: 0,
      });
    }
    await vi.waitFor(() => expect(broker.counts().dropped).toBe(15));
    clock.advance(1_000);
    expect(intakes).toHaveLength(5);
    expect(refusals).toEqual([{ reason: 'over-rate', subject: 'b1', count: 15 }]);
  });

  it('is not gained anew by reconnecting, and what was held is stored when the connection ends', async () => {
    const { client, intakes, broker } = await openBroker({ limits });
    const device = await client('b1');
    for (let index = 0; index < 8; index++)
      device.publish(event('b1'), motion(String(index)), { qos: 1 }, () => undefined);
    await vi.waitFor(() => expect(broker.counts().throttled).toBe(3));
    device.end(true);
    await vi.waitFor(() => expect(intakes).toHaveLength(8));
    const again = await client('b1');
    again.publish(event('b1'), motion('9'), { qos: 1 }, () => undefined);
    await vi.waitFor(() => expect(broker.counts().throttled).toBe(4));
  });

  it('of one device does not hold up another', async () => {
    const { client, payloads } = await openBroker({ limits });
    const [flooding, calm] = [await client('b1'), await client('b2')];
    for (let index = 0; index < 100; index++)
      flooding.publish(event('b1'), motion(String(index)), { qos: 1 }, () => undefined);
    await calm.publishAsync(event('b2'), motion('calm'), { qos: 1 });
    expect(payloads()).toContain(motion('calm'));
  });
});
