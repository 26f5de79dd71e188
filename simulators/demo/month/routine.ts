import { alarmViewSchema } from '@carebell/contracts/alarm-view.ts';
import { followUpSchema } from '@carebell/contracts/handling.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { missedAlarmSchema } from '@carebell/contracts/review.ts';
import { z } from 'zod';
import { between, pick, seededRandom } from '../../random.ts';
import type { Random } from '../../random.ts';
import type { HouseholdDevice } from '../../home/household.ts';
import type { Community } from '../community.ts';
import { shiftHours } from './month-people.ts';
import { requestCourse } from './request-course.ts';
import type { ServiceDesk } from './services.ts';
import { callEverybody, makeVisits, seeToFollowUps } from './visiting.ts';
import type { VisitingPorts } from './visiting.ts';

export type RoutinePorts = VisitingPorts & {
  seed: string;
  services: ServiceDesk;
  community: Community;
  goesAway: (residentId: string, untilMs: number) => void;
};

const anything = z.unknown();
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const keepLoggedInHours = [2, 6, 10, 14, 18, 22];

/** What a day of the stations holds besides calls: shifts, asking afterwards, reviews, drills, tests, equipment that fails. */
export function planRoutine(ports: RoutinePorts, day: number, midnightMs: number): void {
  const { seed, agenda, staff } = ports;
  const random = seededRandom(`${seed}:routine:${day}`);
  const at = (hour: number, act: () => Promise<void> | void): void =>
    void agenda.at(midnightMs + hour * hourMs, act);

  for (const hour of [shiftHours.day, shiftHours.night]) at(hour, () => staff.changeShift(ports.nowMs()));
  for (const hour of keepLoggedInHours) at(hour, staff.stayLoggedIn);
  for (const hour of [3, 15]) at(hour, ports.households.report);
  for (const stationId of staff.stations)
    at(between(random, 9.3, 10.5), () => askAfterwards(ports, random, stationId));
  for (const stationId of staff.stations) {
    at(between(random, 9, 10), () =>
      makeVisits(ports, seededRandom(`${seed}:visits:${stationId}:${day}`), stationId),
    );
    at(between(random, 16, 17), () => seeToFollowUps(ports, random, stationId));
    if (random() < 0.5) at(between(random, 8.5, 18), () => callsForService(ports, random, stationId));
  }
  if (day % 30 === 1) at(9.5, () => callEverybody(ports, seededRandom(`${seed}:campaign:${day}`)));
  at(between(random, 10.5, 11.5), () => reviewMisses(ports, random));
  if (day % 7 === 2)
    at(between(random, 9.5, 11), () => drill(ports, pick(random, 'help', 'fall', 'smoke'), random));
  if (day % 7 === 4) at(between(random, 14, 16), () => testMode(ports, random));
  if (day % 10 === 6) at(between(random, 8, 17), () => goesSilent(ports, random));
  if (day % 8 === 3) at(between(random, 8, 20), () => batteryRunsLow(ports, random));
  if (day % 12 === 5) at(9.2, () => goesOnHoliday(ports, random));
}

/** The morning after, whoever was helped is asked how it was. */
async function askAfterwards(
  { staff, nowMs }: RoutinePorts,
  random: Random,
  stationId: string,
): Promise<void> {
  const { api } = staff.onShift(stationId, nowMs());
  const { items } = await api.get('/follow-ups', pageOf(followUpSchema));
  for (const { alarmId, isDue } of items) {
    if (!isDue || random() < 0.08) continue;
    const luck = random();
    const body =
      luck < 0.72
        ? { result: 'answered', score: pick(random, 3, 4, 4, 5, 5, 5, random() < 0.1 ? 2 : 5) }
        : { result: luck < 0.9 ? 'not-reached' : 'declined' };
    await api.post(`/alarms/${alarmId}/follow-up`, body, alarmViewSchema);
  }
}

