import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { deviceEventSchema } from '@carebell/contracts/messages.ts';
import type { DeviceEvent } from '@carebell/contracts/messages.ts';
import { compose } from './compose.ts';
import type { Simulators } from './compose.ts';
import type { Happening } from './happenings.ts';
import { startTestBroker } from './testing/broker.ts';
import type { TestBroker } from './testing/broker.ts';
import { createHandTime } from './testing/hand-time.ts';
import type { HandTime } from './testing/hand-time.ts';

const account = { id: 'btn-1', secret: 'secret-1' };
const topic = (kind: 'availability' | 'command') => buildTopic({ of: 'device', deviceId: account.id, kind });

let broker: TestBroker;
let time: HandTime;
let simulators: Simulators;

beforeEach(async () => {
  broker = await startTestBroker({ accounts: new Map([[account.id, account.secret]]) });
  time = createHandTime();
  simulators = compose({ hubUrl: broker.url }, { time });
});
afterEach(async () => {
  await simulators.stop();
  await broker.close();
});

const events = (): DeviceEvent[] => broker.bodies('/event').map((body) => deviceEventSchema.parse(body));
const availability = () => broker.retained(topic('availability'));
const results = () => broker.bodies('/command/result');

test('a device is online, retained, while it is connected, and its will says offline when the network tears', async () => {
  const button = simulators.button(account);
  button.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  broker.closeConnections();
  await vi.waitFor(async () => expect(await availability()).toBe('offline'));
  const offline = broker.received.at(-1);
  expect(offline).toMatchObject({ topic: topic('availability'), qos: 1, retain: true });
});

test('a device that is switched off says so itself', async () => {
  const button = simulators.button(account);
  button.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  await button.stop();
  expect(await availability()).toBe('offline');
  expect(button.state().phase).toBe('off');
});

test('a press whose PUBACK is withheld is repeated with the same id on the next connection', async () => {
  const button = simulators.button(account);
  broker.withholdPuback(2);
  const { id, delivery } = button.press();
  button.start();
  await vi.waitFor(() => expect(events()).toHaveLength(1));
  for (const repetition of [2, 3]) {
    await vi.waitFor(() => expect(button.state().phase).toBe('waiting'));
    time.advance(4_000);
    await vi.waitFor(() => expect(events()).toHaveLength(repetition));
  }
  expect(await delivery).toMatchObject({ isAccepted: true, id, transmissions: 3 });
  expect(new Set(events().map((event) => event.id))).toEqual(new Set([id]));
  expect(button.state().waiting).toBe(0);
});

test('a press made while offline is sent after reconnecting and says how long ago it happened', async () => {
  const button = simulators.button(account);
  button.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  const { port } = broker;
  await broker.close();
  await vi.waitFor(() => expect(button.state().phase).toBe('waiting'));
  const press = button.press('long');
  expect(button.state().phase).toBe('connecting');
  await vi.waitFor(() => expect(button.state().phase).toBe('waiting'));
  broker = await startTestBroker({ port, accounts: new Map([[account.id, account.secret]]) });
  time.advance(90_000);
  expect(await press.delivery).toMatchObject({ isAccepted: true, transmissions: 1 });
  expect(events()).toEqual([
    { id: press.id, kind: 'button.pressed', ageMs: expect.any(Number), data: { key: 'help', press: 'long' } },
  ]);
  expect(events()[0]!.ageMs).toBeGreaterThanOrEqual(500);
  expect(events()[0]!.ageMs).toBeLessThanOrEqual(90_000);
});

test('a repetition carries the age at its own transmission, not at the first', async () => {
  const button = simulators.button(account);
  button.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  broker.withholdPuback(1);
  button.press();
  await vi.waitFor(() => expect(button.state().phase).toBe('waiting'));
  time.advance(1_000);
  await vi.waitFor(() => expect(events()).toHaveLength(2));
  expect(events()[0]!.ageMs).toBe(0);
  expect(events()[1]!.ageMs).toBeGreaterThanOrEqual(500);
});

test('calls for help leave the device before the routine events that waited longer', async () => {
  const button = simulators.button(account);
  button.send('heartbeat');
  button.send('battery.low');
  button.press();
  button.start();
  await vi.waitFor(() => expect(events()).toHaveLength(3));
  expect(events().map(({ kind }) => kind)).toEqual(['button.pressed', 'heartbeat', 'battery.low']);
});

test('a hub that stays silent for the limit makes the device connect anew', async () => {
  const ends: Happening[] = [];
  const button = simulators.button(account, { pubackLimitMs: 5_000 });
  button.observe((happening) => happening.type === 'disconnected' && ends.push(happening));
  button.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  broker.staySilent(true);
  const { delivery } = button.press();
  await vi.waitFor(() => expect(events()).toHaveLength(1));
  time.advance(5_000);
  await vi.waitFor(() => expect(ends).toHaveLength(1));
  broker.staySilent(false);
  time.advance(1_000);
  expect(await delivery).toMatchObject({ isAccepted: true, transmissions: 2 });
});

