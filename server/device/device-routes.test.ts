import type { Device } from '@carebell/contracts/registry.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let api: ApiUnderTest;
let admin: Caller;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
});
afterAll(() => api.close());

type Issued = { device: Device; secret: string | null };
const enter = async (body: object): Promise<Issued> => {
  const answer = await admin.post('/devices', body);
  expect(answer.statusCode).toBe(201);
  return answer.json<Issued>();
};

describe('the secret of an account', () => {
  it('is shown once, and only its hash is kept, which the hub knows at once', async () => {
    const { device, secret } = await enter({ id: 'sos-1', type: 'button', dwellingId: 'home-a' });
    expect(secret).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(device).toMatchObject({ hasSecret: true, isRegistered: true, stationId: 'a', availability: null });
    expect(api.directory.device('sos-1')?.secretHash).toBe(`hash of ${secret}`);
    expect((await admin.get('/devices/sos-1')).body).not.toContain(secret);
    const { body } = await api.db
      .selectFrom('journal')
      .select('body')
      .where('device_id', '=', 'sos-1')
      .executeTakeFirstOrThrow();
    expect(body).not.toContain(secret);
  });

  it('is not made for a device that signs in through its gateway', async () => {
    const { device, secret } = await enter({
      type: 'door-sensor',
      dwellingId: 'home-a',
      gatewayId: 'gateway-a',
    });
    expect(secret).toBeNull();
    expect(device.hasSecret).toBe(false);
    expect(api.directory.device(device.id)?.secretHash).toBeNull();
  });

  for (const [path, find] of [
    ['/devices/button-a', () => api.directory.device('button-a')],
    ['/gateways/gateway-a', () => api.directory.gateway('gateway-a')],
    ['/mqtt-accounts/city', () => api.directory.service('city')],
  ] as const) {
    it(`of ${path} is replaced by a new one, and the old one stops working`, async () => {
      await admin.post('/mqtt-accounts', { id: 'city', name: 'City platform' });
      const before = find()?.secretHash;
      const answer = await admin.post(`${path}/secret`);
      expect(answer.statusCode).toBe(201);
      const { secret } = answer.json<{ secret: string }>();
      expect(find()?.secretHash).toBe(`hash of ${secret}`);
      expect(find()?.secretHash).not.toBe(before);
    });
  }

  it('of something unknown is not found, also if another kind has this name', async () => {
    for (const path of [
      '/devices/nothing',
      '/devices/gateway-a',
      '/gateways/button-a',
      '/mqtt-accounts/button-a',
    ]) {
      expect((await admin.post(`${path}/secret`)).statusCode).toBe(404);
    }
  });

  it('is issued to one account of a name, whatever its kind', async () => {
    await admin.post('/mqtt-accounts', { id: 'city', name: 'City platform' });
    for (const [path, body] of [
      ['/devices', { id: 'city', type: 'button' }],
      ['/gateways', { id: 'button-a', stationId: 'a' }],
      ['/mqtt-accounts', { id: 'gateway-a', name: 'x' }],
    ] as const) {
      expect((await admin.post(path, body)).json()).toMatchObject({ code: 'already-exists' });
    }
  });
});

describe('a device that was heard before anybody entered it', () => {
  it('is adopted with its gateway and its signs of life', async () => {
    await api.gate.commit('receiveEvent', {
      origin: {
        deviceId: 'heard-1',
        gatewayId: 'gateway-a',
        residentId: null,
        stationId: null,
        isKnown: false,
        receivedAtMs: api.clock.now(),
      },
      event: { id: 'e1', kind: 'button.pressed' },
    });
    const heard = (await admin.get('/devices?isRegistered=false')).json<{ items: Device[] }>().items;
    expect(heard.map(({ id }) => id)).toEqual(['heard-1']);

    const { device, secret } = await enter({ id: 'heard-1', type: 'button', residentId: 'resident-a' });
    expect(device).toMatchObject({ isRegistered: true, gatewayId: 'gateway-a', dwellingId: 'home-a' });
    expect(secret).toBeNull();
    expect((await admin.post('/devices', { id: 'heard-1', type: 'button' })).statusCode).toBe(409);
    expect(api.directory.device('heard-1')).toMatchObject({ isRegistered: true, residentId: 'resident-a' });
  });
});

