import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Gateway } from '@carebell/contracts/registry.ts';
import type { Supervised, TestCoverage } from '@carebell/contracts/supervision.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { issueDevice, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice, connectTo } from '../virtual-party.ts';

const minute = 60_000;
let hub: ScenarioHub;
let community: Community;
const clock = createMovingClock();

beforeAll(async () => {
  hub = await startHub({ clock, gateLimits: { lateAfterMs: 1e12, overdueAfterMs: 1e12 } });
  community = await settle(hub);
});
afterAll(() => hub.stop());

/** In steps, with a real exchange after each, so that what falls due is carried out before time goes on. */
async function pass(ms: number, step = ms / 20): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    clock.move(step);
    await hub.admin.get('/alarms');
    await hub.admin.get('/supervision/quiet');
  }
}

/** A second passes with each look, because the hub looks by its clock too. */
function comes(look: () => Promise<void>): Promise<void> {
  return vi.waitFor(async () => {
    clock.move(1_000);
    await look();
  });
}

const technical = async (deviceId: string): Promise<AlarmView[]> => {
  const { body } = await hub.admin.get<{ items: AlarmView[] }>('/alarms');
  return body.items.filter((alarm) => alarm.deviceId === deviceId);
};
const watched = (of: string, id: string) =>
  hub.admin.get<Supervised>(`/supervision/${of}/${id}`).then(({ body }) => body);

async function speak(account: SignedIn): Promise<void> {
  const device = await connectDevice(hub, account);
  await device.send('heartbeat');
  await device.end();
  // What was heard is noted, and whoever was not waited for is from now on.
  await pass(10_000, 1_000);
}

it('nobody waits for a device that was never heard', async () => {
  await pass(3 * minute, minute);
  expect(await watched('device', community.door.id)).toMatchObject({
    hearing: 'not-yet',
    setting: { class: 'zigbee-battery' },
    isDefault: true,
    nextDeadlineAt: null,
  });
});

it('a device that falls silent is one technical alarm, which says so when it is heard again', async () => {
  const { id } = community.button;
  await hub.admin.put(`/supervision/device/${id}`, { setting: { class: 'sp4' } });
  await speak(community.button);
  await comes(async () => expect(await watched('device', id)).toMatchObject({ hearing: 'heard' }));
  await pass(2 * minute);
  expect(await technical(id)).toEqual([]);

  await pass(2 * minute);
  await comes(async () => {
    expect(await technical(id)).toMatchObject([
      { kind: 'device-silent', priority: 'technical', residentName: '王秀英', presses: 1, cancelledAt: null },
    ]);
  });
  await pass(60 * minute);
  expect(await technical(id)).toMatchObject([{ presses: 1 }]);
  expect(await watched('device', id)).toMatchObject({
    hearing: 'silent',
    lastWord: expect.stringContaining('heartbeat'),
  });

  expect((await hub.admin.get(`/devices/${id}`)).body).toMatchObject({ availability: 'offline' });
  await speak(community.button);
  await comes(async () => {
    const [alarm] = await technical(id);
    expect(alarm?.cancelledAt).not.toBeNull();
  });
  expect(await watched('device', id)).toMatchObject({ hearing: 'heard', missed: 0 });
});

it('what the hub did not hear because it was away is no silence, and its deadlines outlive it', async () => {
  const { id } = community.fallDetector;
  await hub.admin.put(`/supervision/device/${id}`, { setting: { class: 'sp3' } });
  await speak(community.fallDetector);
  await comes(async () => expect(await watched('device', id)).toMatchObject({ hearing: 'heard' }));
  await pass(10 * minute);
  await hub.restart();
  await pass(15 * minute);
  expect(await technical(id)).toEqual([]);
  await pass(10 * minute);
  await comes(async () => expect(await technical(id)).toMatchObject([{ kind: 'device-silent' }]));
});

it('a gateway that is gone is one alarm, and its devices are unknown, not silent', async () => {
  const { gateway, secret } = await hub.admin.create<{ gateway: Gateway; secret: string }>('/gateways', {
    stationId: community.station.id,
  });
  const behind = await Promise.all(
    [1, 2, 3].map((number) =>
      issueDevice(hub.admin, {
        id: `radio-${number}`,
        type: 'motion-sensor',
        stationId: community.station.id,
        gatewayId: gateway.id,
      }),
    ),
  );
  const [first] = behind;
  for (const { id } of behind) {
    await hub.admin.put(`/supervision/device/${id}`, { setting: { class: 'zigbee-mains' } });
  }
  const link = await connectTo(hub, { id: gateway.id, secret }, { keepalive: 0 });
  for (const { id } of behind) {
    const body = JSON.stringify({ id: `h-${id}`, kind: 'heartbeat' });
    await link.publishAsync(buildTopic({ of: 'device', deviceId: id, kind: 'event' }), body, { qos: 1 });
  }
  await pass(10_000, 1_000);
  await comes(async () => expect(await watched('device', first!.id)).toMatchObject({ hearing: 'heard' }));
  // A living connection is a sign of life, however quiet.
  await pass(5 * minute);
  expect(await technical(gateway.id)).toEqual([]);

  await link.endAsync(true);
  await pass(5 * minute);
  await comes(async () =>
    expect(await technical(gateway.id)).toMatchObject([{ kind: 'gateway-silent', cancelledAt: null }]),
  );
  expect(await watched('gateway', gateway.id)).toMatchObject({ covers: behind.map(({ id }) => id) });
  await pass(60 * minute);
  for (const { id } of behind) {
    expect(await technical(id)).toEqual([]);
    expect(await watched('device', id)).toMatchObject({ hearing: 'unknown' });
    expect((await hub.admin.get(`/devices/${id}`)).body).toMatchObject({ availability: null });
  }

  const again = await connectTo(hub, { id: gateway.id, secret }, { keepalive: 0 });
  await again.publishAsync(buildTopic({ of: 'gateway', gatewayId: gateway.id, kind: 'health' }), '{}', {
    qos: 1,
  });
  await pass(5_000, 1_000);
  await comes(async () => expect((await technical(gateway.id))[0]?.cancelledAt).not.toBeNull());
  await pass(8 * minute);
  for (const { id } of behind) expect(await technical(id)).toEqual([]);
  // The gateway hears nothing of all three: it is the receiver that somebody must look after, not three devices.
  await pass(20 * minute);
  await comes(async () =>
    expect((await technical(gateway.id)).map(({ kind }) => kind).toSorted()).toEqual([
      'gateway-silent',
      'receiver-deaf',
    ]),
  );
  for (const { id } of behind) expect(await technical(id)).toEqual([]);
  await again.endAsync(true);
});

it('a button counts as tested after its press, by station', async () => {
  const coverage = async () =>
    (await hub.admin.get<TestCoverage>('/supervision/button-tests')).body.items.find(
      ({ stationId }) => stationId === community.station.id,
    );
  const other = await issueDevice(hub.admin, { type: 'button', residentId: community.resident.id });
  expect(await coverage()).toMatchObject({ every: 'month', all: 2, tested: 0 });
  const button = await connectDevice(hub, community.button);
  await button.send('test.pressed');
  await button.end();
  await comes(async () =>
    expect(await coverage()).toMatchObject({ tested: 1, due: [{ deviceId: other.id, testedAt: null }] }),
  );
  const path = `/supervision/button-tests/${community.station.id}`;
  expect(await hub.admin.put(path, { every: 'week' })).toMatchObject({ status: 200 });
  expect(await coverage()).toMatchObject({ every: 'week' });
});
