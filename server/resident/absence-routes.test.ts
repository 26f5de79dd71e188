import type { Absence } from '@carebell/contracts/absence.ts';
import type { ShownAbsence } from '@carebell/contracts/absence-list.ts';
import { roles } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { may } from '../identity/rights.ts';
import { watchAbsences } from './absence-watch.ts';
import { createAbsenceReads } from '../adapters/store/absence-reads.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
const hour = 3_600_000;
const day = 24 * hour;
let api: ApiUnderTest;
let operator: Caller;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
});
afterAll(() => api.close());

const inMs = (ms: number) => new Date(api.clock.now() + ms).toISOString();
const path = '/residents/resident-a/absences';
const set = (body: object, by = operator) =>
  by.post(path, { kind: 'in-hospital', until: inMs(3 * day), ...body });
const all = async () => (await operator.get(path)).json<{ items: Absence[] }>().items;
const journal = async (id: string) =>
  (
    await api.db
      .selectFrom('journal')
      .select(['kind', 'body', 'resident_id', 'station_id'])
      .where('type', '=', 'registry')
      .orderBy('seq')
      .execute()
  )
    .map(({ body, ...row }) => ({
      ...row,
      ...(JSON.parse(body) as { id: string; by: string; fields?: string[] }),
    }))
    .filter((entry) => entry.id === id);

beforeEach(async () => {
  // A session lives no longer than a shift, and the tests move the clock.
  operator = await api.as('operator-a');
  for (const { id, phase } of await all()) if (phase !== 'over') await operator.post(`/absences/${id}/end`);
});

describe('an operator of the station', () => {
  it('enters that a resident lies in hospital, prolongs it and ends it, and the journal says who did', async () => {
    const answer = await set({ note: '六院 3 号楼' });
    expect(answer.statusCode).toBe(201);
    const absence = answer.json<Absence>();
    expect(absence).toMatchObject({
      residentId: 'resident-a',
      kind: 'in-hospital',
      phase: 'running',
      note: '六院 3 号楼',
      setBy: { displayName: 'operator-a' },
      endedAt: null,
      endedBy: null,
      version: 1,
    });
    const { id } = absence;
    const prolonged = await operator.patch(`/absences/${id}`, { until: inMs(9 * day), version: 1 });
    expect(prolonged.json()).toMatchObject({ version: 2, phase: 'running' });
    const shortened = await operator.patch(`/absences/${id}`, { until: inMs(5 * day), version: 2 });
    expect(shortened.json()).toMatchObject({ version: 3, note: '六院 3 号楼' });
    const ended = await operator.post(`/absences/${id}/end`);
    expect(ended.json()).toMatchObject({ phase: 'over', endedBy: { displayName: 'operator-a' } });

    const entries = await journal(id);
    expect(entries.map(({ kind }) => kind)).toEqual([
      'absence-set',
      'absence-prolonged',
      'absence-shortened',
      'absence-ended-early',
    ]);
    expect(new Set(entries.map(({ by }) => by)).size).toBe(1);
    expect(entries[0]).toMatchObject({ resident_id: 'resident-a', station_id: 'a' });
    // The journal cannot be rewritten: what the note says stands in the store only.
    expect(JSON.stringify(entries)).not.toContain('六院');
  });

  it('plans a holiday, which begins and ends by itself', async () => {
    const { id } = (
      await set({ kind: 'on-holiday', from: inMs(hour), until: inMs(2 * hour) })
    ).json<Absence>();
    const phase = async () => (await all()).find((one) => one.id === id)?.phase;
    expect(await phase()).toBe('planned');
    api.clock.move(hour);
    await api.gate.commit('passAbsences', null);
    expect(await phase()).toBe('running');
    api.clock.move(hour);
    await api.gate.commit('passAbsences', null);
    const over = (await all()).find((one) => one.id === id);
    expect(over).toMatchObject({ phase: 'over', endedAt: over?.until, endedBy: null });
    expect((await journal(id)).map(({ kind, by }) => [kind, by])).toEqual([
      ['absence-set', expect.any(String)],
      ['absence-began', 'hub'],
      ['absence-ended', 'hub'],
    ]);
  });

  it('sees what passed while the hub was down', async () => {
    const { id } = (await set({ from: inMs(hour), until: inMs(2 * hour) })).json<Absence>();
    api.clock.move(3 * hour);
    await api.gate.commit('passAbsences', null);
    expect((await journal(id)).map(({ kind }) => kind)).toEqual([
      'absence-set',
      'absence-began',
      'absence-ended',
    ]);
  });

  it('is told the other one that overlaps', async () => {
    const first = (await set({ kind: 'on-holiday', from: inMs(day), until: inMs(5 * day) })).json<Absence>();
    const second = await set({ until: inMs(2 * day) });
    expect(second.statusCode).toBe(409);
    expect(second.json()).toMatchObject({ code: 'absence-overlaps' });
    expect(second.json<{ detail: string }>().detail).toContain(first.from);
    const before = (await set({ until: inMs(day) })).json<Absence>();
    const prolonged = await operator.patch(`/absences/${before.id}`, { until: inMs(day + 1) });
    expect(prolonged.json()).toMatchObject({ code: 'absence-overlaps' });
    await operator.post(`/absences/${first.id}/end`);
    expect((await operator.patch(`/absences/${before.id}`, { until: inMs(day + 1) })).statusCode).toBe(200);
  });

  it.each([
    [{ from: -2 * hour, until: -1 }, 'until-passed'],
    [{ from: 2 * day, until: day }, 'until-not-later'],
    [{ until: 93 * day }, 'too-long'],
    [{ from: -15 * day, until: day }, 'from-too-early'],
  ])('may not enter %j: %s', async ({ from, until }: { from?: number; until: number }, code) => {
    const answer = await set({ ...(from === undefined ? {} : { from: inMs(from) }), until: inMs(until) });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'absence-span', errors: [{ code }] });
  });

  it('changes none that is over, and none from an older state of it', async () => {
    const { id } = (await set({})).json<Absence>();
    await operator.patch(`/absences/${id}`, { note: 'x', version: 1 });
    const late = await operator.patch(`/absences/${id}`, { note: 'y', version: 1 });
    expect(late.json()).toMatchObject({ code: 'changed-meanwhile', current: { note: 'x', version: 2 } });
    await operator.post(`/absences/${id}/end`);
    for (const answer of [
      await operator.post(`/absences/${id}/end`),
      await operator.patch(`/absences/${id}`, { note: 'z' }),
    ])
      expect(answer.json()).toMatchObject({ status: 409, code: 'absence-over' });
  });
});

