import type { DueResident } from '@carebell/contracts/visits.ts';
import { expect } from 'vitest';
import { enterCommunity, openApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

export type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
export type VisitWorld = {
  api: ApiUnderTest;
  responder: Caller;
  manager: Caller;
  admin: Caller;
  /** A session lives no longer than a shift, and the tests move the clock. */
  logIn(): Promise<void>;
  /** What the watch of visits does every two seconds. */
  look(): Promise<void>;
  /** To the Monday after, half past midnight. */
  toNextWeek(): Promise<void>;
  enterResident(riskGroups?: string[], grid?: string): Promise<string>;
  due(query?: string): Promise<DueResident[]>;
  dueOf(id: string, state?: string): Promise<DueResident | undefined>;
  visit(body: object, by?: Caller): ReturnType<Caller['post']>;
  inMs(ms: number): string;
};

export const hour = 3_600_000;
export const day = 24 * hour;
const timeZone = 'Asia/Shanghai';

/** A community whose residents are to be visited, with those who do and those who look at the numbers. */
export async function openVisitWorld(): Promise<VisitWorld> {
  const api = await openApi();
  await enterCommunity(api);
  let people = 0;
  const world: VisitWorld = {
    api,
    responder: await api.as('responder-a'),
    manager: await api.as('station-manager-a'),
    admin: await api.as('admin'),
    async logIn() {
      world.responder = await api.as('responder-a');
      world.manager = await api.as('station-manager-a');
      world.admin = await api.as('admin');
    },
    async look() {
      if ((await api.gate.commit('lookAtVisits', { timeZone })) > 0) await world.look();
    },
    async toNextWeek() {
      const today = Math.floor((api.clock.now() + 8 * hour) / day);
      const monday = (today - ((today + 3) % 7) + 7) * day - 8 * hour;
      for (const at of [monday - 60_000, monday, monday + hour / 2]) {
        api.clock.move(at - api.clock.now());
        await world.look();
      }
      await world.logIn();
    },
    async enterResident(riskGroups = ['living-alone'], grid = '网格1') {
      people += 1;
      const id = `person-${people}`;
      await world.admin.post('/dwellings', {
        id: `${id}-home`,
        stationId: 'a',
        address: `${people} 号`,
        grid,
      });
      const entered = await world.admin.post('/residents', {
        id,
        dwellingId: `${id}-home`,
        name: `李${people}`,
        phone: '13800138000',
        riskGroups,
      });
      expect(entered.statusCode).toBe(201);
      await world.look();
      return id;
    },
    due: async (query = '') =>
      (await world.responder.get(`/visits/due${query}`)).json<{ items: DueResident[] }>().items,
    dueOf: async (id, state = 'all') => (await world.due(`?state=${state}&residentId=${id}`))[0],
    visit: async (body, by = world.responder) => by.post('/visits', body),
    inMs: (ms) => new Date(api.clock.now() + ms).toISOString(),
  };
  return world;
}
