import type { Problem } from '@carebell/contracts/http-api.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { unknownAtMost } from '@carebell/contracts/unknown-limits.ts';
import type { Adopted, UnknownDevice } from '@carebell/contracts/unknown-devices.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let api: ApiUnderTest;
let admin: Caller;
let installer: Caller;
let installerOfB: Caller;
let presses = 0;

beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  installer = await api.as('installer-a');
  installerOfB = await api.as('installer-b');
});
afterAll(() => api.close());

type Press = { gatewayId?: string; kind?: string; data?: Record<string, unknown>; id?: string };

/** What the hub makes of an event that a gateway reports of a code. */
async function hear(code: string, press: Press = {}) {
  const { gatewayId = 'gateway-a', kind = 'code.received', data = { signal: 'key.4' } } = press;
  presses += 1;
  const device = api.directory.device(code);
  return api.gate.commit('receiveEvent', {
    event: { id: press.id ?? `e${presses}`, kind, data },
    origin: {
      deviceId: code,
      residentId: device?.residentId ?? null,
      stationId: device?.stationId ?? gatewayId.slice(-1),
      gatewayId,
      isKnown: device !== undefined,
      isUnregistered: true,
      receivedAtMs: api.clock.now(),
    },
  });
}

async function listed(caller = installer, query = ''): Promise<UnknownDevice[]> {
  return (await caller.get(`/unknown-devices?${query}`)).json<{ items: UnknownDevice[] }>().items;
}
const codes = async (caller = installer, query = '') => (await listed(caller, query)).map(({ code }) => code);
const alarm = async (id: string) => (await admin.get(`/alarms/${id}`)).json<AlarmView>();

describe('what a gateway hears and nobody has entered', () => {
  it('stands in the list with who heard it, how often, how well, and what it said', async () => {
    await hear('rf433.ev1527.00001', { data: { signal: 'key.4', rssi: -71 } });
    api.clock.move(2_000);
    await hear('rf433.ev1527.00001', { data: { signal: 'key.2', rssi: -64 }, id: 'again' });
    await hear('rf433.ev1527.00001', { data: { signal: 'key.2', rssi: -64 }, id: 'again' });
    const [unknown] = await listed();
    expect(unknown).toMatchObject({
      code: 'rf433.ev1527.00001',
      gatewayId: 'gateway-a',
      stationName: 'Station a',
      rssi: -64,
      times: 2,
      said: [
        { kind: 'code.received', signal: 'key.2', times: 1 },
        { kind: 'code.received', signal: 'key.4', times: 1 },
      ],
      dismissed: null,
      openAlarmId: null,
    });
  });

  it('is a line for each gateway that hears it, also where the second one is an echo of the first', async () => {
    await admin.post('/gateways', { id: 'second-a', stationId: 'a' });
    const heard = await hear('rf433.ev1527.00001', { gatewayId: 'second-a', data: { signal: 'key.2' } });
    expect(heard).toMatchObject({ isDuplicate: true });
    expect(await codes(installer, 'gatewayId=second-a')).toEqual(['rf433.ev1527.00001']);
  });

  it('is seen by those of the gateway’s station alone, and entered by those who enter devices', async () => {
    expect(await codes(installerOfB)).toEqual([]);
    const key = { gatewayId: 'gateway-a', code: 'rf433.ev1527.00001' };
    const adoption = { ...key, type: 'button', dwellingId: 'home-a' };
    expect((await installerOfB.post('/unknown-devices/adoption', adoption)).statusCode).toBe(404);
    expect((await installerOfB.post('/unknown-devices/dismissal', key)).statusCode).toBe(404);
    const operator = await api.as('operator-a');
    expect((await operator.post('/unknown-devices/adoption', adoption)).statusCode).toBe(403);
    expect(await codes(operator)).not.toEqual([]);
  });

  it('comes in pages', async () => {
    await hear('rf433.ev1527.00002');
    const first = (await installer.get('/unknown-devices?limit=1')).json<{
      items: UnknownDevice[];
      cursor: string;
    }>();
    const rest = await codes(installer, `cursor=${encodeURIComponent(first.cursor)}`);
    expect([...first.items.map(({ code }) => code), ...rest].toSorted()).toEqual([
      'rf433.ev1527.00001',
      'rf433.ev1527.00001',
      'rf433.ev1527.00002',
    ]);
  });
});

