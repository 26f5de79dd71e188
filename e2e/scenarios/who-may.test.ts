import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Device, Token, User } from '@carebell/contracts/registry.ts';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiWith, logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { closeAlarm, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;
let button: VirtualDevice;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  lookout = await openLookout(hub, community);
  button = await connectDevice(hub, community.button);
});
afterAll(async () => {
  lookout.close();
  await button.end();
  await hub.stop();
});

async function pressed(): Promise<AlarmView> {
  await button.send('button.pressed', { data: { key: 'help' } });
  return lookout.alarmOf(community.button.id);
}

type Listed = { items: { id: string }[] };
const ids = ({ items }: Listed) => items.map(({ id }) => id);

describe('an alarm of a station', () => {
  it('does not exist for the operator of another, over HTTP or on the live feed', async () => {
    const { otherOperator } = community;
    const elsewhere = await openScreen(hub, otherOperator);
    const devices: Device[] = [];
    elsewhere.socket.on('device', ({ device }) => void devices.push(device));
    const alarm = await pressed();

    for (const phase of ['open', 'raised', 'all']) {
      expect((await otherOperator.get<Listed>(`/alarms?phase=${phase}`)).body.items).toEqual([]);
    }
    const { station, resident } = community;
    for (const filter of [
      `stationId=${station.id}`,
      `residentId=${resident.id}`,
      `deviceId=${community.button.id}`,
    ]) {
      for (const phase of ['open', 'all']) {
        const { body } = await otherOperator.get<Listed>(`/alarms?phase=${phase}&${filter}`);
        expect(body.items).toEqual([]);
      }
    }
    const close = { disposition: 'false-alarm', proof: 'voice-contact', note: '' } as const;
    const attempts = [
      await otherOperator.get(`/alarms/${alarm.id}`),
      await otherOperator.post(`/alarms/${alarm.id}/acknowledge`),
      await otherOperator.post(`/alarms/${alarm.id}/acknowledge`, { takeOver: true }),
      await otherOperator.post(`/alarms/${alarm.id}/close`, close),
    ];
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ status: 404, body: { code: 'not-found' } });
      expect(JSON.stringify(attempt.body)).not.toContain(resident.name);
    }
    for (const answer of [
      await elsewhere.acknowledge(alarm.id),
      await elsewhere.socket.emitWithAck('close', { alarmId: alarm.id, ...close, disposition: 'test' }),
    ]) {
      expect(answer).toMatchObject({ ok: false, problem: { code: 'not-found', status: 404 } });
    }
    expect(await elsewhere.socket.emitWithAck('displayed', { alarmIds: [alarm.id] })).toEqual({
      ok: true,
      result: { accepted: 0 },
    });

    await button.client.endAsync(true);
    button = await connectDevice(hub, community.button);
    await closeAlarm(hub, alarm.id);
    await eventually(() => expect(lookout.screen.alarms.has(alarm.id)).toBe(false));
    const { body } = await hub.admin.get<{ timeline: { step: string }[] }>(`/alarms/${alarm.id}`);
    expect(body.timeline.map(({ step }) => step)).not.toContain('taken-over');
    expect(elsewhere.changes).toEqual([]);
    expect(devices.map(({ id }) => id)).toEqual([]);
    elsewhere.close();
  });

  it('nor do its residents, dwellings, devices, events and refusals', async () => {
    const { otherOperator, resident, dwelling } = community;
    for (const [path, id] of [
      ['/residents', resident.id],
      ['/dwellings', dwelling.id],
      ['/devices', community.button.id],
      ['/stations', community.station.id],
    ] as const) {
      expect(await otherOperator.get(`${path}/${id}`)).toMatchObject({ status: 404 });
      expect(ids((await otherOperator.get<Listed>(path)).body)).not.toContain(id);
      expect(ids((await community.operator.get<Listed>(path)).body)).toContain(id);
    }
    expect(await otherOperator.get(`/events?deviceId=${community.button.id}`)).toMatchObject({ status: 404 });
    expect(await otherOperator.get('/refusals')).toMatchObject({ status: 403 });
  });

  it('is no business of an installer, and neither are residents', async () => {
    const alarm = await pressed();
    const { installer, resident } = community;
    for (const answer of [
      await installer.get('/alarms'),
      await installer.get(`/alarms/${alarm.id}`),
      await installer.post(`/alarms/${alarm.id}/acknowledge`),
      await installer.post(`/alarms/${alarm.id}/close`, { disposition: 'test', proof: 'on-site' }),
      await installer.get('/residents'),
      await installer.get(`/residents/${resident.id}`),
      await installer.patch(`/residents/${resident.id}`, { name: 'x' }),
      await installer.get('/users'),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect((await installer.get<Device>(`/devices/${community.button.id}`)).body.residentId).toBe(
      resident.id,
    );
    await expect(openScreen(hub, installer)).rejects.toMatchObject({ data: { code: 'forbidden' } });
    await closeAlarm(hub, alarm.id);
  });
});

