import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let api: ApiUnderTest;
let installer: Caller;
let operator: Caller;
let count = 0;
/** A new pair for each test: the device that goes, and the one that comes. */
let ids: { old: string; next: string };
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  await logIn();
});
afterAll(() => api.close());
beforeEach(() => {
  count += 1;
  ids = { old: `old-${count}`, next: `next-${count}` };
});

async function logIn(): Promise<void> {
  installer = await api.as('installer-a');
  operator = await api.as('operator-a');
}

async function enterRadio(more: object = {}): Promise<void> {
  const body = {
    id: ids.old,
    type: 'button',
    name: 'bedside',
    room: 'bedroom',
    residentId: 'resident-a',
    gatewayId: 'gateway-a',
    heardAs: `code-${ids.old}`,
    signals: { 'key.4': { kind: 'button.pressed', key: 'taxi' } },
    ...more,
  };
  expect((await (await api.as('station-manager-a')).post('/devices', body)).statusCode).toBe(201);
}

async function press(deviceId: string, kind = 'button.pressed', data: Record<string, unknown> = {}) {
  const known = api.directory.device(deviceId);
  const { alarmIds } = await api.gate.commit('receiveEvent', {
    event: { id: crypto.randomUUID(), kind, data },
    origin: {
      deviceId,
      residentId: known?.residentId ?? null,
      stationId: known?.stationId ?? null,
      gatewayId: known?.gatewayId ?? null,
      isKnown: known !== undefined,
      receivedAtMs: api.clock.now(),
    },
  });
  api.clock.move(1_000);
  return alarmIds[0] ?? '';
}

const device = async (id: string): Promise<Device> => (await installer.get(`/devices/${id}`)).json<Device>();
const exchange = (body: object) => installer.post(`/devices/${ids.old}/exchange`, body);
const close = async (alarmId: string, disposition: string) => {
  await operator.post(`/alarms/${alarmId}/acknowledge`, {});
  const body = { disposition, note: 'looked after', proof: 'voice-contact' };
  expect((await operator.post(`/alarms/${alarmId}/close`, body)).statusCode).toBe(200);
};

describe('a device that is exchanged', () => {
  it('leaves its place, its room, its resident, the meaning of its keys and its supervision to the new one', async () => {
    await enterRadio();
    const manager = await api.as('station-manager-a');
    await manager.put(`/supervision/device/${ids.old}`, { setting: { class: 'sp3', missed: 2, of: 3 } });
    const answer = await exchange({ id: ids.next, heardAs: `code-${ids.next}` });
    expect(answer.statusCode).toBe(201);
    expect(answer.json<{ device: Device; secret: null }>()).toMatchObject({
      secret: null,
      device: {
        id: ids.next,
        type: 'button',
        name: 'bedside',
        room: 'bedroom',
        residentId: 'resident-a',
        dwellingId: 'home-a',
        gatewayId: 'gateway-a',
        heardAs: `code-${ids.next}`,
        signals: { 'key.4': { kind: 'button.pressed', key: 'taxi' } },
        predecessors: [{ deviceId: ids.old }],
      },
    });
    expect((await manager.get(`/supervision/device/${ids.next}`)).json()).toMatchObject({
      setting: { class: 'sp3', missed: 2, of: 3 },
    });
    expect(await device(ids.old)).toMatchObject({
      isRegistered: false,
      replacedBy: ids.next,
      residentId: 'resident-a',
      retiredAt: expect.any(String) as string,
    });
  });

  it('keeps one history with the moment of exchange: events, alarms and what became of them', async () => {
    await enterRadio();
    const first = await press(ids.old);
    await close(first, 'false-alarm');
    await exchange({ id: ids.next, heardAs: `code-${ids.next}` });
    await press(ids.next, 'heartbeat');
    const second = await press(ids.next);
    await close(second, 'false-alarm');
    const third = await press(ids.next);
    const events = (await installer.get(`/events?deviceId=${ids.next}`)).json<{
      items: { deviceId: string; kind: string }[];
    }>();
    expect(events.items.map(({ deviceId, kind }) => `${deviceId} ${kind}`)).toEqual([
      `${ids.next} button.pressed`,
      `${ids.next} button.pressed`,
      `${ids.next} heartbeat`,
      `${ids.old} button.pressed`,
    ]);
    const alarms = (await operator.get(`/alarms?phase=all&deviceId=${ids.next}`)).json<{
      items: AlarmView[];
    }>();
    expect(alarms.items.map(({ id }) => id)).toEqual([third, second, first]);
    const past = await operator.get(`/alarms/${third}/evidence/past`);
    expect(past.json()).toMatchObject({ alarms: 2, falseAlarms: 2 });
    await close(third, 'test');
  });

  it('keeps what it says after the exchange to itself, and an alarm that was open stays where it is', async () => {
    await enterRadio();
    const open = await press(ids.old);
    await exchange({ id: ids.next, heardAs: `code-${ids.next}` });
    await press(ids.old, 'heartbeat');
    const events = (await installer.get(`/events?deviceId=${ids.next}`)).json<{ items: unknown[] }>();
    expect(events.items).toHaveLength(1);
    const ofNext = await operator.get(`/alarms?deviceId=${ids.next}`);
    expect(ofNext.json<{ items: AlarmView[] }>().items.map(({ id }) => id)).toEqual([open]);
    await operator.post(`/alarms/${open}/acknowledge`, {});
    const told = await api.db
      .selectFrom('commands')
      .select(['device_id', 'reassurance', 'state'])
      .where('alarm_id', '=', open)
      .orderBy('created_at')
      .execute();
    expect(told).toEqual([
      { device_id: ids.old, reassurance: 'received', state: 'failed' },
      { device_id: ids.next, reassurance: 'answered', state: 'waiting' },
    ]);
    await close(open, 'test');
  });

  it('is not exchanged for one that stands elsewhere, for itself, or from an older state', async () => {
    await enterRadio();
    expect((await exchange({ id: 'button-b' })).statusCode).toBe(409);
    expect((await exchange({ id: ids.old })).statusCode).toBe(409);
    expect((await exchange({ id: ids.next, version: 7 })).json()).toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await device(ids.old)).toMatchObject({ isRegistered: true });
    expect((await (await api.as('installer-b')).post(`/devices/${ids.old}/exchange`, {})).statusCode).toBe(
      404,
    );
    expect((await operator.post(`/devices/${ids.old}/exchange`, {})).statusCode).toBe(403);
  });

  it('gets a secret where the new one signs in itself, and its own account is gone', async () => {
    await enterRadio({ gatewayId: null, heardAs: null, signals: {} });
    const { secret } = (await exchange({ id: ids.next })).json<{ secret: string }>();
    expect(api.directory.account(ids.next)?.secretHash).toBe(`hash of ${secret}`);
    expect(api.directory.account(ids.old)).toBeUndefined();
  });

  it('stands elsewhere later as another device, and its new life is none of the first place', async () => {
    await enterRadio();
    await press(ids.old, 'heartbeat');
    await exchange({ id: ids.next, heardAs: `code-${ids.next}` });
    api.clock.move(1_000);
    const again = { id: ids.old, type: 'button', stationId: 'a', gatewayId: 'gateway-a' };
    expect((await installer.post('/devices', again)).json()).toMatchObject({ device: { id: ids.old } });
    const entered = await device(ids.old);
    expect(entered).toMatchObject({ isRegistered: true, residentId: null });
    expect(entered.retiredAt ?? entered.replacedBy ?? entered.predecessors).toBeUndefined();
    await press(ids.old, 'heartbeat');
    const events = await installer.get(`/events?deviceId=${ids.next}`);
    expect(events.json<{ items: unknown[] }>().items).toHaveLength(1);
  });
});

