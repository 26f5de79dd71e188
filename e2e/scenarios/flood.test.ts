import type { JournalEvent } from '@carebell/contracts/http-api.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventuallyTold } from '../eventually.ts';
import { closeAlarm, newButton, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { timesRefused } from '../records.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice, connectTo } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  lookout = await openLookout(hub, community);
});
afterAll(async () => {
  lookout.close();
  await hub.stop();
});

/** At 20 a second a device may send 200 at once, and no event is held back for longer than a second. */
const flood = 2_000;
const admittedAtOnce = 200;

it('a press amid 2,000 events of one device is shown at once, all are stored and acknowledged, and the flood is recorded', async () => {
  const device = await newButton(hub, community);
  const client = await connectTo(hub, device);
  const topic = buildTopic({ of: 'device', deviceId: device.id, kind: 'event' });
  const acknowledged: string[] = [];
  const publish = async (id: string, kind: string): Promise<void> => {
    await client.publishAsync(topic, JSON.stringify({ id, kind }), { qos: 1 });
    acknowledged.push(id);
  };

  const sent: Promise<void>[] = [];
  for (let index = 0; index < flood / 2; index += 1) sent.push(publish(`before-${index}`, 'door.opened'));
  sent.push(publish('press', 'button.pressed'));
  for (let index = 0; index < flood / 2; index += 1) sent.push(publish(`after-${index}`, 'door.opened'));

  const alarm = await lookout.alarmOf(device.id);
  const acknowledgedWhenShown = acknowledged.length;
  await Promise.all(sent);
  expect(alarm).toMatchObject({ kind: 'help', presses: 1 });
  // Nobody had to wait for the events ahead of the press: most of them were still held back.
  expect(acknowledgedWhenShown).toBeLessThan(flood / 2);
  // PUBACKs leave in the order in which the PUBLISHes came [MQTT-4.6.0-2].
  expect(acknowledged.indexOf('press')).toBe(flood / 2);

  expect(await stored(device.id)).toEqual(acknowledged.toSorted((a, b) => a.localeCompare(b)));
  await eventuallyTold(async () => {
    const overRate = await timesRefused(hub.admin, 'over-rate', device.id);
    expect(overRate).toBeGreaterThan(flood / 2);
    expect(overRate).toBeLessThanOrEqual(flood - admittedAtOnce);
  });
  await closeAlarm(hub, alarm.id);
  await client.endAsync();
});

it('the flood of one device delays no press of another', async () => {
  const noisy = await newButton(hub, community);
  const client = await connectTo(hub, noisy);
  const topic = buildTopic({ of: 'device', deviceId: noisy.id, kind: 'event' });
  const sent = Array.from({ length: flood }, (_, index) =>
    client.publishAsync(topic, JSON.stringify({ id: `e${index}`, kind: 'motion.detected' }), { qos: 1 }),
  );
  let isFloodOver = false;
  const over = (async () => {
    await Promise.all(sent);
    isFloodOver = true;
  })();
  const button = await newButton(hub, community);
  const device = await connectDevice(hub, button);
  await device.send('button.pressed');
  const alarm = await lookout.alarmOf(button.id);
  expect(isFloodOver).toBe(false);
  await over;
  await closeAlarm(hub, alarm.id);
  await device.end();
  await client.endAsync();
});

async function stored(deviceId: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { body } = await hub.admin.get<{ items: JournalEvent[]; cursor: string | null }>(
      `/events?deviceId=${deviceId}&limit=500${page}`,
    );
    for (const { type, body: event } of body.items)
      if (type === 'event') ids.push((event as { id: string }).id);
    cursor = body.cursor;
  }
  return ids.toSorted((a, b) => a.localeCompare(b));
}
