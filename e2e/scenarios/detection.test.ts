import type { AlarmView, TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import { reasonSentence } from '@carebell/contracts/detection-sentence.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../api.ts';
import { issueDevice, logInAgain, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { rulesHaveSeenAll } from '../detection-pace.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';

const minuteMs = 60_000;
/** Shorter than what the hub takes for a time in which it was down. */
const stepMs = 3 * minuteMs;
const zone = 'Asia/Shanghai';
/** Hours pass, each few minutes with an exchange with the hub. */
const patienceMs = 120_000;
const oneAtNight = Date.UTC(2026, 2, 14, 17);

const moving = createMovingClock(oneAtNight);
/** Nights pass quickly: what the hub does every second it does every twenty here, so that it keeps pace. */
const lookEveryMs = 20_000;
const clock = {
  ...moving,
  every: (periodMs: number, action: () => void) => moving.every(Math.max(periodMs, lookEveryMs), action),
};
let hub: ScenarioHub;
let community: Community;
let screen: Screen;
let operator: Api;
const accounts: Record<string, SignedIn> = {};
let devices: Record<string, VirtualDevice> = {};

beforeAll(async () => {
  hub = await startHub(
    {
      clock,
      gateLimits: { lateAfterMs: 24 * 60 * minuteMs, overdueAfterMs: 24 * 60 * minuteMs },
    },
    { CAREBELL_TIME_ZONE: zone },
  );
  community = await settle(hub);
  const { resident, dwelling } = community;
  await hub.admin.patch(`/residents/${resident.id}`, { riskGroups: ['dementia'] });
  const furnish = async (name: string, type: DeviceType, room: string) => {
    accounts[name] = await issueDevice(hub.admin, { type, room, dwellingId: dwelling.id });
  };
  await furnish('living', 'motion-sensor', '客厅');
  await furnish('bathroom', 'motion-sensor', '卫生间');
  await furnish('bed', 'bed-sensor', '卧室');
  accounts['door'] = community.door;
  await switchOn();
});
afterAll(async () => {
  screen.close();
  await switchOff();
  await hub.stop();
});

async function switchOn(): Promise<void> {
  for (const [name, account] of Object.entries(accounts))
    devices[name] = await connectDevice(hub, account, { keepalive: 600 });
  operator = await logInAgain(hub, 'li');
  screen = await openScreen(hub, operator);
}
async function switchOff(): Promise<void> {
  await Promise.all(Object.values(devices).map(({ end }) => end()));
  devices = {};
}

/** Every device says that it lives. A heartbeat that is acknowledged has gone through the store, behind what fell due before. */
async function beat(): Promise<void> {
  await Promise.all(Object.keys(devices).map((name) => says(name, 'heartbeat')));
  await operator.get('/alarms?limit=1');
}

/** Lets time pass, or passes it until a time of the day, with a real exchange after each step, so that what falls due is carried out. */
async function passMinutes(minutes: number): Promise<void> {
  const untilMs = clock.now() + minutes * minuteMs;
  while (clock.now() < untilMs) {
    clock.move(Math.min(stepMs, untilMs - clock.now()));
    await beat();
    if (clock.now() < untilMs) await rulesHaveSeenAll(hub, () => clock.move(lookEveryMs));
  }
}
async function passUntil(clockTime: string): Promise<void> {
  const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
  const local = ((clock.now() + 8 * 60 * minuteMs) % (24 * 60 * minuteMs)) / minuteMs;
  const left = hours * 60 + minutes - local;
  await passMinutes(left < 0 ? left + 24 * 60 : left);
}
async function passLooks(looks: number): Promise<void> {
  for (let passed = 0; passed < looks; passed += 1) {
    clock.move(lookEveryMs);
    await beat();
  }
}

/** Looks until it holds, while time passes: the hub looks by its clock. */
function inAWhile<T>(look: () => T | Promise<T>): Promise<T> {
  return eventually(() => {
    clock.move(lookEveryMs);
    return look();
  });
}

const says = (name: string, kind: string, atMs = clock.now()) =>
  devices[name]!.send(kind, { at: new Date(atMs).toISOString() });

/** The alarm of a kind on the station's screen, once it is there. */
async function alarmOf(kind: string): Promise<AlarmView> {
  return inAWhile(() => {
    const alarm = [...screen.alarms.values()].find((one) => one.kind === kind && one.phase !== 'closed');
    expect(alarm?.reason).toBeDefined();
    return alarm!;
  });
}
async function timeline(alarmId: string): Promise<TimelineEntry[]> {
  return (await operator.get<AlarmDetail>(`/alarms/${alarmId}`)).body.timeline;
}
const kindsOnScreen = () => [...screen.alarms.values()].map(({ kind }) => kind);

describe('a resident with dementia who goes out at night', () => {
  let alarm: AlarmView;

  it(
    'is an emergency on the wall at the next look, with the reason and the time',
    async () => {
      await says('living', 'motion.detected');
      await passUntil('01:20');
      await says('bed', 'bed.entered');
      await passUntil('02:10');
      expect(kindsOnScreen()).toEqual([]);
      await says('bed', 'bed.left');
      await says('door', 'door.opened');
      alarm = await alarmOf('wandering');
      expect(alarm).toMatchObject({ priority: 'emergency', residentName: '王秀英', deviceName: '入户门' });
      expect(reasonSentence(alarm.reason!, 'zh-CN', zone)).toBe('夜间 02:10 门（玄关）被打开。');
    },
    patienceMs,
  );

  it(
    'is one alarm however often the contact bounces',
    async () => {
      for (let count = 0; count < 10; count += 1)
        await says('door', count % 2 === 0 ? 'door.closed' : 'door.opened');
      await says('door', 'door.closed');
      await passLooks(3);
      expect(screen.alarms.get(alarm.id)).toMatchObject({ presses: 1 });
      expect(kindsOnScreen()).toEqual(['wandering']);
    },
    patienceMs,
  );

  it(
    'is noted to be back, and the alarm stays open',
    async () => {
      await passUntil('02:20');
      await says('living', 'motion.detected');
      await inAWhile(async () =>
        expect((await timeline(alarm.id)).map(({ step }) => step)).toContain('activity-seen'),
      );
      await says('bed', 'bed.entered');
      expect(screen.alarms.get(alarm.id)?.phase).toBe('raised');
    },
    patienceMs,
  );
});

describe('a resident who does not get up', () => {
  let alarm: AlarmView;

  it(
    'is noticed in the morning, though the hub was restarted in the night',
    async () => {
      await passUntil('05:00');
      screen.close();
      await switchOff();
      await hub.restart();
      await switchOn();
      await passUntil('09:58');
      expect(kindsOnScreen()).not.toContain('not-up');
      await passUntil('10:01');
      alarm = await alarmOf('not-up');
      expect(alarm).toMatchObject({ priority: 'urgent', reason: { by: '10:00', count: 0 } });
    },
    patienceMs,
  );

  it(
    'is not taken for up because of an event that comes late, which stands on the time line',
    async () => {
      await says('living', 'motion.detected', clock.now() - 3 * 60 * minuteMs);
      await inAWhile(async () => {
        const entry = (await timeline(alarm.id)).find(({ step }) => step === 'later-event');
        expect(entry).toMatchObject({ eventKind: 'motion.detected', deviceId: accounts['living']!.id });
      });
      expect(screen.alarms.get(alarm.id)?.phase).toBe('raised');
    },
    patienceMs,
  );
});

describe('a resident who lies on the floor of the bathroom', () => {
  it(
    'is noticed though a sensor elsewhere has nothing to say, and named with the room',
    async () => {
      await says('bed', 'bed.left');
      for (let round = 0; round < 3; round += 1) {
        await says('living', 'motion.detected');
        await passMinutes(10);
      }
      await says('bathroom', 'motion.detected');
      const wentInMs = clock.now();
      await passMinutes(72);
      expect(kindsOnScreen()).not.toContain('bathroom-long');
      await passMinutes(4);
      const alarm = await alarmOf('bathroom-long');
      expect(Date.parse(alarm.reason?.since ?? '')).toBe(wentInMs);
      expect(alarm.reason).toMatchObject({ room: '卫生间', limitMinutes: 75 });
    },
    patienceMs,
  );
});

describe('a door that was opened at night, of which the hub hears in the morning', () => {
  it(
    'raises nothing any more',
    async () => {
      const before = kindsOnScreen().length;
      const openedMs = clock.now() - 7 * 60 * minuteMs;
      await says('door', 'door.opened', openedMs);
      await says('door', 'door.closed', openedMs + 20_000);
      await passLooks(3);
      expect(kindsOnScreen()).toHaveLength(before);
    },
    patienceMs,
  );
});
