import type { DutyWeek } from '@carebell/contracts/duty.ts';
import { roles } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

let api: ApiUnderTest;
let admin: Caller;
let li: string;
let zhang: string;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  li = await api.addUser('li', 'operator', 'a');
  zhang = await api.addUser('zhang', 'operator', 'a');
});
afterAll(() => api.close());

const path = '/organisations/a/duty/shifts';
const day = { userId: '', firstDay: '2026-03-14', begins: '08:00', ends: '16:00' };
const enter = (body: object, caller = admin) => caller.post(path, { ...day, userId: li, ...body });
const week = async (from: string, of = 'a'): Promise<DutyWeek> =>
  (await admin.get(`/organisations/${of}/duty/week?from=${from}`)).json<DutyWeek>();
const remove = (id: string) => admin.delete(`${path}/${id}`);
const idOf = (answer: { body: string }) => (JSON.parse(answer.body) as { id: string }).id;

describe('the rota of a station', () => {
  it('shows each turn and each gap of a week, by the clocks on the wall', async () => {
    expect((await week('2026-03-09')).hasRota).toBe(false);
    const weekly = idOf(
      await enter({ firstDay: '2026-03-02', weekdays: [1, 2, 3, 4, 5, 6, 7], ends: '02:00' }),
    );
    const nights = idOf(
      await enter({
        userId: zhang,
        weekdays: [1, 2, 3, 4, 5, 7],
        firstDay: '2026-03-02',
        begins: '02:00',
        ends: '08:00',
      }),
    );
    const shown = await week('2026-03-09');
    expect(shown.turns).toHaveLength(14);
    expect(shown.turns[0]).toMatchObject({ displayName: 'li', day: '2026-03-08', isHere: true });
    expect(shown.gaps).toEqual([{ from: '2026-03-13T18:00:00.000Z', until: '2026-03-14T00:00:00.000Z' }]);
    expect(shown.people.map(({ displayName }) => displayName)).toContain('zhang');
    await remove(weekly);
    await remove(nights);
  });

  it('refuses what cannot be: a person of elsewhere, one who answers nothing, an overlap, no day at all', async () => {
    const first = idOf(await enter({}));
    const foreign = await api.addUser('of-b', 'operator', 'b');
    const installer = await api.addUser('fitter', 'installer', 'a');
    for (const [body, code] of [
      [{ userId: foreign }, 'reference-unknown'],
      [{ userId: installer }, 'reference-unknown'],
      [{ begins: '15:00', ends: '23:00' }, 'shift-overlaps'],
      [{ firstDay: '2026-03-13', begins: '20:00', ends: '08:30' }, 'shift-overlaps'],
      [{ lastDay: '2026-04-01' }, 'reference-mismatch'],
      [{ firstDay: '2026-06-01', weekdays: [7], lastDay: '2026-06-02' }, 'reference-mismatch'],
      [{ insteadOf: { shiftId: 'none', day: '2026-03-14' } }, 'reference-unknown'],
      [{ begins: '24:00' }, 'invalid-request'],
      [{ firstDay: '2026-02-30' }, 'invalid-request'],
    ] as const)
      expect((await enter(body)).json()).toMatchObject({ code });
    expect((await enter({ userId: zhang })).statusCode).toBe(201);
    expect((await week('2026-03-09')).turns).toHaveLength(2);
    for (const { shiftId } of (await week('2026-03-09')).turns) await remove(shiftId);
    expect((await remove(first)).statusCode).toBe(404);
  });

  it('changes a shift once per version, and one day of a repeated one without the others', async () => {
    const id = idOf(await enter({ firstDay: '2026-03-09', weekdays: [1, 3] }));
    const change = (body: object) => admin.patch(`${path}/${id}`, body);
    expect((await change({ ends: '17:00', version: 1 })).statusCode).toBe(200);
    expect((await change({ ends: '18:00', version: 1 })).json()).toMatchObject({
      code: 'changed-meanwhile',
      current: { ends: '17:00', version: 2 },
    });
    const instead = { shiftId: id, day: '2026-03-11' };
    const other = idOf(await enter({ userId: zhang, firstDay: '2026-03-11', insteadOf: instead }));
    const turns = (await week('2026-03-09')).turns.map((turn) => `${turn.day} ${turn.displayName}`);
    expect(turns).toEqual(['2026-03-09 li', '2026-03-11 zhang']);
    const failed = await enter({
      firstDay: '2026-03-09',
      begins: '09:00',
      insteadOf: { ...instead, day: '2026-03-18' },
    });
    expect(failed.json()).toMatchObject({ code: 'shift-overlaps' });
    expect((await week('2026-03-16')).turns).toHaveLength(2);
    await remove(id);
    await remove(other);
  });

  it('says who is on duty now, after who was entered by hand and before who is logged in', async () => {
    const now = new Date(api.clock.now() + 8 * 3_600_000).toISOString();
    const shift = { firstDay: now.slice(0, 10), begins: '00:00', ends: '00:00' };
    const id = idOf(await enter(shift));
    const duty = async () => (await admin.get('/organisations/a/duty')).json<object>();
    expect(await duty()).toMatchObject({ source: 'rota', people: [{ id: li }] });
    await api.call('PUT', '/organisations/a/duty', { userIds: [zhang] }, { cookie: admin.cookie });
    expect(await duty()).toMatchObject({ source: 'entered', people: [{ id: zhang }] });
    await api.call('PUT', '/organisations/a/duty', { userIds: [] }, { cookie: admin.cookie });
    await remove(id);
    expect(await duty()).not.toMatchObject({ source: 'rota' });
  });

  it('shows who has left the organisation as a gap', async () => {
    const gone = await api.addUser('gone', 'operator', 'a');
    const id = idOf(await enter({ userId: gone }));
    await admin.patch(`/users/${gone}`, { isActive: false });
    const { turns, gaps } = await week('2026-03-14');
    expect(turns).toMatchObject([{ displayName: 'gone', isHere: false }]);
    expect(gaps).toHaveLength(1);
    await remove(id);
  });
});

