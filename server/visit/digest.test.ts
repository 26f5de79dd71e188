import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { day, hour, openVisitWorld } from '../adapters/visit-world-under-test.ts';
import type { VisitWorld } from '../adapters/visit-world-under-test.ts';
import { createReads } from '../adapters/store/all-reads.ts';
import { watchDigests } from './digest-watch.ts';

const timeZone = 'Asia/Shanghai';
let world: VisitWorld;

beforeAll(async () => {
  world = await openVisitWorld();
  for (const [name, role, organisationId] of [
    ['lin', 'street-supervisor', 'street'],
    ['qu', 'district-supervisor', 'district'],
  ] as const) {
    await world.api.addUser(name, role, organisationId);
  }
});
afterAll(() => world.api.close());
beforeEach(() => world.logIn());

/** What the watch of digests does when it looks. */
async function look(): Promise<void> {
  let tick = (): void => undefined;
  let isOver = false;
  const { api } = world;
  const reads = createReads(api.db).visits;
  const failures: unknown[] = [];
  watchDigests({
    gate: api.gate,
    clock: { now: api.clock.now, every: (_, action) => ((tick = action), () => undefined) },
    directory: api.directory,
    reads: {
      ...reads,
      async digestsDue(nowMs, limit) {
        const due = await reads.digestsDue(nowMs, limit);
        isOver = due.length === 0;
        return due;
      },
    },
    timeZone,
    troubled: (_, error) => void failures.push(error),
  });
  await vi.waitFor(
    () => {
      tick();
      expect(failures).toEqual([]);
      expect(isOver).toBe(true);
    },
    { interval: 5 },
  );
}

/** To this hour of the day by the clock on the wall. */
async function toHour(wall: number): Promise<void> {
  const sinceMidnight = (world.api.clock.now() + 8 * hour) % day;
  const ms = (((wall * hour - sinceMidnight) % day) + day) % day;
  world.api.clock.move(ms);
  await world.logIn();
  await world.look();
}

const addressed = async (name: string, address = `${name}@example.org`) => {
  const user = await world.api.db
    .selectFrom('users')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  await world.admin.patch(`/users/${user.id}/addresses`, { addresses: [{ kind: 'e-mail', address }] });
  return user.id;
};
const digests = async () =>
  (
    await world.api.db
      .selectFrom('visit_digests')
      .select(['organisation_id', 'tier', 'day', 'visits', 'recipients'])
      .orderBy('day')
      .orderBy('organisation_id')
      .execute()
  ).map(
    (row) => `${row.day} ${row.organisation_id} ${row.tier} ${row.visits} overdue ${row.recipients} told`,
  );
const journal = async () =>
  (
    await world.api.db
      .selectFrom('journal')
      .select(['kind', 'body', 'station_id'])
      .where('kind', 'like', 'visit-digest%')
      .orderBy('seq')
      .execute()
  ).map(({ kind, body, station_id: at }) =>
    [kind, at, ...((JSON.parse(body) as { fields?: string[] }).fields ?? [])].join(' '),
  );

