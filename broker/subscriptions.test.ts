import { once } from 'node:events';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { MqttClient } from 'mqtt';
import { describe, expect, it, vi } from 'vitest';
import { openBroker, send, settled } from './broker-under-test.ts';
import { connectPacket, packet } from './wire.ts';

const event = (deviceId: string) => buildTopic({ of: 'device', deviceId, kind: 'event' });
const command = (deviceId: string) => buildTopic({ of: 'device', deviceId, kind: 'command' });

function listen(client: MqttClient): string[] {
  const heard: string[] = [];
  client.on('message', (topic, payload) => heard.push(`${topic} ${payload.toString()}`));
  return heard;
}

async function granted(client: MqttClient, filter: string): Promise<number> {
  return new Promise((resolve) => {
    client.subscribe(filter, { qos: 1 }, (_error, grants, answer) => {
      resolve((answer?.granted as number[] | undefined)?.[0] ?? (grants?.[0]?.qos as number));
    });
  });
}

const toDevice = (deviceId: string, payload: string) =>
  ({ topic: command(deviceId), payload, qos: 1, retain: false }) as const;

describe('a subscription', () => {
  it.each([
    ['b1', command('b1'), 1],
    ['b1', command('b2'), 128],
    ['b1', '#', 128],
    ['b1', '$SYS/#', 128],
    ['b1', `$share/g/${command('b1')}`, 128],
    ['g1', command('+'), 1],
    ['g1', command('s1'), 1],
    ['g1', command('s2'), 128],
    ['city', 'carebell/v1/#', 1],
    ['city', '#', 128],
  ])('of %s to %s is answered %i', async (name, filter, qos) => {
    const { client, refusals } = await openBroker();
    expect(await granted(await client(name), filter)).toBe(qos);
    expect(refusals).toMatchObject(qos === 128 ? [{ subject: name, sample: filter }] : []);
  });

  it('beyond the most that a connection may have is refused', async () => {
    const { client, reasons } = await openBroker({ limits: { subscriptionsPerConnection: 2 } });
    const city = await client('city');
    const answers = [];
    for (const id of ['1', '2', '3', '1']) answers.push(await granted(city, event(id)));
    expect(answers).toEqual([1, 1, 128, 1]);
    await city.unsubscribeAsync(event('1'));
    expect(await granted(city, event('3'))).toBe(1);
    expect(reasons()).toEqual(['subscribe-too-many']);
  });
});

describe('events and readings', () => {
  it('are forwarded to services and to nobody else, never as retained', async () => {
    const { client } = await openBroker();
    const [city, device, other] = [await client('city'), await client('b1'), await client('b2')];
    const heard = listen(city);
    const overheard = [...listen(device), ...listen(other)];
    await city.subscribeAsync('carebell/v1/devices/+/event', { qos: 1 });
    await device.publishAsync(event('b1'), 'first', { qos: 1, retain: true });
    await vi.waitFor(() => expect(heard).toEqual([`${event('b1')} first`]));
    const late = await client('city');
    const heardLate = listen(late);
    await late.subscribeAsync('carebell/v1/devices/+/event', { qos: 1 });
    await settled(late);
    expect([heardLate, overheard]).toEqual([[], []]);
  });

  // The order across QoS is not promised [MQTT-4.6.0-6].
  it('are forwarded without a gap, and in order within a QoS', async () => {
    const { client } = await openBroker();
    const [city, device] = [await client('city'), await client('b1')];
    const heard = listen(city);
    await city.subscribeAsync('carebell/v1/devices/b1/+', { qos: 1 });
    const words = Array.from({ length: 100 }, (_, index) => String(index));
    for (const [index, word] of words.entries()) send(device, event('b1'), word, index % 3 === 0 ? 1 : 0);
    const numbers = () =>
      heard.flatMap((each) => (each.startsWith(event('b1')) ? [Number(each.split(' ')[1])] : []));
    await vi.waitFor(() => expect(numbers()).toHaveLength(100));
    for (const isAcknowledged of [true, false]) {
      const ofOneQos = numbers().filter((number) => (number % 3 === 0) === isAcknowledged);
      expect(ofOneQos).toEqual(ofOneQos.toSorted((a, b) => a - b));
    }
  });

  it('reach the others while one subscriber never reads, which is cut and recorded', async () => {
    const { client, socket, refusals } = await openBroker({ limits: { sendBufferBytes: 200_000 } });
    const raw = await socket();
    raw.write(connectPacket({ clientId: 'stalled', name: 'city', secret: 'city-secret' }));
    await once(raw, 'data');
    const subscribe = Buffer.from('carebell/v1/#');
    raw.write(
      packet(0x82, Buffer.concat([Buffer.from([0, 1, 0, subscribe.length]), subscribe, Buffer.from([1])])),
    );
    await once(raw, 'data');
    raw.pause();
    const [city, device] = [await client('city'), await client('b1')];
    const heard = listen(city);
    await city.subscribeAsync(event('b1'), { qos: 1 });
    const payload = 'x'.repeat(200_000);
    let sent = 0;
    while (!refusals.some(({ reason }) => reason === 'slow-subscriber')) {
      await device.publishAsync(event('b1'), payload, { qos: 1 });
      sent++;
      expect(sent).toBeLessThan(500);
    }
    await vi.waitFor(() => expect(heard).toHaveLength(sent));
    expect(refusals.filter(({ reason }) => reason === 'slow-subscriber')).toEqual([
      { reason: 'slow-subscriber', subject: 'city' },
    ]);
  });
});

