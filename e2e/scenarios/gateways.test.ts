import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { Device, Gateway, ServiceAccount } from '@carebell/contracts/registry.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { closeAlarm, newButton, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { deviceOf, refusalsOf, saidBy, timesRefused } from '../records.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectGateway, enterBehind, enterGateway } from '../virtual-gateway.ts';
import { connectDevice, connectTo } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;
/** Device changes that the station's screen was told of. */
let told: Device[];

beforeAll(async () => {
  hub = await startHub({ clock: hastyClock });
  community = await settle(hub);
  await look();
});
afterAll(async () => {
  lookout.close();
  await hub.stop();
});

async function look(): Promise<void> {
  lookout = await openLookout(hub, community);
  told = [];
  lookout.screen.socket.on('device', ({ device }) => void told.push(device));
}

const availabilityOf = (deviceId: string) =>
  told.filter(({ id }) => id === deviceId).map(({ availability }) => availability);

describe('a device behind a gateway', () => {
  it('calls for help through it, which is told what is stored, and hears through it that help comes', async () => {
    const account = await enterGateway(hub, community.station.id);
    const deviceId = await enterBehind(hub, community, account.id);
    const gateway = await connectGateway(hub, account);
    const eventId = await gateway.send(deviceId, 'button.pressed', { data: { key: 'help' } });
    await eventually(() => expect(gateway.accepted).toEqual([eventId]));
    expect((await saidBy(hub.admin, deviceId)).map(({ body }) => body)).toMatchObject([{ id: eventId }]);

    const alarm = await lookout.alarmOf(deviceId);
    expect(alarm).toMatchObject({ residentName: '王秀英', isDeviceRegistered: true, isStored: true });
    expect(await lookout.screen.acknowledge(alarm.id)).toMatchObject({ ok: true });
    await closeAlarm(hub, alarm.id);
    await eventually(() => {
      const states = gateway.commands.map(({ command }) => 'data' in command && command.data.state);
      expect(states).toEqual(['received', 'answered', 'closed']);
    });
    expect(gateway.commands.every((command) => command.deviceId === deviceId)).toBe(true);
    await eventuallyTold(async () => {
      const { body } = await hub.admin.get<AlarmDetail>(`/alarms/${alarm.id}`);
      const shown = body.timeline.filter(({ step }) => step === 'reassurance-shown');
      expect(shown).toMatchObject([{ state: 'received' }, { state: 'answered' }, { state: 'closed' }]);
    });
    await gateway.end();
  });

  it('is online and offline as its gateway says, on the registry and on the screens', async () => {
    const account = await enterGateway(hub, community.station.id);
    const deviceId = await enterBehind(hub, community, account.id, 'door-sensor');
    const gateway = await connectGateway(hub, account);
    const wall = await openScreen(hub, community.operator, { hearsDevices: false });
    const toldTheWall: Device[] = [];
    wall.socket.on('device', ({ device }) => void toldTheWall.push(device));
    await eventuallyTold(async () => {
      const { body } = await hub.admin.get<Gateway>(`/gateways/${account.id}`);
      expect(body.availability).toBe('online');
    });
    for (const availability of ['online', 'offline', 'online'] as const) {
      await gateway.announce(deviceId, availability);
      await eventually(() => expect(availabilityOf(deviceId).at(-1)).toBe(availability));
      expect(await deviceOf(community.operator, deviceId)).toMatchObject({ availability });
    }
    expect(toldTheWall).toEqual([]);
    await lookout.expectAlarmsStillRaised();
    expect(wall.changes).not.toEqual([]);
    wall.close();
    await gateway.end();
    await eventuallyTold(async () => {
      const { body } = await hub.admin.get<Gateway>(`/gateways/${account.id}`);
      expect(body.availability).toBe('offline');
    });
  });

  it('of another gateway is not spoken for: refused, recorded, and the others go on', async () => {
    const [own, other] = [
      await enterGateway(hub, community.station.id),
      await enterGateway(hub, community.otherStation.id),
    ];
    const deviceId = await enterBehind(hub, community, own.id);
    const [gateway, intruder] = [await connectGateway(hub, own), await connectGateway(hub, other)];
    await intruder.send(deviceId, 'button.pressed');
    const strayId = `stray-${other.id}`;
    const acceptedId = await intruder.send(strayId, 'door.opened');
    await eventually(() => expect(intruder.accepted).toEqual([acceptedId]));
    const [reason, subject] = ['publish-device-registered-elsewhere', other.id];
    await eventuallyTold(async () => expect(await timesRefused(hub.admin, reason, subject)).toBe(1));
    const topic = buildTopic({ of: 'device', deviceId, kind: 'event' });
    expect(await refusalsOf(hub.admin, { reason, subject })).toMatchObject([{ sample: topic.slice(0, 64) }]);
    expect(await saidBy(hub.admin, deviceId)).toEqual([]);
    expect(intruder.client.connected).toBe(true);

    await gateway.send(deviceId, 'button.pressed');
    await closeAlarm(hub, (await lookout.alarmOf(deviceId)).id);
    await eventually(() => expect(gateway.commands.length).toBeGreaterThan(0));
    expect(intruder.commands).toEqual([]);
    await gateway.end();
    await intruder.end();
  });
});

