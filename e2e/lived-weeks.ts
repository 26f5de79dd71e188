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

type Home = { dwelling: { id: string }; resident: { id: string }; door: SignedIn };

/** Two weeks of one resident, told late over MQTT by the devices themselves. */
export async function livedWeeks(hub: ScenarioHub, community: Home): Promise<void> {
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
  const told = (kind: string, hoursOf: (daysAgo: number) => readonly number[]): [string, object][] =>
    midnights.flatMap((midnight, daysAgo) =>
      hoursOf(daysAgo)
        .map((hour) => midnight + hour * hourMs)
        .filter((atMs) => atMs < nowMs)
        .map((atMs): [string, object] => [
          'event',
          { id: `${kind}-${Math.round(atMs)}`, kind, at: at(atMs) },
        ]),
    );
  await say(hub, motion, told('motion.detected', movesOn));
  const openings = [8.5, 9.5, 16.1];
  await say(hub, community.door, [
    ...told('door.opened', (daysAgo) => [...openings, ...(daysAgo % 5 === 3 ? [23.2] : [])]),
    ...told('door.closed', () => openings.map((hour) => hour + 0.01)),
  ]);
  const upAt = (daysAgo: number): number[] => [2.2 + (daysAgo % 4) * 0.45, 5.9];
  await say(hub, bed, [
    ...told('bed.left', upAt),
    ...told('bed.entered', (daysAgo) => [(upAt(daysAgo)[0] ?? 0) + 0.1, 21.5 + (daysAgo % 3) * 0.2]),
  ]);
  const readings = Array.from({ length: days * 4 }, (_, index): [string, object] => {
    const atMs = nowMs - (days * 4 - 1 - index) * 6 * hourMs;
    const battery = 60 + (2 * (nowMs - atMs)) / dayMs;
    return ['reading', { at: at(atMs), battery, rssi: -60 - (index % 5) }];
  });
  await say(hub, motion, readings);
}

/** A call for help that is answered and closed at once. */
export async function answeredCall(hub: ScenarioHub, community: Community): Promise<void> {
  const button = await connectDevice(hub, community.button);
  await button.send('button.pressed', { data: { key: 'help' } });
  const alarm = await eventuallyTold(async () => {
    const [open] = (await community.operator.get<{ items: AlarmView[] }>('/alarms')).body.items;
    if (open === undefined) throw new Error('no open alarm');
    return open;
  });
  await community.operator.create(`/alarms/${alarm.id}/acknowledge`, {});
  await community.operator.create(`/alarms/${alarm.id}/close`, {
    disposition: 'helped-by-phone',
    proof: 'voice-contact',
    note: '',
  });
  await button.end();
}

/** From six in the morning to nine at night, now more, now less; nobody is at home from 8:30 to 9:30. */
function movesOn(daysAgo: number): number[] {
  const moves: number[] = [];
  for (let hour = 6; hour < 21; hour += 0.08 + 0.3 * Math.sin(hour * 2.3 + daysAgo) ** 2) {
    if (hour < 8.5 || hour > 9.5) moves.push(hour);
  }
  return moves;
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