describe('commands', () => {
  it('reach the device that they are for', async () => {
    const { client, broker, commandsAsked } = await openBroker();
    const [first, second] = [await client('b1'), await client('b2')];
    const [heard, overheard] = [listen(first), listen(second)];
    await first.subscribeAsync(command('b1'), { qos: 1 });
    await second.subscribeAsync(command('b2'), { qos: 1 });
    expect(commandsAsked).toEqual(['b1', 'b2']);
    await broker.publish(toDevice('b1', 'reassure'));
    await vi.waitFor(() => expect(heard).toEqual([`${command('b1')} reassure`]));
    await settled(second);
    expect(overheard).toEqual([]);
  });

  it('reach a gateway by wildcard for the devices behind it only, also when one moves', async () => {
    const { client, broker, commandsAsked, homes } = await openBroker();
    const gateway = await client('g1');
    const heard = listen(gateway);
    await gateway.subscribeAsync(command('+'), { qos: 1 });
    expect(commandsAsked).toEqual(['s1']);
    for (const id of ['s1', 's2', 'b1', 'unknown']) await broker.publish(toDevice(id, 'before'));
    homes.set('s1', { gatewayId: 'g2' });
    homes.set('s2', { gatewayId: 'g1' });
    for (const id of ['s1', 's2', 'b1', 'unknown']) await broker.publish(toDevice(id, 'after'));
    await vi.waitFor(() => expect(heard).toEqual([`${command('s1')} before`, `${command('s2')} after`]));
  });

  it('for a device that nobody registered go through the gateway that heard it', async () => {
    const { client, broker } = await openBroker();
    const [first, second] = [await client('g1'), await client('g2')];
    const [heard, overheard] = [listen(first), listen(second)];
    for (const gateway of [first, second]) await gateway.subscribeAsync(command('+'), { qos: 1 });
    await first.publishAsync(event('stranger'), 'sos', { qos: 1 });
    await broker.publish(toDevice('stranger', 'reassure'));
    await vi.waitFor(() => expect(heard).toEqual([`${command('stranger')} reassure`]));
    await settled(second);
    expect(overheard).toEqual([]);
  });

  it('are asked for when a kept session comes back that does not subscribe again', async () => {
    const { client, broker, commandsAsked } = await openBroker();
    const kept = { clientId: 'kept', clean: false, resubscribe: false };
    const first = await client('b1', kept);
    await first.subscribeAsync(command('b1'), { qos: 1 });
    await first.endAsync();
    await broker.publish(toDevice('b1', 'while away'));
    const second = await client('b1', kept);
    const heard = listen(second);
    await vi.waitFor(() => expect(commandsAsked).toEqual(['b1', 'b1']));
    await broker.publish(toDevice('b1', 'again'));
    await vi.waitFor(() => expect(heard).toEqual([`${command('b1')} again`]));
  });

  it('are not asked for by a service that listens in', async () => {
    const { client, commandsAsked } = await openBroker();
    await (await client('city')).subscribeAsync(command('b1'), { qos: 1 });
    expect(commandsAsked).toEqual([]);
  });

  it('are forgotten with the session that asks for a clean one', async () => {
    const { client, broker, commandsAsked } = await openBroker();
    const first = await client('b1', { clientId: 'c', clean: false });
    await first.subscribeAsync(command('b1'), { qos: 1 });
    await first.endAsync();
    await (await client('b1', { clientId: 'c', clean: true })).endAsync();
    const third = await client('b1', { clientId: 'c', clean: false });
    const heard = listen(third);
    await broker.publish(toDevice('b1', 'x'));
    await settled(third);
    expect([heard, commandsAsked]).toEqual([[], ['b1']]);
  });
});