describe('an unknown device that calls for help', () => {
  it('is an alarm at the gateway’s place, and its resident’s as soon as it is entered', async () => {
    await admin.patch('/gateways/gateway-a', { dwellingId: 'home-a' });
    const press = { kind: 'button.pressed', data: { key: 'help', signal: 'key.4' } };
    const { alarmIds } = await hear('rf433.x10.a1', press);
    const [id = ''] = alarmIds;
    const [unknown] = await listed();
    expect(unknown).toMatchObject({ code: 'rf433.x10.a1', openAlarmId: id });
    expect(await alarm(id)).toMatchObject({
      kind: 'help',
      stationId: 'a',
      residentId: null,
      isDeviceRegistered: false,
      heardAt: { gatewayId: 'gateway-a', address: 'a lane 7, room 301' },
    });

    const answer = await installer.post('/unknown-devices/adoption', {
      gatewayId: 'gateway-a',
      code: 'rf433.x10.a1',
      type: 'button',
      room: 'bath',
      dwellingId: 'home-a',
      signals: { 'key.4': { kind: 'button.pressed', key: 'help' } },
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.json<Adopted>()).toMatchObject({
      device: { id: 'rf433.x10.a1', isRegistered: true, residentId: 'resident-a', gatewayId: 'gateway-a' },
      alarmIds: [id],
    });
    const named = await alarm(id);
    expect(named).toMatchObject({
      residentId: 'resident-a',
      residentName: '王秀英 a',
      address: 'a lane 7, room 301',
      isDeviceRegistered: true,
      timeline: expect.arrayContaining([
        expect.objectContaining({
          step: 'device-entered',
          user: expect.objectContaining({ displayName: 'installer-a' }),
        }),
      ]) as unknown,
    });
    expect(named.heardAt).toBeUndefined();
    expect(await codes()).not.toContain('rf433.x10.a1');

    const again = await api.gate.commit('receiveEvent', {
      event: { id: 'next', kind: 'button.pressed', data: { key: 'help' } },
      origin: {
        deviceId: 'rf433.x10.a1',
        residentId: 'resident-a',
        stationId: 'a',
        gatewayId: 'gateway-a',
        isKnown: true,
        receivedAtMs: api.clock.now() + 10_000,
      },
    });
    expect(again.alarmIds).toEqual([id]);
    const { items } = (await installer.get('/events?deviceId=rf433.x10.a1')).json<{ items: unknown[] }>();
    expect(items).toHaveLength(2);
  });

  it('leaves a second alarm its own where the resident has one of that kind open already', async () => {
    const { alarmIds } = await hear('rf433.x10.a2', { kind: 'button.pressed', data: { key: 'help' } });
    const adoption = {
      gatewayId: 'gateway-a',
      code: 'rf433.x10.a2',
      type: 'button',
      residentId: 'resident-a',
    };
    const adopted = (await installer.post('/unknown-devices/adoption', adoption)).json<Adopted>();
    expect(adopted.alarmIds).toEqual(alarmIds);
    expect(await alarm(alarmIds[0] ?? '')).toMatchObject({ phase: 'raised', residentId: 'resident-a' });
  });

  it('is entered as what it is heard as where its code is a device of another station', async () => {
    await hear('rf433.ev1527.abcde', { gatewayId: 'gateway-b' });
    await hear('rf433.ev1527.abcde');
    const code = { code: 'rf433.ev1527.abcde', type: 'button' };
    const atB = { ...code, gatewayId: 'gateway-b', dwellingId: 'home-b' };
    expect((await installerOfB.post('/unknown-devices/adoption', atB)).statusCode).toBe(201);
    const atA = { ...code, gatewayId: 'gateway-a', dwellingId: 'home-a' };
    const adopted = (await installer.post('/unknown-devices/adoption', atA)).json<Adopted>();
    expect(adopted.device).toMatchObject({
      heardAs: 'rf433.ev1527.abcde',
      stationId: 'a',
      residentId: 'resident-a',
    });
    expect(adopted.device.id).not.toBe('rf433.ev1527.abcde');
  });

  it('is refused with the field that is wrong', async () => {
    const wrong = {
      gatewayId: 'gateway-a',
      code: 'rf433.ev1527.00002',
      type: 'button',
      dwellingId: 'home-b',
    };
    const answer = await installer.post('/unknown-devices/adoption', wrong);
    expect(answer.json<Problem>()).toMatchObject({ status: 422, errors: [{ field: 'dwellingId' }] });
    const unheard = { ...wrong, dwellingId: 'home-a', code: 'rf433.ev1527.99999' };
    expect((await installer.post('/unknown-devices/adoption', unheard)).statusCode).toBe(404);
  });
});

describe('a neighbour’s device', () => {
  const key = { gatewayId: 'gateway-a', code: 'rf433.ev1527.00001' };

  it('is put aside for all gateways of the station, on record, and back again', async () => {
    const manager = await api.as('station-manager-a');
    expect((await manager.post('/unknown-devices/dismissal', { ...key, note: '隔壁 302' })).statusCode).toBe(
      200,
    );
    await hear(key.code, { gatewayId: 'second-a' });
    expect(await codes()).not.toContain(key.code);
    const aside = await listed(installer, 'dismissed=true');
    expect(aside).toHaveLength(2);
    expect(aside[0]?.dismissed).toMatchObject({ by: { displayName: 'station-manager-a' }, note: '隔壁 302' });
    expect((await installer.post('/unknown-devices/restoration', key)).statusCode).toBe(200);
    expect((await installer.post('/unknown-devices/restoration', key)).statusCode).toBe(404);
    expect(await codes()).toContain(key.code);
    const { items } = (await admin.get('/audit?topic=unknown-devices')).json<{ items: { kind: string }[] }>();
    expect(items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['unknown-restored', 'unknown-dismissed']),
    );
  });

  it('is an alarm all the same when it calls for help', async () => {
    await installer.post('/unknown-devices/dismissal', key);
    const { alarmIds } = await hear(key.code, { kind: 'button.pressed', data: { key: 'help' } });
    expect(alarmIds).toHaveLength(1);
  });
});

