import { newDutyShiftSchema } from '@carebell/contracts/duty.ts';
import type { NewDutyShift } from '@carebell/contracts/duty.ts';
import { handedOverSchema } from '@carebell/contracts/escalation.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import { userSchema } from '@carebell/contracts/registry.ts';
import { z } from 'zod';
import type { Accounts } from '../../accounts.ts';
import { patient, signIn } from '../api-client.ts';
import type { ApiClient } from '../api-client.ts';
import type { Community } from '../community.ts';
import { localDate, localHour } from '../past/local-day.ts';
import { mobileOf, shiftHours } from './month-people.ts';
import { openWallScreen } from './screens.ts';
import type { WallScreen } from './screens.ts';

export type Worker = { id: string; name: string; api: ApiClient; cookie: string };
export type ResponderOnFoot = { id: string; mobile: string };

/** Everybody who does something in the month, logged in, each station with one wall screen. */
export type Staff = {
  stations: readonly string[];
  supervisor: Worker;
  installer: Worker;
  onShift(stationId: string, atMs: number): Worker;
  find(userId: string): Worker | undefined;
  screen(stationId: string): WallScreen;
  responder(stationId: string): ResponderOnFoot;
  /** Who has the shift from now on sits down at the screen and takes over what is open. */
  changeShift(atMs: number): Promise<void>;
  /** Whoever does nothing for half a day is logged out. */
  stayLoggedIn(): Promise<void>;
  leave(): void;
};

type StationStaff = { day: Worker; night: Worker; responder: ResponderOnFoot };

const anything = z.unknown();
const everyDay = [1, 2, 3, 4, 5, 6, 7];

export async function gatherStaff(call: {
  url: string;
  admin: ApiClient;
  community: Community;
  accounts: Accounts;
  timeZone: string;
  startMs: number;
}): Promise<Staff> {
  const { url, admin, community, accounts, timeZone, startMs } = call;
  const users = (await admin.get('/users?limit=500', pageOf(userSchema))).items;
  const idOf = (name: string): string => users.find((user) => user.name === name)?.id ?? name;
  const workers = new Map<string, Worker>();

  async function enter(name: string): Promise<Worker> {
    const password = accounts.users.find((user) => user.name === name)?.password ?? '';
    const { api, cookie } = await signIn(url, { name, password });
    const worker = { id: idOf(name), name, api: patient(api), cookie };
    workers.set(worker.id, worker);
    return worker;
  }
  const namesOf = (role: string, organisationId?: string): string[] =>
    community.users
      .filter((user) => user.role === role && (organisationId ?? user.organisationId) === user.organisationId)
      .map(({ name }) => name);
  const first = (names: string[], what: string): string => {
    const [name] = names;
    if (name === undefined) throw new Error(`the community has no ${what}`);
    return name;
  };

  const supervisor = await enter(first(namesOf('supervisor'), 'supervisor'));
  const installer = await enter(first(namesOf('installer'), 'installer'));
  const stations = new Map<string, StationStaff>();
  for (const { id: stationId, level } of community.organisations) {
    if (level !== 'station' || stationId === undefined) continue;
    const [dayName = '', nightName = dayName] = namesOf('operator', stationId);
    const [day, night] = [await enter(dayName), await enter(nightName)];
    const responderId = idOf(first(namesOf('responder', stationId), 'responder'));
    const mobile = mobileOf(stations.size);
    const addresses = [{ kind: 'sms', address: mobile }];
    await admin.patch(`/users/${responderId}/addresses`, { addresses }, anything);
    const [dayBegins, nightBegins] = [`0${shiftHours.day}:00`, `${shiftHours.night}:00`];
    const shifts = [
      { userId: day.id, begins: dayBegins, ends: nightBegins },
      { userId: night.id, begins: nightBegins, ends: dayBegins },
    ];
    for (const shift of shifts) {
      const line: NewDutyShift = {
        ...shift,
        firstDay: localDate(startMs - 86_400_000, timeZone),
        weekdays: everyDay,
      };
      const path = `/organisations/${stationId}/duty/shifts`;
      await supervisor.api.post(path, newDutyShiftSchema.parse(line), anything);
    }
    stations.set(stationId, { day, night, responder: { id: responderId, mobile } });
  }

  const at = (stationId: string): StationStaff => {
    const own = stations.get(stationId) ?? stations.values().next().value;
    if (own === undefined) throw new Error('the community has no station');
    return own;
  };
  const onShift = (stationId: string, atMs: number): Worker => {
    const hour = localHour(atMs, timeZone);
    const { day, night } = at(stationId);
    return hour >= shiftHours.day && hour < shiftHours.night ? day : night;
  };
  const screens = new Map<string, WallScreen>();

  return {
    stations: [...stations.keys()],
    supervisor,
    installer,
    onShift,
    find: (userId) => workers.get(userId),
    screen(stationId) {
      const own = screens.get(stationId) ?? screens.values().next().value;
      if (own === undefined) throw new Error('no screen is open');
      return own;
    },
    responder: (stationId) => at(stationId).responder,
    async changeShift(atMs) {
      for (const [stationId, { day, night }] of stations) {
        const comes = onShift(stationId, atMs);
        const goes = comes === day ? night : day;
        const before = screens.get(stationId);
        screens.set(stationId, await openWallScreen(url, comes.cookie, `wall-${stationId}`));
        before?.close();
        if (before === undefined || goes === comes) continue;
        const shift = { to: comes.id, note: '交班' };
        const { handedOver } = await goes.api.post('/duty/hand-over', shift, handedOverSchema);
        for (const alarmId of handedOver)
          await comes.api.post(`/alarms/${alarmId}/notes`, { note: '接班，继续跟进' }, anything);
      }
    },
    async stayLoggedIn() {
      for (const { api } of workers.values()) await api.get('/session', anything);
    },
    leave() {
      for (const screen of screens.values()) screen.close();
    },
  };
}
