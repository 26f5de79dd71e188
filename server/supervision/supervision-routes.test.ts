import type { BatteryList, Supervised } from '@carebell/contracts/supervision.ts';
import type { DeviceReading } from '@carebell/contracts/messages.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

const hourMs = 3_600_000;
let api: ApiUnderTest;
let root: Awaited<ReturnType<ApiUnderTest['as']>>;
let installerOfB: Awaited<ReturnType<ApiUnderTest['as']>>;
let device: string;
let stationId: string;

beforeAll(async () => {
  api = await openApi();
  root = await api.as('admin');
  const create = async (path: string, body: object) =>
    (await root.post(path, body)).json<{ id: string; device?: { id: string } }>();
  const station = await create('/stations', { name: '一站', parentId: 'root' });
  const other = await create('/stations', { name: '二站', parentId: 'root' });
  stationId = station.id;
  const issued = await create('/devices', { type: 'button', stationId: station.id });
  device = issued.device?.id ?? '';
  await root.post('/users', {
    name: 'zhao',
    displayName: 'zhao',
    role: 'installer',
    organisationId: other.id,
    password: 'correct horse battery',
  });
  installerOfB = await api.as('zhao');
});
afterAll(() => api.close());

describe('the routes of supervision', () => {
  it('say by what class a device is watched, and take another', async () => {
    const path = `/supervision/device/${device}`;
    expect((await root.get(path)).json()).toMatchObject({
      hearing: 'not-yet',
      isDefault: true,
      periodSeconds: 90_000,
    });
    const own = { class: 'own', periodSeconds: 45, missed: 2, of: 3 };
    expect((await root.put(path, { setting: own })).json<Supervised>()).toMatchObject({
      isDefault: false,
      setting: own,
    });
    expect((await root.put(path, { setting: { class: 'off' } })).json()).toMatchObject({ hearing: 'off' });
    expect((await root.put(path, { setting: null })).json()).toMatchObject({ isDefault: true });
  });

  it.each([
    { class: 'own' },
    { class: 'sp4', periodSeconds: 60 },
    { class: 'own', periodSeconds: 5 },
    { class: 'sp2', missed: 3, of: 2 },
    { class: 'sp9' },
  ])('refuse %o', async (setting) => {
    expect((await root.put(`/supervision/device/${device}`, { setting })).statusCode).toBe(400);
  });

  it('show nothing of another station', async () => {
    expect((await installerOfB.get(`/supervision/device/${device}`)).statusCode).toBe(404);
    expect((await installerOfB.get('/supervision/quiet')).json<{ items: [] }>().items).toEqual([]);
    const path = `/supervision/button-tests/${stationId}`;
    expect((await installerOfB.put(path, { every: 'week' })).statusCode).toBe(404);
  });

  it('list a battery that will be flat within a fortnight, and no other', async () => {
    const full = (await root.post('/devices', { type: 'button', stationId })).json<{
      device: { id: string };
    }>().device.id;
    const now = api.clock.now();
    for (let agoMs = 240 * hourMs; agoMs >= 0; agoMs -= 12 * hourMs) {
      for (const [id, battery] of [
        [device, 25 + agoMs / hourMs / 5],
        [full, 90 + agoMs / hourMs / 100],
      ] as const) {
        const reading = { at: new Date(now - agoMs).toISOString(), battery } as unknown as DeviceReading;
        const origin = { deviceId: id, residentId: null, stationId, gatewayId: null, isKnown: true };
        await api.gate.commit('receiveReading', { reading, origin: { ...origin, receivedAtMs: now } });
        await api.gate.commit('seeDevices', [{ of: 'device', id, seenAtMs: now, battery }]);
      }
    }
    await vi.waitFor(async () => {
      api.clock.move(1_000);
      const { items } = (await root.get('/supervision/batteries')).json<BatteryList>();
      expect(items.map(({ deviceId }) => deviceId)).toEqual([device]);
      // A fifth of a percent an hour: 25 % last 125 hours.
      expect(Date.parse(items[0]?.emptyAt ?? '') - now).toBeGreaterThan(110 * hourMs);
      expect(Date.parse(items[0]?.emptyAt ?? '') - now).toBeLessThan(140 * hourMs);
    });
  });
});
