import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { compose } from '../compose.ts';
import type { Simulators } from '../compose.ts';
import { startTestBroker } from '../testing/broker.ts';
import type { TestBroker } from '../testing/broker.ts';
import { latenciesOf } from './figures.ts';

const accounts = Array.from({ length: 40 }, (_, index) => ({
  id: `btn-${index}`,
  secret: `secret-${index}`,
}));
let broker: TestBroker;
let simulators: Simulators;

beforeEach(async () => {
  broker = await startTestBroker({ accounts: new Map(accounts.map(({ id, secret }) => [id, secret])) });
  simulators = compose({ hubUrl: broker.url });
});
afterEach(async () => {
  await simulators.stop();
  await broker.close();
});

test('a fleet connects all its devices, presses any of them and tells how fast the hub answered', async () => {
  const fleet = simulators.fleet(accounts, { connectionsPerSecond: 2_000 });
  expect(await fleet.connect()).toEqual({ connected: 40, refused: 0 });
  expect(await fleet.press(7)).toMatchObject({ isAccepted: true, transmissions: 1 });
  const figures = await fleet.run({ eventsPerSecond: 400, durationMs: 500, helpShare: 0.5 });
  expect(figures.accepted).toBe(figures.sent);
  expect(figures.sent).toBeGreaterThan(100);
  expect(figures.puback.count).toBe(figures.accepted);
  const ids = broker.bodies('/event').map((body) => (body as { id: string }).id);
  expect(new Set(ids).size).toBe(figures.sent + 1);
});

test('devices with a wrong secret are counted as refused and do not hold up the others', async () => {
  const fleet = simulators.fleet([...accounts.slice(0, 5), { id: 'btn-9', secret: 'wrong' }]);
  expect(await fleet.connect()).toEqual({ connected: 5, refused: 1 });
});

test('percentiles are those of the nearest rank', () => {
  const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(latenciesOf(samples)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
  expect(latenciesOf([])).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, max: 0 });
});

test('homes behind gateways share a connection each, and each device is told what it is told', async () => {
  const gateways = [
    { id: 'gate-1', secret: 'secret-1' },
    { id: 'gate-2', secret: 'secret-2' },
  ];
  const homes = Array.from({ length: 8 }, (_, index) => ({
    id: `radio-${index}`,
    secret: '',
    gateway: gateways[Math.floor(index / 4)]!,
  }));
  await broker.close();
  broker = await startTestBroker({ accounts: new Map(gateways.map(({ id, secret }) => [id, secret])) });
  simulators = compose({ hubUrl: broker.url });
  const fleet = simulators.fleet(homes);
  expect([fleet.size, fleet.connections]).toEqual([8, 2]);
  expect(await fleet.connect()).toEqual({ connected: 2, refused: 0 });
  expect(broker.connections()).toBe(2);

  broker.withholdPuback(1);
  expect(await fleet.press(5)).toMatchObject({ isAccepted: true, transmissions: 2 });
  const heard = broker.received.filter(({ topic }) => topic.endsWith('/event')).map(({ topic }) => topic);
  expect(heard).toEqual(Array.from({ length: 2 }, () => 'carebell/v1/devices/radio-5/event'));
  const told = { id: 'c-1', command: 'reassure', data: { state: 'received', alarmId: 'a-1' } };
  await broker.publish('carebell/v1/devices/radio-5/command', JSON.stringify(told));
  await vi.waitFor(() => expect(broker.bodies('radio-5/command/result')).toEqual([{ id: 'c-1', ok: true }]));
  expect(fleet.figures().reassurance.count).toBe(1);

  const lived = await fleet.live(
    { startAtMs: 7 * 3_600_000, pace: 3_600, heartbeatEveryMs: 3_600_000, durationMs: 500 },
    5_000,
  );
  expect(lived.accepted).toBe(lived.sent);
  expect(lived.sent).toBeGreaterThan(3);
});