describe('a device that is retired', () => {
  it('is waited for no more, gets no commands, cannot sign in and stays in the records', async () => {
    await enterRadio({ gatewayId: null, heardAs: null, signals: {} });
    await api.gate.commit('seeDevices', [{ of: 'device', id: ids.old, seenAtMs: api.clock.now() }]);
    await api.gate.commit('beginSupervision', [{ of: 'device', id: ids.old }]);
    expect((await installer.post(`/devices/${ids.old}/retire`, {})).json()).toMatchObject({
      isRegistered: false,
    });
    expect(api.directory.account(ids.old)).toBeUndefined();
    expect(api.directory.device(ids.old)).toMatchObject({ isRetired: true, residentId: 'resident-a' });
    api.clock.move(40 * 86_400_000);
    // Nobody stays logged in for so long.
    await logIn();
    await api.gate.commit('lookForSilence', null);
    const silent = await api.db.selectFrom('alarms').select('id').where('device_id', '=', ids.old).execute();
    expect(silent).toEqual([]);
    const unregistered = await installer.get('/devices?isRegistered=false');
    expect(unregistered.body).not.toContain(ids.old);
    expect((await installer.get(`/supervision/device/${ids.old}`)).statusCode).toBe(404);
    const tests = (await operator.get('/supervision/button-tests')).body;
    expect(tests).not.toContain(ids.old);
    expect((await installer.post(`/devices/${ids.old}/retire`, {})).statusCode).toBe(404);
  });

  it('is an alarm all the same when it calls, marked, at the place where it stood', async () => {
    await enterRadio();
    await installer.post(`/devices/${ids.old}/retire`, {});
    expect(api.directory.earshot.heardAt('a', `code-${ids.old}`)?.deviceId).toBe(ids.old);
    expect(api.directory.earshot.listOf('a').map(({ id }) => id)).not.toContain(ids.old);
    const alarmId = await press(ids.old);
    const alarm = (await operator.get(`/alarms/${alarmId}`)).json<AlarmView>();
    expect(alarm).toMatchObject({
      kind: 'help',
      residentId: 'resident-a',
      isDeviceRetired: true,
      address: 'a lane 7, room 301',
    });
    const told = await api.db.selectFrom('commands').select('id').where('alarm_id', '=', alarmId).execute();
    expect(told).toEqual([]);
    expect((await operator.get(`/alarms/${alarmId}`)).body).toContain('device-retired');
    await close(alarmId, 'test');
    expect(await press(ids.old, 'battery.low')).toBe('');
  });

  it('gives its radio code to whoever is heard under it next', async () => {
    await enterRadio();
    await installer.post(`/devices/${ids.old}/retire`, {});
    const next = {
      id: ids.next,
      type: 'button',
      residentId: null,
      gatewayId: 'gateway-a',
      heardAs: `code-${ids.old}`,
    };
    expect((await installer.post('/devices', next)).statusCode).toBe(201);
    expect(api.directory.earshot.heardAt('a', `code-${ids.old}`)?.deviceId).toBe(ids.next);
  });
});