test('a command that comes twice is carried out once and answered twice', async () => {
  const button = simulators.button(account);
  const seen: Happening['type'][] = [];
  button.observe(({ type }) => seen.push(type));
  button.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  const command = JSON.stringify({ id: 'c-1', command: 'identify' });
  await broker.publish(topic('command'), command);
  await broker.publish(topic('command'), command);
  await vi.waitFor(() => expect(results()).toHaveLength(2));
  expect(results()).toEqual([
    { id: 'c-1', ok: true },
    { id: 'c-1', ok: true },
  ]);
  expect(button.state().timesIdentified).toBe(1);
  expect(seen.filter((type) => type === 'identified' || type === 'command-repeated')).toEqual([
    'identified',
    'command-repeated',
  ]);
});

test('a reassurance is shown, and one overtaken on its way does not take the resident a step back', async () => {
  const button = simulators.button(account);
  button.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  const tell = (id: string, alarmId: string, state: string) =>
    broker.publish(topic('command'), JSON.stringify({ id, command: 'reassure', data: { state, alarmId } }));
  await tell('c-1', 'a-1', 'on-the-way');
  await tell('c-2', 'a-1', 'answered');
  await vi.waitFor(() => expect(results()).toHaveLength(2));
  expect(button.state().reassurance).toEqual({ alarmId: 'a-1', state: 'on-the-way' });
  await tell('c-3', 'a-2', 'received');
  await vi.waitFor(() => expect(button.state().reassurance).toEqual({ alarmId: 'a-2', state: 'received' }));
});

test('a command the device does not know is refused, a sensor without a lamp says so, and a self-test is sent', async () => {
  const door = simulators.doorSensor(account);
  door.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  await broker.publish(topic('command'), 'not JSON');
  await broker.publish(topic('command'), JSON.stringify({ id: 'c-1', command: 'dance' }));
  const reassure = { id: 'c-2', command: 'reassure', data: { state: 'received', alarmId: 'a-1' } };
  await broker.publish(topic('command'), JSON.stringify(reassure));
  await broker.publish(topic('command'), JSON.stringify({ id: 'c-3', command: 'test' }));
  await vi.waitFor(() => expect(results()).toHaveLength(3));
  expect(results()).toEqual([
    { id: 'c-1', ok: false, reason: 'unknown-command' },
    { id: 'c-2', ok: false, reason: 'no-indicator' },
    { id: 'c-3', ok: true },
  ]);
  await vi.waitFor(() => expect(events().map(({ kind }) => kind)).toEqual(['test.pressed']));
});

test('a wrong secret is told with the return code of the CONNACK', async () => {
  const ends: Happening[] = [];
  const button = simulators.button({ ...account, secret: 'wrong' });
  button.observe((happening) => ends.push(happening));
  button.start();
  await vi.waitFor(() => expect(ends).toHaveLength(1));
  expect(ends[0]).toMatchObject({ type: 'disconnected', end: { reason: 'refused', code: 5 } });
});

test('heartbeats and readings come at their interval and the battery falls slowly', async () => {
  const button = simulators.button(account, {
    heartbeatEveryMs: 60_000,
    readingEveryMs: 60_000,
    firmware: '2.4.1',
    batteryPercent: 15.02,
    pubackLimitMs: 3_600_000,
  });
  button.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  for (let minute = 0; minute < 10; minute += 1) time.advance(66_000);
  await vi.waitFor(() => expect(broker.bodies('/reading').length).toBeGreaterThanOrEqual(10));
  expect(broker.bodies('/reading')[0]).toMatchObject({ firmware: '2.4.1' });
  await vi.waitFor(() =>
    expect(events().filter(({ kind }) => kind === 'heartbeat').length).toBeGreaterThanOrEqual(10),
  );
  expect(events().filter(({ kind }) => kind === 'battery.low')).toHaveLength(1);
  button.replaceBattery();
  await vi.waitFor(() => expect(events().at(-1)?.kind).toBe('battery.ok'));
});

test('a device that gives way stays off while someone else uses its identifier, but not with a call for help to send', async () => {
  const town = simulators.button(account, { yieldMs: 120_000 });
  const hand = compose({ hubUrl: broker.url }, { time: createHandTime() });
  town.start();
  await vi.waitFor(async () => expect(await availability()).toBe('online'));
  const button = hand.button(account);
  button.start();
  await vi.waitFor(() => expect(town.state().phase).toBe('waiting'));
  time.advance(119_000);
  expect(town.state().phase).toBe('waiting');
  expect(await button.press().delivery).toMatchObject({ isAccepted: true, transmissions: 1 });
  await hand.stop();
  expect(await town.press().delivery).toMatchObject({ isAccepted: true });
});
