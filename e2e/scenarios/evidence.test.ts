import type {
  DeviceEvidence,
  MovementEvidence,
  PastEvidence,
  RepeatsEvidence,
} from '@carebell/contracts/evidence.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';

const hour = 3_600_000;
let aheadMs = 0;
const clock = { ...hastyClock, now: () => Date.now() + aheadMs };
let hub: ScenarioHub;
let community: Community;
let screen: Screen;

beforeAll(async () => {
  hub = await startHub({ clock });
  community = await settle(hub);
  screen = await openScreen(hub, community.operator);
});
afterAll(async () => {
  screen.close();
  await hub.stop();
});

const shown = (kind: string) => [...screen.alarms.values()].find((alarm) => alarm.kind === kind);

it('beside an alarm stands what its device, the dwelling and the past say', async () => {
  const { button, door, operator } = community;
  const sensor = await connectDevice(hub, door);
  const device = await connectDevice(hub, button);
  const reading = buildTopic({ of: 'device', deviceId: button.id, kind: 'reading' });
  await device.client.publishAsync(reading, JSON.stringify({ battery: 64, rssi: -71 }), { qos: 1 });
  await sensor.send('door.opened');
  await device.send('test.pressed');
  await device.send('button.pressed', { data: { key: 'help' } });
  const alarm = await eventually(() => {
    const found = shown('help');
    expect(found).toBeDefined();
    return found!;
  });
  await sensor.send('door.closed');
  const part = async <T>(name: string): Promise<T> =>
    (await operator.get<T>(`/alarms/${alarm.id}/evidence/${name}`)).body;
  await eventuallyTold(async () => {
    expect(await part<MovementEvidence>('movement')).toMatchObject({
      sensors: 1,
      before: { kind: 'door.opened', deviceId: door.id, room: '玄关' },
      since: { kind: 'door.closed' },
      knownUntil: null,
    });
    expect(await part<DeviceEvidence>('device')).toMatchObject({
      battery: { now: { value: 64 }, atPress: { value: 64 } },
      signal: { now: { value: -71 } },
      lastTestAt: expect.any(String),
    });
  });
  expect(await part<RepeatsEvidence>('repeats')).toMatchObject({ presses: 1, heardBy: [], duplicates: 0 });
  expect(await part<PastEvidence>('past')).toMatchObject({ alarms: 0, isMore: false });
  await sensor.end();
  await device.end();
});

it('a button that keeps firing is a technical alarm as well, the calls for help stay, and it says when it is quiet', async () => {
  const { fallDetector, button } = community;
  const device = await connectDevice(hub, button);
  for (let n = 0; n < 10; n += 1) await device.send('button.pressed', { data: { key: 'help' } });
  const firing = await eventually(() => {
    const found = shown('device-keeps-firing');
    expect(found).toMatchObject({ priority: 'technical', deviceId: button.id, cancelledAt: null });
    return found!;
  });
  expect(shown('help')).toMatchObject({ phase: 'raised', priority: 'emergency', cancelledAt: null });
  await eventually(() => expect(shown('help')?.presses).toBeGreaterThanOrEqual(10));
  // Another device of the same resident is none the worse for it.
  const detector = await connectDevice(hub, fallDetector);
  await detector.send('fall.detected');
  await eventually(() => expect(shown('fall')).toMatchObject({ phase: 'raised', priority: 'emergency' }));
  aheadMs = hour + 60_000;
  await eventually(() => {
    expect(screen.alarms.get(firing.id)).toMatchObject({ phase: 'raised', cancelledAt: expect.any(String) });
  });
  expect(shown('help')).toMatchObject({ phase: 'raised' });
  await detector.end();
  await device.end();
});
