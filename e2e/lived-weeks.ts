import { buildTopic } from '@carebell/contracts/topics.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { issueDevice } from './community.ts';
import type { Community, SignedIn } from './community.ts';
import { eventuallyTold } from './eventually.ts';
import type { ScenarioHub } from './scenario-hub.ts';
import { connectDevice, connectTo } from './virtual-party.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const days = 14;

/** Two weeks of one resident, told late over MQTT by the devices themselves; and a call that was answered and closed. */
export async function livedWeeks(hub: ScenarioHub, community: Community): Promise<void> {
  const { admin } = hub;
  const place = { dwellingId: community.dwelling.id, residentId: community.resident.id };
  const motion = await issueDevice(admin, {
    ...place,
    type: 'motion-sensor',
    name: '人体感应',
    room: '客厅',
  });
  const bed = await issueDevice(admin, { ...place, type: 'bed-sensor', name: '床垫', room: '卧室' });
  const nowMs = Date.now();
  const shanghaiMidnight = nowMs - ((nowMs + 8 * hourMs) % dayMs);
  const midnights = Array.from({ length: days + 1 }, (_, ago) => shanghaiMidnight - ago * dayMs);
  const told = (kind: string, hours: readonly number[]): [string, object][] =>
    midnights.flatMap((midnight) =>
      hours
        .map((hour) => midnight + hour * hourMs)
        .filter((atMs) => atMs < nowMs)
        .map((atMs): [string, object] => ['event', { id: `${kind}-${atMs}`, kind, at: at(atMs) }]),
    );
  const moves = Array.from({ length: 40 }, (_, index) => 6 + index * 0.35).filter(
    (hour) => hour < 8.5 || hour > 9.5,
  );
  await say(hub, motion, told('motion.detected', moves));
  await say(hub, community.door, [
    ...told('door.opened', [8.5, 9.5, 23.2]),
    ...told('door.closed', [8.51, 9.51, 23.21]),
  ]);
  await say(hub, bed, [...told('bed.left', [2.2, 5.9]), ...told('bed.entered', [2.3, 21.5])]);
  const readings = Array.from({ length: days * 4 }, (_, index): [string, object] => {
    const atMs = nowMs - (days * 4 - 1 - index) * 6 * hourMs;
    const battery = 60 + (2 * (nowMs - atMs)) / dayMs;
    return ['reading', { at: at(atMs), battery, rssi: -60 - (index % 5) }];
  });
  await say(hub, motion, readings);

  const button = await connectDevice(hub, community.button);
  await button.send('button.pressed', { data: { key: 'help' } });
  const alarm = await eventuallyTold(async () => {
    const [open] = (await community.operator.get<{ items: AlarmView[] }>('/alarms')).body.items;
    if (open === undefined) throw new Error('no open alarm');
    return open;
  });
  await community.operator.create(`/alarms/${alarm.id}/acknowledge`, {});
  await community.operator.create(`/alarms/${alarm.id}/close`, { disposition: 'helped-by-phone', note: '' });
  await button.end();
}

function at(atMs: number): string {
  return new Date(Math.round(atMs)).toISOString();
}

async function say(
  hub: ScenarioHub,
  account: SignedIn,
  messages: readonly [string, object][],
): Promise<void> {
  const client = await connectTo(hub, account);
  await Promise.all(
    messages.map(([kind, body]) => {
      const topic = buildTopic({ of: 'device', deviceId: account.id, kind: kind as 'event' | 'reading' });
      return client.publishAsync(topic, JSON.stringify(body), { qos: 1 });
    }),
  );
  await client.endAsync();
}
