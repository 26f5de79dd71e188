import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Rule } from '@carebell/contracts/detection.ts';
import type { DeviceType, Dwelling, Resident } from '@carebell/contracts/registry.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { issueDevice, settle } from '../community.ts';
import { rulesHaveSeenAll } from '../detection-pace.ts';
import { eventuallyTold } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';

const minuteMs = 60_000;
const stepMs = 2 * minuteMs;
/** The rules look once a second. */
const lookMs = 1_000;
/** Hours pass, each two minutes with what every home says in them. */
const patienceMs = 240_000;
/** Eight in the morning in Shanghai. */
const clock = createMovingClock(Date.UTC(2026, 2, 14, 0));
const startMs = clock.now();
const rules: Rule[] = [
  { id: 'still', kind: 'inactivity', from: '07:00', to: '23:00', afterMinutes: 120, inBedAfterMinutes: null },
  { id: 'stuck', kind: 'sensor-stuck', afterMinutes: 360 },
  { id: 'open', kind: 'door-open', afterMinutes: 20 },
];

type Home = {
  residentId: string;
  say(place: 'living' | 'bathroom' | 'door', kind: string, atMs?: number): Promise<string>;
  devices: Record<'living' | 'bathroom' | 'door', VirtualDevice>;
};

let hub: ScenarioHub;
let homes: Record<'sticks' | 'bounces' | 'late' | 'wrongClock' | 'dies', Home>;

beforeAll(async () => {
  hub = await startHub({ clock, gateLimits: { lateAfterMs: 1e12, overdueAfterMs: 1e12 } });
  const { station } = await settle(hub);
  const furnish = async (name: string): Promise<Home> => {
    const dwelling = await hub.admin.create<Dwelling>('/dwellings', { stationId: station.id, address: name });
    const resident = await hub.admin.create<Resident>('/residents', { dwellingId: dwelling.id, name });
    expect(await hub.admin.put(`/residents/${resident.id}/rules`, { rules })).toMatchObject({ status: 200 });
    const signIn = async (type: DeviceType, room: string) => {
      const account = await issueDevice(hub.admin, { type, room, dwellingId: dwelling.id });
      return connectDevice(hub, account, { keepalive: 0 });
    };
    const devices = {
      living: await signIn('motion-sensor', '客厅'),
      bathroom: await signIn('motion-sensor', '卫生间'),
      door: await signIn('door-sensor', '玄关'),
    };
    return {
      residentId: resident.id,
      devices,
      say: (place, kind, atMs = clock.now()) =>
        devices[place].send(kind, { at: new Date(atMs).toISOString() }),
    };
  };
  homes = {
    sticks: await furnish('sticks'),
    bounces: await furnish('bounces'),
    late: await furnish('late'),
    wrongClock: await furnish('wrong clock'),
    dies: await furnish('dies'),
  };
}, patienceMs);
afterAll(async () => {
  for (const { devices } of Object.values(homes)) for (const { end } of Object.values(devices)) await end();
  await hub.stop();
});

const behindMs = 180 * minuteMs;
let isDead = false;
const minutes = () => Math.round((clock.now() - startMs) / minuteMs);

const latest = new Map<string, number>();
function isTurnOf(name: string, everyMinutes: number): boolean {
  if (minutes() - (latest.get(name) ?? -everyMinutes) < everyMinutes) return false;
  latest.set(name, minutes());
  return true;
}

