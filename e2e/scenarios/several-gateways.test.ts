import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { Device, NewDevice } from '@carebell/contracts/registry.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { closeAlarm, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { deviceOf, saidBy, timesRefused } from '../records.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectGateway, enterGateway } from '../virtual-gateway.ts';
import type { VirtualGateway } from '../virtual-gateway.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;
let [first, second, elsewhere]: SignedIn[] = [];
let [firstGateway, secondGateway]: VirtualGateway[] = [];

beforeAll(async () => {
  hub = await startHub({ clock: hastyClock });
  community = await settle(hub);
  lookout = await openLookout(hub, community);
  first = await enterGateway(hub, community.station.id);
  second = await enterGateway(hub, community.station.id);
  elsewhere = await enterGateway(hub, community.otherStation.id);
  firstGateway = await connectGateway(hub, first);
  secondGateway = await connectGateway(hub, second);
});
afterAll(async () => {
  await firstGateway!.end();
  await secondGateway!.end();
  lookout.close();
  await hub.stop();
});

/** A radio button that belongs to nobody, so that its alarms are joined by no other device's. */
async function enterButton(more: Partial<NewDevice> = {}): Promise<Device> {
  const body = { type: 'button', gatewayId: first!.id, ...more };
  return (await community.installer.create<{ device: Device }>('/devices', body)).device;
}

async function alarmOf(deviceId: string): Promise<AlarmDetail> {
  const { id } = await lookout.alarmOf(deviceId);
  return (await hub.admin.get<AlarmDetail>(`/alarms/${id}`)).body;
}

const said = async (deviceId: string) =>
  (await saidBy(hub.admin, deviceId))
    .toReversed()
    .filter(({ type }) => type === 'event' || type === 'echo')
    .map(({ type, gatewayId, kind, reason }) => ({ type, gatewayId, kind, reason }));

describe('a press that two gateways of a station hear', () => {
  it.each([
    ['a registered button', true],
    ['a code that nobody entered', false],
  ])('is one alarm with one press, and one echo: of %s', async (_, isEntered) => {
    const id = isEntered ? (await enterButton()).id : 'rf433.ev1527.0beef';
    const sent = await Promise.all(
      [firstGateway!, secondGateway!].map((gateway) =>
        gateway.send(id, 'button.pressed', { data: { key: 'help' } }),
      ),
    );
    await eventually(() => {
      expect(firstGateway!.accepted).toContain(sent[0]);
      expect(secondGateway!.accepted).toContain(sent[1]);
    });

    const alarm = await alarmOf(id);
    expect(alarm).toMatchObject({ phase: 'raised', presses: 1, isDeviceRegistered: isEntered });
    const steps = alarm.timeline.map(({ step }) => step);
    expect(steps.filter((step) => step === 'raised' || step === 'pressed-again')).toEqual(['raised']);
    const heard = await said(id);
    expect(heard).toMatchObject([
      { type: 'event', reason: null },
      { type: 'echo', reason: 'heard-by-another-gateway' },
    ]);
    expect(new Set(heard.map(({ gatewayId }) => gatewayId))).toEqual(new Set([first!.id, second!.id]));
    await eventuallyTold(async () =>
      expect(await timesRefused(hub.admin, 'heard-by-another-gateway', id)).toBe(1),
    );
    await closeAlarm(hub, alarm.id);
  });

  it('raises no second alarm when one of them was cut off and tells of it after the case was closed', async () => {
    const { id } = await enterButton();
    await firstGateway!.send(id, 'button.pressed', { data: { key: 'help' } });
    const pressedAtMs = Date.now();
    const alarm = await alarmOf(id);
    await closeAlarm(hub, alarm.id);
    await eventually(() => expect(lookout.screen.alarms.has(alarm.id)).toBe(false));
    const ageMs = Date.now() - pressedAtMs;
    await secondGateway!.send(id, 'button.pressed', { data: { key: 'help', rssi: -92 }, ageMs });
    expect(await said(id)).toMatchObject([{ type: 'event' }, { type: 'echo', gatewayId: second!.id }]);
    const { body } = await hub.admin.get<{ items: unknown[] }>(`/alarms?phase=all&deviceId=${id}`);
    expect(body.items).toHaveLength(1);
  });

  it('is an alarm if the second one alone hears it, and the device is answered through its own', async () => {
    const { id } = await enterButton();
    const eventId = await secondGateway!.send(id, 'button.pressed', { data: { key: 'help' } });
    await eventually(() => expect(secondGateway!.accepted).toContain(eventId));
    const alarm = await alarmOf(id);
    expect(alarm).toMatchObject({ presses: 1, stationId: community.station.id });
    const answered = (gateway: VirtualGateway) => gateway.commands.some(({ deviceId }) => deviceId === id);
    await eventually(() => expect(answered(firstGateway!)).toBe(true));
    expect(answered(secondGateway!)).toBe(false);
    await closeAlarm(hub, alarm.id);
  });
});