it('an SOS of a device that nobody registered is an alarm at its gateway’s station, is answered, and the device can be adopted', async () => {
  const account = await enterGateway(hub, community.station.id);
  const gateway = await connectGateway(hub, account);
  const elsewhere = await openScreen(hub, community.otherOperator);
  const strayId = '0x00124b0029aa7b3c';
  await gateway.send(strayId, 'button.pressed', { data: { key: 'help' } });

  const alarm = await lookout.alarmOf(strayId);
  expect(alarm).toMatchObject({
    kind: 'help',
    priority: 'emergency',
    isDeviceRegistered: false,
    residentId: null,
    stationName: '和平一站',
  });
  await eventually(() => expect(gateway.commands).toMatchObject([{ deviceId: strayId }]));
  const strays = await community.installer.get<{ items: Device[] }>('/devices?isRegistered=false');
  expect(strays.body.items).toMatchObject([{ id: strayId, gatewayId: account.id, isRegistered: false }]);
  const notTheirs = await community.otherOperator.get<{ items: Device[] }>('/devices?isRegistered=false');
  expect(notTheirs.body.items.filter(({ id }) => id === strayId)).toEqual([]);
  await closeAlarm(hub, alarm.id);

  const adopted = await community.installer.create<{ device: Device; secret: string | null }>('/devices', {
    id: strayId,
    type: 'button',
    residentId: community.resident.id,
  });
  expect(adopted).toMatchObject({
    secret: null,
    device: { isRegistered: true, gatewayId: account.id, dwellingId: community.dwelling.id },
  });
  await gateway.send(strayId, 'button.pressed', { data: { key: 'help' } });
  const known = await lookout.alarmOf(strayId);
  expect(known).toMatchObject({ isDeviceRegistered: true, residentName: '王秀英' });
  expect(elsewhere.changes).toEqual([]);
  await closeAlarm(hub, known.id);
  elsewhere.close();
  await gateway.end();
});

describe.each([
  ['that subscribes anew', true],
  ['that relies on its kept session', false],
])('a gateway %s', (_, clean) => {
  it('gets the commands that were not answered again when it comes back, and those only', async () => {
    const account = await enterGateway(hub, community.station.id);
    const deviceId = await enterBehind(hub, community, account.id);
    const mute = await connectGateway(hub, account, { answers: false, clean });
    await mute.send(deviceId, 'button.pressed');
    await eventually(() => expect(mute.commands).toHaveLength(1));
    await mute.end();

    const back = await connectGateway(hub, account, { clean });
    await eventually(() =>
      expect(back.commands.map(({ command }) => command.id)).toContain(mute.commands[0]?.command.id),
    );
    const alarm = await lookout.alarmOf(deviceId);
    await eventuallyTold(async () => {
      const { body } = await hub.admin.get<AlarmDetail>(`/alarms/${alarm.id}`);
      expect(body.timeline.map(({ step }) => step)).toContain('reassurance-shown');
    });
    await back.end();

    const again = await connectGateway(hub, account, { clean });
    await lookout.screen.acknowledge(alarm.id);
    await eventually(() => {
      // A command that is given while the session is taken up again may be repeated; its identifier tells.
      const states = new Map(
        again.commands.map(({ command }) => [command.id, 'data' in command && command.data.state]),
      );
      expect([...states.values()]).toEqual(['answered']);
    });
    await closeAlarm(hub, alarm.id);
    await again.end();
  });
});

