import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { OpenedTestDwelling } from '@carebell/contracts/virtual-devices.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
});
afterAll(() => api.close());

const open = async (name: string, stationId: string) => {
  const caller = await api.as(name);
  const answer = await caller.post('/virtual-devices', { stationId });
  return { status: answer.statusCode, body: answer.json<unknown>() };
};

it('an installer opens the test dwelling of a station and gets the secrets of its virtual devices', async () => {
  const { status, body } = await open('installer-a', 'a');
  expect(status).toBe(201);
  const { devices, dwellingId } = body as OpenedTestDwelling;
  expect(dwellingId).toBe('test-a');
  expect(devices.map(({ id }) => id)).toContain('virtual-a-terminal');
  expect(new Set(devices.map(({ secret }) => secret)).size).toBe(devices.length);
});

it('opened again it is the same dwelling, with other secrets', async () => {
  const first = (await open('installer-a', 'a')).body as OpenedTestDwelling;
  const second = (await open('installer-a', 'a')).body as OpenedTestDwelling;
  expect(second.devices.map(({ id }) => id)).toEqual(first.devices.map(({ id }) => id));
  const before = new Set(first.devices.map(({ secret }) => secret));
  expect(second.devices.some(({ secret }) => before.has(secret))).toBe(false);
});

it('a station outside of the own part of the organisation is unknown', async () => {
  expect((await open('installer-a', 'b')).status).toBe(422);
});

it('in a lesson the rules notice what the virtual devices do, marked as a test, and the rules of real homes wait as ever', async () => {
  const { devices } = (await open('installer-a', 'a')).body as OpenedTestDwelling;
  const door = devices.find(({ type }) => type === 'door-sensor')!;
  const watch = () => api.gate.commit('followDetection', { timeZone: 'Asia/Shanghai', atMost: 100 });
  await watch();
  const home = { deviceId: door.id, residentId: 'test-a', stationId: 'a', gatewayId: null, isKnown: true };
  for (const kind of ['door.opened', 'door.closed', 'door.opened']) {
    api.clock.move(1_000);
    const origin = { ...home, receivedAtMs: api.clock.now() };
    await api.gate.commit('receiveEvent', { event: { id: `d${api.clock.now()}`, kind }, origin });
    await watch();
  }
  api.clock.move(61_000);
  await watch();
  const operator = await api.as('operator-a');
  const { items } = (await operator.get('/alarms?phase=open')).json<{ items: AlarmView[] }>();
  expect(items).toMatchObject([{ kind: 'door-open', deviceId: door.id, testId: expect.any(String) }]);
});

it('a device that stands in a home is left alone, whatever its identifier', async () => {
  const admin = await api.as('admin');
  const elsewhere = { residentId: null, dwellingId: 'home-a' };
  expect((await admin.patch('/devices/virtual-a-terminal', elsewhere)).statusCode).toBe(200);
  expect((await open('installer-a', 'a')).status).toBe(409);
  expect((await admin.get('/devices/virtual-a-terminal')).json<Device>().dwellingId).toBe('home-a');
});
