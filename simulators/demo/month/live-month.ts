import { setTimeout as pause } from 'node:timers/promises';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { z } from 'zod';
import type { Accounts } from '../../accounts.ts';
import { seededRandom } from '../../random.ts';
import { ApiProblem, signIn } from '../api-client.ts';
import type { Community } from '../community.ts';
import { dayBounds, localDate } from '../past/local-day.ts';
import { createAgenda } from './agenda.ts';
import { createAnswering } from './answering.ts';
import { callsOfDay } from './calls.ts';
import { openPhones } from './far-messages.ts';
import { createHouseholds } from './households.ts';
import { openHubClock } from './hub-clock.ts';
import type { HubChannel } from './hub-clock.ts';
import { listLeaders } from './leaders.ts';
import { openProviders } from './providers.ts';
import { planRoutine } from './routine.ts';
import { watchAlarms } from './screens.ts';
import { openServiceDesk } from './services.ts';
import { gatherStaff } from './staff.ts';

export type MonthWish = {
  httpUrl: string;
  hubUrl: string;
  channel: HubChannel;
  community: Community;
  accounts: Accounts;
  adminName: string;
  seed: string;
  timeZone: string;
  fromMs: number;
  /** Asked again at the end: a month that ends now ends a few minutes later than it began. */
  untilMs: () => number;
  /** A day has ended. */
  lived: (day: { number: number; of: number; date: string; alarms: number; atMs: number }) => Promise<void>;
  interrupted: AbortSignal;
};

export type MonthEnd = {
  is: 'lived' | 'interrupted';
  atMs: number;
  /** Alarms that people have closed. */
  handled: number;
  /** What people did that the hub refused, by its code. */
  refusals: ReadonlyMap<string, number>;
};

const anything = z.unknown();
/** What a device answers to a command is on its way for so long at most; the hub's clock stands still meanwhile. */
const answersWithinMs = 2;

/**
 * Lives one day after another at the hub: moves its clock to what comes next, lets it happen over MQTT or HTTP, and goes on
 * when the hub has stored it.
 */
export async function liveMonth(wish: MonthWish): Promise<MonthEnd> {
  const { httpUrl, hubUrl, seed, timeZone, community, accounts, interrupted, fromMs } = wish;
  const clock = openHubClock(wish.channel, fromMs);
  const agenda = createAgenda();
  const phones = await openPhones();
  const changed: AlarmView[] = [];
  const refusals = new Map<string, number>();
  const adminPassword = accounts.users.find(({ name }) => name === wish.adminName)?.password ?? '';
  const admin = await signIn(httpUrl, { name: wish.adminName, password: adminPassword });
  const watch = await watchAlarms(httpUrl, admin.cookie, (alarm) => void changed.push(alarm));
  const staff = await gatherStaff({ ...wish, url: httpUrl, admin: admin.api, startMs: fromMs });
  const district = community.organisations.find(({ level }) => level === 'district')?.id ?? '';
  const channel = await admin.api.post('/channels', phones.channel(district), z.object({ id: z.string() }));
  const households = createHouseholds({
    hubUrl,
    seed,
    accounts: accounts.devices,
    agenda,
    nowMs: clock.nowMs,
  });

  /** Until when residents are not at home, by their names: devices know no others. */
  const away = new Map<string, number>();
  const nameOf = (residentId: string): string =>
    community.residents.find(({ id }) => id === residentId)?.name ?? residentId;
  const goesAway = (residentId: string, untilMs: number): void => void away.set(nameOf(residentId), untilMs);
  const isAway = (resident: string): boolean => (away.get(resident) ?? 0) > clock.nowMs();

  const providers = await openProviders({
    admin: admin.api,
    phones,
    districts: community.organisations.flatMap(({ id, level }) =>
      level === 'district' && id !== undefined ? [id] : [],
    ),
    nowMs: clock.nowMs,
    timeZone,
  });
  const leaders = await listLeaders(admin.api);
  const services = openServiceDesk(staff, providers, clock.nowMs);
  const answering = createAnswering({
    seed,
    timeZone,
    agenda,
    nowMs: clock.nowMs,
    async settle() {
      const { alarmCursor } = await clock.moveTo(clock.nowMs());
      await watch.until(alarmCursor);
    },
    watch: () => watch,
    staff,
    phones,
    services,
    community,
    goesAway,
  });
  const routine = {
    seed,
    agenda,
    nowMs: clock.nowMs,
    timeZone,
    staff,
    households,
    services,
    community,
    district,
    goesAway,
  };

  async function moveTo(atMs: number): Promise<void> {
    await households.acknowledged();
    const { alarmCursor } = await clock.moveTo(atMs);
    await watch.until(alarmCursor);
    if (changed.length === 0) return;
    for (const alarm of changed.splice(0)) answering.notice(watch.find(alarm.id) ?? alarm);
    await pause(answersWithinMs);
    await clock.moveTo(clock.nowMs());
  }

  /** Until the instant, one happening after another. */
  async function live(untilMs: number): Promise<void> {
    while (!interrupted.aborted) {
      let hasActed = false;
      for (let act = agenda.takeUntil(clock.nowMs()); act; act = agenda.takeUntil(clock.nowMs())) {
        hasActed = true;
        try {
          await act();
        } catch (error) {
          // Two people may mean to do the same; a hub that fails is another matter.
          if (!(error instanceof ApiProblem) || error.status >= 500) throw error;
          refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
        }
      }
      if (hasActed) await moveTo(clock.nowMs());
      else if (clock.nowMs() >= untilMs) return;
      else await moveTo(Math.min(agenda.nextAtMs(), untilMs));
    }
  }

  try {
    await households.switchOn();
    await staff.changeShift(clock.nowMs());
    let number = 0;
    for (;;) {
      const untilMs = wish.untilMs();
      const bounds = dayBounds(fromMs, untilMs, timeZone);
      const [midnightMs, endMs] = [bounds[number], bounds[number + 1]];
      if (midnightMs === undefined || endMs === undefined || interrupted.aborted) break;
      const date = localDate(midnightMs, timeZone);
      households.live(date, midnightMs, isAway);
      for (const call of callsOfDay(seededRandom(`${seed}:calls:${date}`), households.callers, midnightMs))
        agenda.at(call.atMs, () => {
          if (!isAway(call.resident)) households.carryOut(call);
        });
      planRoutine(routine, number, midnightMs);
      await live(endMs);
      number += 1;
      await wish.lived({
        number,
        of: bounds.length - 1,
        date,
        alarms: answering.handled(),
        atMs: clock.nowMs(),
      });
    }
    // The last day ends now, and now has gone on while it was lived.
    await live(wish.untilMs());
    await providers.leave();
    await leaders.leave();
    await admin.api.patch(`/channels/${channel.id}`, { isEnabled: false }, anything);
    return {
      is: interrupted.aborted ? 'interrupted' : 'lived',
      atMs: clock.nowMs(),
      handled: answering.handled(),
      refusals: new Map([...refusals, ...answering.refusals()]),
    };
  } finally {
    await households.switchOff();
    staff.leave();
    watch.close();
    await phones.close();
  }
}