describe('a renewed secret', () => {
  it.each(['gateways', 'devices'] as const)(
    'of %s closes the connection at once, and the old one opens no other',
    async (kind) => {
      const account: SignedIn =
        kind === 'gateways' ? await enterGateway(hub, community.station.id) : await newButton(hub, community);
      const client = await connectTo(hub, account, { reconnectPeriod: 0 });
      const { secret } = await community.installer.create<{ secret: string }>(
        `/${kind}/${account.id}/secret`,
        undefined,
      );
      await eventually(() => expect(client.connected).toBe(false));
      await expect(connectTo(hub, account, { reconnectPeriod: 0 })).rejects.toMatchObject({ code: 5 });
      await eventuallyTold(async () =>
        expect(await timesRefused(hub.admin, 'wrong-secret', account.id)).toBeGreaterThan(0),
      );
      const renewed = await connectTo(hub, { ...account, secret }, { reconnectPeriod: 0 });
      expect(renewed.connected).toBe(true);
      await renewed.endAsync(true);
    },
  );
});

describe('a device whose connection is gone', () => {
  const offlineWill = (deviceId: string) => ({
    will: {
      topic: buildTopic({ of: 'device', deviceId, kind: 'availability' }),
      payload: Buffer.from('offline'),
      qos: 1 as const,
      retain: true,
    },
  });

  it.each([
    ['with a will', true],
    ['without one', false],
  ])(
    '%s is offline on the registry and on the screens, and online again when it is back',
    async (_, hasWill) => {
      const account = await newButton(hub, community);
      const options = hasWill ? offlineWill(account.id) : {};
      const device = await connectDevice(hub, account, { reconnectPeriod: 0, ...options });
      await eventually(() => expect(availabilityOf(account.id).at(-1)).toBe('online'));
      device.client.stream.destroy();
      await eventually(() => expect(availabilityOf(account.id).at(-1)).toBe('offline'));
      expect(await deviceOf(community.operator, account.id)).toMatchObject({ availability: 'offline' });
      const [change] = (await saidBy(hub.admin, account.id)).filter(({ type }) => type === 'availability');
      expect(change).toMatchObject({ kind: 'offline', body: { cause: 'connection-lost' } });

      const back = await connectDevice(hub, account, options);
      await eventually(() => expect(availabilityOf(account.id).at(-1)).toBe('online'));
      expect(await deviceOf(community.operator, account.id)).toMatchObject({ availability: 'online' });
      await back.end();
    },
  );
});

it('who was online and offline is retained over a restart of the hub, for a service that reads it all', async () => {
  const { account, secret } = await hub.admin.create<{ account: ServiceAccount; secret: string }>(
    '/mqtt-accounts',
    { id: 'street-platform', name: '街道平台' },
  );
  const [here, gone] = [await newButton(hub, community), await newButton(hub, community)];
  const device = await connectDevice(hub, here, { reconnectPeriod: 0 });
  await (await connectDevice(hub, gone)).end();
  await eventually(() => {
    expect(availabilityOf(here.id)).toContain('online');
    expect(availabilityOf(gone.id).at(-1)).toBe('offline');
  });
  lookout.close();
  await hub.restart();

  const service = await connectTo(hub, { id: account.id, secret });
  const retained = new Map<string, string>();
  service.on('message', (topic, payload, { retain }) => {
    if (retain) retained.set(topic, payload.toString());
  });
  const topicOf = (deviceId: string) => buildTopic({ of: 'device', deviceId, kind: 'availability' });
  await service.subscribeAsync(topicOf('+'), { qos: 1 });
  await eventually(() => {
    expect(retained.get(topicOf(here.id))).toBe('online');
    expect(retained.get(topicOf(gone.id))).toBe('offline');
  });
  await service.endAsync(true);
  await device.end();
});