it('a gateway says of a neighbour’s device what it hears, and not how it is', async () => {
  const { id } = await enterButton();
  await firstGateway!.announce(id, 'online');
  await eventuallyTold(async () => expect((await deviceOf(hub.admin, id)).availability).toBe('online'));
  await secondGateway!.announce(id, 'offline');
  await eventuallyTold(async () =>
    expect(await timesRefused(hub.admin, 'publish-device-registered-elsewhere', second!.id)).toBeGreaterThan(
      0,
    ),
  );
  expect((await deviceOf(hub.admin, id)).availability).toBe('online');
});

describe('the list of the devices that a gateway hears', () => {
  it('comes when it subscribes, follows each change at its station, and holds nothing of other stations', async () => {
    const other = await connectGateway(hub, elsewhere!);
    await eventually(() => expect(other.lists).toEqual([[]]));
    const heardAs = 'rf433.ev1527.0f749';
    const signals = { 'key.4': { kind: 'button.pressed', key: 'taxi' } } as const;
    const { id } = await enterButton({ heardAs, signals });
    const listed = (gateway: VirtualGateway) => gateway.lists.at(-1)?.find((device) => device.id === id);
    for (const gateway of [firstGateway!, secondGateway!]) {
      await eventually(() => expect(listed(gateway)).toEqual({ id, type: 'button', heardAs, signals }));
    }
    await community.installer.patch(`/devices/${id}`, { type: 'terminal', heardAs: null });
    await eventually(() => expect(listed(secondGateway!)).toMatchObject({ type: 'terminal', heardAs: null }));
    const told = secondGateway!.lists.length;
    await community.installer.patch(`/devices/${id}`, { room: '卧室' });
    await community.installer.patch(`/devices/${id}`, { type: 'button' });
    await eventually(() => expect(listed(secondGateway!)).toMatchObject({ type: 'button' }));
    expect(secondGateway!.lists).toHaveLength(told + 1);

    await hub.admin.patch(`/gateways/${elsewhere!.id}`, { stationId: community.station.id });
    await eventually(() => expect(listed(other)).toMatchObject({ id }));
    await hub.admin.patch(`/gateways/${elsewhere!.id}`, { stationId: community.otherStation.id });
    await eventually(() => expect(other.lists.at(-1)).toEqual([]));
    await other.end();
  });

  it.each([
    ['that subscribes anew', true],
    ['that relies on its kept session', false],
  ])('comes again to a gateway %s', async (_, clean) => {
    const account = await enterGateway(hub, community.otherStation.id);
    const before = await connectGateway(hub, account, { clean });
    await eventually(() => expect(before.lists).toHaveLength(1));
    await before.end();
    const back = await connectGateway(hub, account, { clean });
    await eventually(() => expect(back.lists.length).toBeGreaterThan(0));
    await back.end();
  });
});

describe('a gateway that has not heard the list yet', () => {
  it('loses no press: the hub knows the code and what its signal means', async () => {
    const code = 'rf433.ev1527.0c0de';
    const signals = { 'key.8': { kind: 'button.pressed', key: 'taxi' } } as const;
    const place = { dwellingId: community.dwelling.id, residentId: community.resident.id };
    const home = await hub.admin.create<{ device: Device }>('/devices', {
      type: 'button',
      gatewayId: first!.id,
      heardAs: code,
      signals,
      ...place,
    });
    const { id } = home.device;
    for (const [signal, kind] of [
      ['key.4', 'help'],
      ['key.8', 'taxi'],
    ] as const) {
      const eventId = await secondGateway!.send(code.toUpperCase(), 'code.received', { data: { signal } });
      await eventually(() => expect(secondGateway!.accepted).toContain(eventId));
      const alarm = await eventually(() => {
        const shown = [...lookout.screen.alarms.values()].find(
          (each) => each.deviceId === id && each.kind === kind,
        );
        if (!shown) throw new Error(`no ${kind} of ${id}`);
        return shown;
      });
      expect(alarm).toMatchObject({ residentName: '王秀英', isDeviceRegistered: true });
      await closeAlarm(hub, alarm.id);
    }
    const last = (await saidBy(hub.admin, id)).find(({ type }) => type === 'event');
    expect(last).toMatchObject({ kind: 'button.pressed', body: { data: { signal: 'key.8', key: 'taxi' } } });
    const { lastSeenAt } = await deviceOf(hub.admin, id);
    expect(lastSeenAt).not.toBeNull();
    expect((await hub.admin.get(`/devices/${code}`)).status).toBe(404);
  });
});