describe('the place of a device', () => {
  const cases: [what: string, body: object, place: Partial<Device>][] = [
    [
      'a resident says the dwelling and station',
      { residentId: 'resident-b' },
      { dwellingId: 'home-b', stationId: 'b' },
    ],
    ['a dwelling says the station', { dwellingId: 'home-b' }, { residentId: null, stationId: 'b' }],
    ['a gateway says the station', { gatewayId: 'gateway-b' }, { dwellingId: null, stationId: 'b' }],
    ['a station alone is enough', { stationId: 'b' }, { dwellingId: null, stationId: 'b' }],
    ['nothing at all is left to the root', {}, { dwellingId: null, stationId: null }],
  ];
  for (const [what, body, place] of cases) {
    it(`follows: ${what}`, async () => {
      expect((await enter({ type: 'button', ...body })).device).toMatchObject(place);
    });
  }

  const contradictions: [body: object, field: string][] = [
    [{ residentId: 'resident-a', dwellingId: 'home-b' }, 'dwellingId'],
    [{ dwellingId: 'home-a', stationId: 'b' }, 'stationId'],
  ];
  for (const [body, field] of contradictions) {
    it(`is not taken when it contradicts itself: ${JSON.stringify(body)}`, async () => {
      const answer = await admin.post('/devices', { type: 'button', ...body });
      expect(answer.json()).toMatchObject({ code: 'reference-mismatch', errors: [{ field }] });
    });
  }

  const changes: [what: string, change: object, place: Partial<Device>][] = [
    [
      'a new resident brings a new home',
      { residentId: 'resident-b' },
      { dwellingId: 'home-b', stationId: 'b' },
    ],
    [
      'another dwelling takes it from its resident',
      { dwellingId: 'home-b' },
      { residentId: null, stationId: 'b' },
    ],
    [
      'without a resident it stays in the dwelling',
      { residentId: null },
      { dwellingId: 'home-a', stationId: 'a' },
    ],
    [
      'without a dwelling it stays at the station',
      { dwellingId: null },
      { residentId: null, dwellingId: null, stationId: 'a' },
    ],
    [
      'all three may be said together',
      { residentId: 'resident-b', dwellingId: 'home-b', stationId: 'b' },
      { residentId: 'resident-b', dwellingId: 'home-b', stationId: 'b' },
    ],
    [
      'a new room changes nothing of it',
      { room: 'bath' },
      { residentId: 'resident-a', dwellingId: 'home-a' },
    ],
  ];
  for (const [what, change, place] of changes) {
    it(`after a change: ${what}`, async () => {
      const { device } = await enter({ type: 'button', residentId: 'resident-a', name: '红色' });
      const answer = await admin.patch(`/devices/${device.id}`, change);
      expect(answer.json()).toMatchObject({ ...place, name: '红色', type: 'button', hasSecret: true });
      expect(api.directory.device(device.id)).toMatchObject(place);
    });
  }

  it('of a device without a dwelling follows its gateway to another station', async () => {
    await admin.post('/gateways', { id: 'roaming', stationId: 'a' });
    const { device } = await enter({ type: 'other', gatewayId: 'roaming' });
    const placed = await enter({ type: 'other', gatewayId: 'roaming', dwellingId: 'home-a' });
    await admin.patch('/gateways/roaming', { stationId: 'b' });
    expect((await admin.get(`/devices/${device.id}`)).json()).toMatchObject({ stationId: 'b' });
    expect((await admin.get(`/devices/${placed.device.id}`)).json()).toMatchObject({ stationId: 'a' });
  });
});