const managers = [
  'administrator',
  'supervisor',
  'district-supervisor',
  'street-supervisor',
  'station-manager',
];

describe('the rights to the rota', () => {
  it.each(roles.map((role) => [role, managers.includes(role)] as const))(
    'of the %s to write it: %s',
    async (role, mayWrite) => {
      const caller = await api.as(`${role}-a`);
      const entered = await enter({ firstDay: '2027-01-01' }, caller);
      expect(entered.statusCode).toBe(mayWrite ? 201 : 403);
      const id = mayWrite ? idOf(entered) : 'any';
      expect((await caller.patch(`${path}/${id}`, { ends: '17:00' })).statusCode).toBe(mayWrite ? 200 : 403);
      expect((await caller.delete(`${path}/${id}`)).statusCode).toBe(mayWrite ? 204 : 403);
      const mayRead = role !== 'installer';
      expect((await caller.get('/organisations/a/duty/week')).statusCode).toBe(mayRead ? 200 : 403);
    },
  );

  it('end at the own part of the organisation', async () => {
    const own = await enter({ firstDay: '2027-02-01' });
    const manager = await api.as('station-manager-b');
    const elsewhere = path.replace('/a/', '/b/');
    expect((await enter({ firstDay: '2027-01-01' }, manager)).statusCode).toBe(404);
    expect((await manager.get('/organisations/a/duty/week')).statusCode).toBe(404);
    for (const at of [path, elsewhere]) {
      expect((await manager.patch(`${at}/${idOf(own)}`, { ends: '17:00' })).statusCode).toBe(404);
      expect((await manager.delete(`${at}/${idOf(own)}`)).statusCode).toBe(404);
    }
    await remove(idOf(own));
  });
});