/** Not everybody has a key for it: the resident telephones, and the operator enters what is wanted. */
async function callsForService(ports: RoutinePorts, random: Random, stationId: string): Promise<void> {
  const { services, community, agenda, nowMs } = ports;
  const dwellings = new Set(
    community.dwellings.filter((dwelling) => dwelling.stationId === stationId).map(({ id }) => id),
  );
  const resident = some(
    random,
    community.residents.filter(({ dwellingId }) => dwellings.has(dwellingId)),
  );
  if (resident === undefined) return;
  const requestId = await services.askByPhone(resident.id, stationId, random);
  let atMs = nowMs();
  for (const { act, afterMs } of requestCourse(random)) {
    atMs += afterMs;
    agenda.at(atMs, () => services.carryOut(requestId, stationId, act, random));
  }
}

/** The supervisor looks at most of what was late, and not always at all of it. */
async function reviewMisses({ staff }: RoutinePorts, random: Random): Promise<void> {
  const { api } = staff.supervisor;
  const { items } = await api.get('/misses?state=waiting&limit=200', pageOf(missedAlarmSchema));
  for (const { alarm } of items) {
    if (random() < 0.25) continue;
    const note = pick(random, '值守离席，已提醒', '同时多起，人手不足', '路上堵车', '夜间反应慢，已约谈');
    await api.post(`/alarms/${alarm.id}/review`, { note }, anything);
  }
}

async function drill({ staff }: RoutinePorts, kind: string, random: Random): Promise<void> {
  const stationId = some(random, staff.stations);
  if (stationId !== undefined) await staff.supervisor.api.post('/drills', { stationId, kind }, anything);
}

/** An installer tries a button that is in test mode for a quarter of an hour. */
async function testMode({ staff, households, agenda, nowMs }: RoutinePorts, random: Random): Promise<void> {
  const chosen = some(random, households.of(['button', 'terminal']));
  if (chosen?.can !== 'press') return;
  const { device } = chosen;
  const body = { of: 'device', id: device.id, minutes: 15, reason: '月度测试' };
  await staff.installer.api.post('/test-modes', body, anything);
  agenda.at(nowMs() + 60_000, () => void device.press('help', 'short'));
}

/** No word until somebody has been there, more than a day later. */
function goesSilent({ households, agenda, nowMs }: RoutinePorts, random: Random): void {
  const device = some(random, households.of(['door-sensor', 'motion-sensor', 'smoke-detector']))?.device;
  if (device === undefined) return;
  device.unplug();
  agenda.at(nowMs() + between(random, 30, 50) * hourMs, () => device.start());
}

function batteryRunsLow({ households, agenda, nowMs }: RoutinePorts, random: Random): void {
  const device: HouseholdDevice['device'] | undefined = some(
    random,
    households.of(['motion-sensor', 'door-sensor', 'bed-sensor']),
  )?.device;
  if (device === undefined) return;
  device.send('battery.low');
  agenda.at(nowMs() + between(random, 20, 30) * hourMs, () => void device.send('battery.ok'));
}

async function goesOnHoliday(ports: RoutinePorts, random: Random): Promise<void> {
  const { staff, community, nowMs, goesAway } = ports;
  const resident = some(random, community.residents);
  const dwelling = community.dwellings.find(({ id }) => id === resident?.dwellingId);
  if (resident === undefined || dwelling === undefined) return;
  const untilMs = nowMs() + Math.round(between(random, 4, 8)) * dayMs;
  const body = { kind: 'on-holiday', until: new Date(untilMs).toISOString(), note: '去子女家' };
  await staff
    .onShift(dwelling.stationId, nowMs())
    .api.post(`/residents/${resident.id}/absences`, body, anything);
  goesAway(resident.id, untilMs);
}

function some<T>(random: Random, of: readonly T[]): T | undefined {
  const [first, ...rest] = of;
  return first === undefined ? undefined : pick(random, first, ...rest);
}