describe('a screen whose user may no longer see', () => {
  const password = 'a long enough password';
  let count = 0;

  async function newOperator(): Promise<{ user: User; api: Api }> {
    count += 1;
    const name = `operator-${count}`;
    const body = {
      name,
      displayName: name,
      role: 'operator',
      organisationId: community.station.id,
      password,
    };
    const { user } = await hub.admin.create<{ user: User }>('/users', body);
    return { user, api: await logIn(hub.url, name, password) };
  }

  it.each([
    ['is deactivated', async (user: User) => hub.admin.patch(`/users/${user.id}`, { isActive: false })],
    ['has logged out', async (_: User, api: Api) => api.delete('/session')],
    [
      'was given a new password',
      async (user: User) => hub.admin.patch(`/users/${user.id}`, { password: 'quite another password' }),
    ],
    [
      'became an installer',
      async (user: User) => hub.admin.patch(`/users/${user.id}`, { role: 'installer' }),
    ],
    [
      'went to another station',
      async (user: User) =>
        hub.admin.patch(`/users/${user.id}`, { organisationId: community.otherStation.id }),
    ],
  ])('because the user %s is cut, and no alarm reaches it afterwards', async (_, lock) => {
    const { user, api } = await newOperator();
    const screen = await openScreen(hub, api);
    expect((await lock(user, api)).status).toBeLessThan(300);
    await eventually(() => expect(screen.socket.connected).toBe(false));
    const alarm = await pressed();
    await closeAlarm(hub, alarm.id);
    expect(screen.changes).toEqual([]);
    expect((await api.get(`/alarms/${alarm.id}`)).status).not.toBe(200);
  });

  it('of two screens of one user only the one that logged out is cut', async () => {
    const { user, api } = await newOperator();
    const second = await logIn(hub.url, user.name, password);
    const [screen, stays] = [await openScreen(hub, api), await openScreen(hub, second)];
    await api.delete('/session');
    await eventually(() => expect(screen.socket.connected).toBe(false));
    const alarm = await pressed();
    await eventually(() => expect(stays.alarms.has(alarm.id)).toBe(true));
    expect(screen.changes).toEqual([]);
    await closeAlarm(hub, alarm.id);
    stays.close();
  });
});

it('a token opens the API and the live feed with the rights of who made it, and neither once it is revoked', async () => {
  const { token, secret } = await hub.admin.create<{ token: Token; secret: string }>('/tokens', {
    name: '大屏',
  });
  const authorization = `Bearer ${secret}`;
  const tool = apiWith(hub.url, { authorization });
  const socket = feedOf(authorization);
  const snapshot = await next(socket, 'snapshot');
  expect(snapshot).toMatchObject({ alarms: [] });
  const change = next(socket, 'alarm');
  const alarm = await pressed();
  expect(await change).toMatchObject({ alarm: { id: alarm.id } });
  expect(await tool.get(`/alarms/${alarm.id}`)).toMatchObject({ status: 200, body: { id: alarm.id } });
  expect(await tool.post(`/alarms/${alarm.id}/acknowledge`)).toMatchObject({ status: 200 });
  expect(
    await tool.post(`/alarms/${alarm.id}/close`, { disposition: 'test', proof: 'on-site' }),
  ).toMatchObject({
    status: 200,
  });
  expect(await tool.post('/tokens', { name: 'another' })).toMatchObject({ status: 403 });

  const cut = next(socket, 'disconnect');
  expect((await hub.admin.delete(`/tokens/${token.id}`)).status).toBe(204);
  await cut;
  expect(await tool.get('/alarms')).toMatchObject({ status: 401, body: { code: 'not-authenticated' } });
  expect(await next(feedOf(authorization), 'connect_error')).toMatchObject({
    data: { code: 'unauthorized' },
  });

  function feedOf(header: string): Socket {
    return io(hub.url, {
      path: liveFeedPath,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { authorization: header },
      auth: { screenId: 'big-screen' },
    });
  }
});

async function next(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    socket.once(event, resolve);
  });
}