describe('radio noise', () => {
  it('takes no more than its gateway’s places, and none of an open alarm’s', async () => {
    const { alarmIds } = await hear('rf433.x10.sos', { gatewayId: 'gateway-b', kind: 'button.pressed' });
    for (let code = 0; code < unknownAtMost + 20; code += 1) {
      api.clock.move(10);
      await hear(`rf433.noise.${code}`, { gatewayId: 'gateway-b' });
    }
    const all = await listed(installerOfB, 'limit=500');
    expect(all).toHaveLength(unknownAtMost);
    expect(all[0]?.code).toBe(`rf433.noise.${unknownAtMost + 19}`);
    const waiting = await api.db.selectFrom('devices').select('id').where('is_registered', '=', 0).execute();
    const ids = waiting.map(({ id }) => id);
    expect(ids).toContain('rf433.x10.sos');
    expect(ids).not.toContain('rf433.noise.0');
    expect(await alarm(alarmIds[0] ?? '')).toMatchObject({ isDeviceRegistered: false });
  });

  it('is forgotten after two weeks without a sound', async () => {
    api.clock.move(15 * 86_400_000);
    installer = await api.as('installer-a');
    await hear('rf433.ev1527.00003');
    while (await api.gate.commit('forgetUnknown', null));
    expect(await codes()).toEqual(['rf433.ev1527.00003']);
  });
});