it('the absences of a resident whose data are deleted go with them', async () => {
  const admin = await api.as('admin');
  await admin.post('/residents', { id: 'gone', dwellingId: 'home-a', name: '陈' });
  await admin.post('/residents/gone/absences', { kind: 'away', until: inMs(day), note: 'to her son' });
  const rows = () => api.db.selectFrom('absences').selectAll().where('resident_id', '=', 'gone').execute();
  expect(await rows()).toHaveLength(1);
  const erased = await admin.post('/residents/gone/erasure', { confirm: 'gone', reason: 'asked' });
  expect(erased.statusCode).toBe(202);
  expect(await rows()).toEqual([]);
});

describe('the list of a station', () => {
  it('says who is where, without the note, and whose station it is not learns nothing', async () => {
    const { id } = (await set({ note: 'hip' })).json<Absence>();
    const list = async (name: string, query = '') =>
      (await (await api.as(name)).get(`/absences${query}`)).json<{ items: ShownAbsence[] }>().items;
    const own = await list('operator-a');
    expect(own).toEqual([
      {
        id,
        residentId: 'resident-a',
        kind: 'in-hospital',
        phase: 'running',
        from: expect.any(String),
        until: expect.any(String),
        residentName: '王秀英 a',
        address: 'a lane 7, room 301',
        stationId: 'a',
        stationName: 'Station a',
      },
    ]);
    expect(await list('operator-b')).toEqual([]);
    expect(await list('operator-b', '?stationId=a')).toEqual([]);
    expect(await list('admin', '?stationId=a')).toEqual(own);
    const stranger = await api.as('operator-b');
    expect((await stranger.get(path)).statusCode).toBe(404);
    expect((await set({}, stranger)).statusCode).toBe(404);
    expect((await stranger.post(`/absences/${id}/end`)).statusCode).toBe(404);
    expect((await stranger.patch(`/absences/${id}`, { note: 'x' })).statusCode).toBe(404);
  });

  it('comes in pages', async () => {
    const admin = await api.as('admin');
    for (const name of ['p1', 'p2', 'p3']) {
      await admin.post('/residents', { id: name, dwellingId: 'home-b', name });
      await admin.post(`/residents/${name}/absences`, { kind: 'away', until: inMs(day) });
    }
    const first = (await admin.get('/absences?stationId=b&limit=2')).json<{
      items: ShownAbsence[];
      cursor: string;
    }>();
    const second = (await admin.get(`/absences?stationId=b&limit=2&cursor=${first.cursor}`)).json<
      typeof first
    >();
    expect([...first.items, ...second.items].map(({ residentId }) => residentId).toSorted()).toEqual([
      'p1',
      'p2',
      'p3',
    ]);
    expect(second.cursor).toBeNull();
  });
});

it.each(roles)('a %s does what the table of rights says', async (role) => {
  const user = await api.as(`${role}-a`);
  expect((await user.get(path)).statusCode).toBe(may(role, 'absence.read') ? 200 : 403);
  const answer = await set({ kind: 'away', until: inMs(hour) }, user);
  expect(answer.statusCode).toBe(may(role, 'absence.write') ? 201 : 403);
});

it('the watch begins and ends what is due, and asks for nothing else', async () => {
  const asked: string[] = [];
  const ticks: (() => void)[] = [];
  const gate = {
    ...api.gate,
    commit: async (name: never, input: never) => (asked.push(name), api.gate.commit(name, input)),
  };
  const clock = { ...api.clock, every: (_: number, tick: () => void) => (ticks.push(tick), () => undefined) };
  watchAbsences(gate, clock, createAbsenceReads(api.db), (event) => expect.fail(event));
  ticks[0]?.();
  await api.gate.commit('passAbsences', null);
  expect(asked).toEqual([]);
  const { id } = (await set({ until: inMs(hour) })).json<Absence>();
  api.clock.move(hour);
  ticks[0]?.();
  await expect.poll(async () => (await all()).find((one) => one.id === id)?.phase).toBe('over');
  expect(asked).toEqual(['passAbsences']);
});