/** What homes say by themselves, minute by minute of the day. */
async function live(): Promise<void> {
  const said: Promise<string>[] = [];
  for (const [name, home] of Object.entries(homes)) {
    if (name === 'dies' && isDead) continue;
    const byItsClock = clock.now() - (name === 'wrongClock' ? behindMs : 0);
    for (const { send } of Object.values(home.devices))
      said.push(send('heartbeat', { at: new Date(byItsClock).toISOString() }));
  }
  if (minutes() >= 30) said.push(homes.sticks.say('living', 'motion.detected'));
  if (isTurnOf('wrongClock', 20))
    said.push(homes.wrongClock.say('living', 'motion.detected', clock.now() - behindMs));
  for (const name of ['bounces', 'late'] as const)
    if (isTurnOf(name, 30)) said.push(homes[name].say('living', 'motion.detected'));
  await Promise.all(said);
}
async function passUntilMinute(minute: number): Promise<void> {
  while (minutes() < minute) {
    clock.move(stepMs - 2 * lookMs);
    await live();
    await rulesHaveSeenAll(hub, () => clock.move(lookMs));
  }
}
const alarmsOf = async ({ residentId }: Home): Promise<AlarmView[]> =>
  (await hub.admin.get<{ items: AlarmView[] }>(`/alarms?residentId=${residentId}`)).body.items;
const kindsOf = async (home: Home): Promise<string[]> => (await alarmsOf(home)).map(({ kind }) => kind);
/** Detection looks once a second. */
const soon = (look: () => Promise<void>): Promise<void> =>
  eventuallyTold(async () => {
    clock.move(1_000);
    await look();
  });

it('a contact that bounces and stays open is one alarm', { timeout: patienceMs }, async () => {
  await live();
  for (const home of Object.values(homes)) await home.say('bathroom', 'motion.detected');
  await passUntilMinute(30);
  for (let bounce = 0; bounce < 20; bounce += 1)
    await homes.bounces.say(
      'door',
      bounce % 2 === 0 ? 'door.opened' : 'door.closed',
      clock.now() + bounce * 50,
    );
  await homes.bounces.say('door', 'door.opened', clock.now() + 1_100);
  await passUntilMinute(46);
  expect(await kindsOf(homes.bounces)).toEqual([]);
  await passUntilMinute(54);
  await soon(async () =>
    expect(await alarmsOf(homes.bounces)).toMatchObject([{ kind: 'door-open', presses: 1 }]),
  );
});

it('a door whose closing arrives before its opening is closed', { timeout: patienceMs }, async () => {
  const openedMs = clock.now() - 10_000;
  await homes.late.say('door', 'door.closed', openedMs + 5_000);
  await homes.late.say('door', 'door.opened', openedMs);
  await homes.dies.say('living', 'motion.detected');
  await passUntilMinute(90);
  expect(await kindsOf(homes.late)).toEqual([]);
});

it(
  'sensors that die prove no silence, and count again when they are back',
  { timeout: patienceMs },
  async () => {
    isDead = true;
    await passUntilMinute(240);
    expect(await kindsOf(homes.dies)).toEqual([]);
    isDead = false;
    await passUntilMinute(330);
    expect(await kindsOf(homes.dies)).toEqual([]);
    await passUntilMinute(372);
    await soon(async () =>
      expect(await alarmsOf(homes.dies)).toMatchObject([
        { kind: 'inactivity', reason: { unknownMinutes: expect.any(Number) } },
      ]),
    );
  },
);

it(
  'a sensor that sticks is named after six hours, and hides no longer that nobody moves',
  { timeout: patienceMs },
  async () => {
    await passUntilMinute(384);
    expect(await kindsOf(homes.sticks)).toEqual([]);
    await passUntilMinute(400);
    await soon(async () =>
      expect((await kindsOf(homes.sticks)).toSorted()).toEqual(['inactivity', 'sensor-stuck']),
    );
    const stuck = (await alarmsOf(homes.sticks)).find(({ kind }) => kind === 'sensor-stuck');
    expect(stuck).toMatchObject({
      priority: 'technical',
      deviceId: homes.sticks.devices.living.client.options.clientId,
    });
  },
);

it('events of a clock that is three hours behind count as they come', { timeout: patienceMs }, async () => {
  expect((await alarmsOf(homes.wrongClock)).map(({ reason }) => reason)).toEqual([]);
  expect(await kindsOf(homes.late)).toEqual([]);
});