describe('overdue visits', () => {
  let manager: string;
  let people: string[];

  it('are told of to the station at the hour that is set, once on that day', async () => {
    manager = await addressed('station-manager-a');
    people = [await world.enterResident(), await world.enterResident()];
    await toHour(10);
    await look();
    expect(await digests()).toEqual([]);
    await world.toNextWeek();
    await look();
    expect(await digests()).toEqual([]);
    await toHour(9);
    await look();
    await look();
    expect(await digests()).toEqual(['2026-03-16 a station 2 overdue 1 told']);
    expect(await journal()).toEqual([
      'visit-digest a station 2026-03-16 2 overdue 1 told',
      `visit-digest-queued a ${manager}`,
    ]);
    const queued = await world.api.db.selectFrom('notifications').selectAll().execute();
    expect(queued).toMatchObject([
      { purpose: 'visits-overdue', recipient_key: `user:${manager}`, station_id: 'a' },
    ]);
    expect(queued[0]!.expires_at - queued[0]!.created_at).toBe(9 * hour);
    expect(JSON.stringify(await journal())).not.toContain('李');
  });

  it('stand in the list with whom nobody has reached yet, and when somebody was', async () => {
    expect((await world.dueOf(people[0]!))?.owed).toMatchObject([
      { phase: 'missed', told: [{ tier: 'station', first: null, last: null }] },
      { phase: 'open', told: [] },
    ]);
    await world.api.gate.commit('recordReceipt', {
      notificationId: (await world.api.db.selectFrom('notifications').select('id').executeTakeFirstOrThrow())
        .id,
      attempt: 1,
      channelId: 'e-mail',
      receipt: { is: 'delivered', receiptId: null, answer: '' },
    });
    const told = [{ tier: 'station', first: world.inMs(0), last: world.inMs(0) }];
    expect((await world.dueOf(people[0]!))?.owed).toMatchObject([{ told }, { told: [] }]);
    expect((await journal()).at(-1)).toBe(`visit-digest-delivered a ${manager} e-mail`);
  });

  it('go to the street on the next day without who was visited meanwhile, and to the district on the fourth', async () => {
    await addressed('lin');
    await addressed('qu');
    await world.visit({ residentId: people[0], kind: 'in-person' });
    for (let passed = 0; passed < 3; passed += 1) {
      world.api.clock.move(hour);
      await toHour(9);
      await look();
    }
    expect((await digests()).slice(1)).toEqual([
      '2026-03-17 a station 1 overdue 1 told',
      '2026-03-17 street street 1 overdue 1 told',
      '2026-03-18 a station 1 overdue 1 told',
      '2026-03-18 street street 1 overdue 1 told',
      '2026-03-19 a station 1 overdue 1 told',
      '2026-03-19 district district 1 overdue 1 told',
      '2026-03-19 street street 1 overdue 1 told',
    ]);
    const late = (await world.dueOf(people[1]!))?.owed.find(({ phase }) => phase === 'missed');
    expect(late?.told.map(({ tier }) => tier)).toEqual(['station', 'street', 'district']);
  });

  it('are told of to nobody when everybody was visited or is away', async () => {
    const before = await digests();
    await world.admin.post(`/residents/${people[1]}/absences`, {
      kind: 'in-hospital',
      until: world.inMs(9 * day),
    });
    world.api.clock.move(hour);
    await toHour(9);
    await look();
    expect(await digests()).toEqual(before);
  });

  it('are told of in the hours that an organisation has, and with nobody to tell it is on record', async () => {
    const body = { settings: { digestHours: { from: '13:30', until: '14:00' } } };
    const put = async (id: string, of: object) => world.admin.put(`/organisations/${id}/visit-settings`, of);
    expect(
      (await put('b', { settings: { digestHours: { from: '14:00', until: '13:30' } } })).statusCode,
    ).toBe(400);
    expect((await put('b', body)).statusCode).toBe(200);
    expect((await world.admin.get('/organisations/b/visit-settings')).json()).toMatchObject({
      holds: { digestHours: { from: '13:30', until: '14:00' } },
      inherited: { digestHours: { from: '09:00', until: '18:00' } },
    });
    await world.admin.post('/residents', {
      id: 'far',
      dwellingId: 'home-b',
      name: '赵远',
      riskGroups: ['dementia'],
    });
    await world.look();
    await world.toNextWeek();
    await toHour(13);
    await look();
    expect((await digests()).filter((text) => text.includes(' b '))).toEqual([]);
    world.api.clock.move(hour / 2);
    await look();
    const today = new Date(world.api.clock.now() + 8 * hour).toISOString().slice(0, 10);
    expect((await digests()).filter((text) => text.includes(' b '))).toEqual([
      `${today} b station 1 overdue 0 told`,
    ]);
  });
});
