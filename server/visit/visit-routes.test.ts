import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Visit, VisitFollowUp, VisitPlan } from '@carebell/contracts/visits.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { day, hour, openVisitWorld } from '../adapters/visit-world-under-test.ts';
import type { VisitWorld } from '../adapters/visit-world-under-test.ts';

let world: VisitWorld;
beforeAll(async () => {
  world = await openVisitWorld();
});
afterAll(() => world.api.close());
beforeEach(() => world.logIn());

const journal = async (residentId: string) =>
  (
    await world.api.db
      .selectFrom('journal')
      .select(['kind', 'body'])
      .where('resident_id', '=', residentId)
      .where('kind', 'like', 'visit%')
      .orderBy('seq')
      .execute()
  ).map(({ kind, body }) => [kind, ...((JSON.parse(body) as { fields?: string[] }).fields ?? [])].join(' '));

describe('a responder', () => {
  it('sees whom to visit with address and telephone, and what is over with the visit', async () => {
    const id = await world.enterResident();
    expect(await world.dueOf(id, 'due')).toMatchObject({
      residentName: expect.stringContaining('李'),
      phone: '13800138000',
      grid: '网格1',
      stationId: 'a',
      isOverdue: false,
      owed: [{ cause: 'weekly', phase: 'open' }],
      lastVisit: null,
    });
    const answer = await world.visit({
      residentId: id,
      kind: 'in-person',
      findings: { condition: 'as-usual', hazards: ['gas'], note: '灶具旧' },
      followUp: { text: '换灶具', dueDay: '2026-04-01', ownerId: null },
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({
      residentId: id,
      kind: 'in-person',
      result: 'met',
      visitor: { displayName: 'responder-a' },
      checkIn: null,
      findings: { condition: 'as-usual', hazards: ['gas'], wishes: '', note: '灶具旧' },
    });
    expect(await world.dueOf(id)).toBeUndefined();
    expect(await journal(id)).toEqual(['visit-recorded in-person met', 'visit-follow-up-set']);
    const written = JSON.stringify(await world.api.db.selectFrom('journal').select('body').execute());
    expect(written).not.toContain('灶具');
  });

  it('tells a visit twice, because the network broke, and it is entered once', async () => {
    const id = await world.enterResident();
    const body = { id: 'phone-kept-0001', residentId: id, kind: 'phone' };
    const answers = [await world.visit(body), await world.visit(body)];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    const { items } = (await world.responder.get(`/residents/${id}/visits`)).json<{ items: Visit[] }>();
    expect(items).toHaveLength(1);
    expect((await world.visit({ ...body, kind: 'phone' }, world.manager)).json()).toMatchObject({
      code: 'already-exists',
    });
  });

  it('enters why nobody was met, which is no visit', async () => {
    const id = await world.enterResident();
    expect(
      (await world.visit({ residentId: id, kind: 'in-person', result: 'not-met' })).json(),
    ).toMatchObject({
      code: 'field-missing',
      errors: [{ field: 'reason' }],
    });
    await world.visit({ residentId: id, kind: 'in-person', result: 'not-met', reason: 'nobody-home' });
    expect(await world.dueOf(id, 'due')).toMatchObject({ lastVisit: { result: 'not-met' } });
  });

  it.each([
    [{ at: 'PT1H' }, 'at'],
    [{ at: '-P15D' }, 'at'],
    [{ startedAt: '-PT13H' }, 'startedAt'],
  ])('cannot enter a visit at another time: %j', async (times, field) => {
    const ms = { PT1H: hour, '-P15D': -15 * day, '-PT13H': -13 * hour };
    const body = Object.fromEntries(
      Object.entries(times).map(([name, span]) => [name, world.inMs(ms[span as keyof typeof ms])]),
    );
    const answer = await world.visit({ residentId: 'resident-a', kind: 'phone', ...body });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'visit-time', errors: [{ field }] });
  });

  it('sees and visits nobody of another station', async () => {
    expect((await world.visit({ residentId: 'resident-b', kind: 'phone' })).statusCode).toBe(422);
    expect((await world.responder.get('/residents/resident-b/visits')).statusCode).toBe(404);
    expect(
      (await world.responder.get(`/residents/resident-b/visit-presses?since=${world.inMs(0)}`)).statusCode,
    ).toBe(404);
    expect(await world.due('?stationId=b')).toEqual([]);
  });
});

describe('a visitor checks in', () => {
  const press = async (deviceId: string, kind = 'test.pressed') =>
    world.api.gate.commit('receiveEvent', {
      event: { id: `press-${world.api.clock.now()}-${kind}`, kind },
      origin: {
        deviceId,
        residentId: null,
        stationId: 'a',
        gatewayId: null,
        isKnown: true,
        receivedAtMs: world.api.clock.now(),
      },
    });
  async function withButton() {
    const id = await world.enterResident();
    await world.admin.post('/devices', { id: `${id}-button`, type: 'button', residentId: id });
    return id;
  }

  it('by a test press of the button, before the visit is told', async () => {
    const id = await withButton();
    const since = world.inMs(0);
    await press(`${id}-button`);
    const presses = await world.responder.get(`/residents/${id}/visit-presses?since=${since}`);
    expect(presses.json()).toEqual({ items: [{ deviceId: `${id}-button`, at: since }] });
    world.api.clock.move(20 * 60_000);
    const told = await world.visit({
      residentId: id,
      kind: 'in-person',
      startedAt: world.inMs(-15 * 60_000),
    });
    expect(told.json()).toMatchObject({ checkIn: 'button', checkedInAt: since });
  });
  it('or after it, when the press was late', async () => {
    const id = await withButton();
    const told = (await world.visit({ residentId: id, kind: 'in-person' })).json<Visit>();
    expect(told.checkIn).toBeNull();
    world.api.clock.move(5 * 60_000);
    await press(`${id}-button`);
    await world.look();
    const { items } = (await world.responder.get(`/residents/${id}/visits`)).json<{ items: Visit[] }>();
    expect(items).toMatchObject([{ id: told.id, checkIn: 'button' }]);
    const rate = (await world.manager.get('/visit-rate')).json<{ all: { checkedIn: number } }>();
    expect(rate.all.checkedIn).toBeGreaterThan(0);
  });
  it('by the label of the dwelling, and of no other', async () => {
    const id = await world.enterResident();
    const other = await world.visit({ residentId: id, kind: 'in-person', labelDwellingId: 'home-a' });
    expect(other.json()).toMatchObject({ code: 'reference-mismatch' });
    const told = await world.visit({ residentId: id, kind: 'in-person', labelDwellingId: `${id}-home` });
    expect(told.json()).toMatchObject({ checkIn: 'label' });
  });
  it('and a press for help in that time rings as ever, and checks nobody in', async () => {
    const id = await withButton();
    const told = (await world.visit({ residentId: id, kind: 'in-person' })).json<Visit>();
    await press(`${id}-button`, 'button.pressed');
    const open = (await world.manager.get(`/alarms?residentId=${id}`)).json<{ items: AlarmView[] }>().items;
    expect(open).toMatchObject([{ kind: 'help', priority: 'emergency', phase: 'raised' }]);
    const { items } = (await world.responder.get(`/residents/${id}/visits`)).json<{ items: Visit[] }>();
    expect(items).toMatchObject([{ id: told.id, checkIn: null }]);
  });
});

describe('what is due', () => {
  it('follows the risk groups, and the resident’s own plan with a reason', async () => {
    const id = await world.enterResident([]);
    expect(await world.dueOf(id)).toBeUndefined();
    await world.admin.patch(`/residents/${id}`, { riskGroups: ['dementia'] });
    await world.look();
    expect(await world.dueOf(id)).toMatchObject({ owed: [{ cause: 'weekly' }] });
    const without = await world.manager.put(`/residents/${id}/visit-plan`, { frequency: 'monthly' });
    expect(without.json()).toMatchObject({ code: 'field-missing', errors: [{ field: 'note' }] });
    const plan = await world.manager.put(`/residents/${id}/visit-plan`, {
      frequency: 'monthly',
      note: '女儿同住',
    });
    expect(plan.json<VisitPlan>()).toMatchObject({ frequency: 'monthly', holds: 'monthly', version: 1 });
    expect(await world.dueOf(id)).toMatchObject({ owed: [{ cause: 'monthly' }] });
    await world.manager.put(`/residents/${id}/visit-plan`, { frequency: null });
    expect(await world.dueOf(id)).toMatchObject({ owed: [{ cause: 'weekly' }] });
  });

  it('follows the settings of the nearest organisation', async () => {
    const id = await world.enterResident(['advanced-age']);
    const path = '/organisations/a/visit-settings';
    const settings = { frequencies: { 'advanced-age': 'quarterly' } };
    const put = await world.manager.put(path, { settings, version: 0 });
    expect(put.json()).toMatchObject({
      own: settings,
      inherited: { frequencies: { 'advanced-age': 'weekly' } },
      holds: { frequencies: { 'advanced-age': 'quarterly', 'living-alone': 'weekly' } },
      from: [{ id: 'street' }, { id: 'district' }],
      version: 1,
    });
    await world.look();
    expect(await world.dueOf(id)).toMatchObject({ owed: [{ cause: 'quarterly' }] });
    expect((await world.manager.put(path, { settings, version: 0 })).json()).toMatchObject({
      code: 'changed-meanwhile',
    });
    await world.manager.put(path, { settings: {} });
    await world.look();
    expect(await world.dueOf(id)).toMatchObject({ owed: [{ cause: 'weekly' }] });
  });

  it('is nothing while the resident is in hospital, and within a day after the return', async () => {
    const id = await world.enterResident();
    const absence = (
      await world.manager.post(`/residents/${id}/absences`, {
        kind: 'in-hospital',
        until: world.inMs(3 * day),
      })
    ).json<{ id: string }>();
    await world.look();
    expect(await world.dueOf(id, 'due')).toBeUndefined();
    expect(await world.dueOf(id, 'away')).toMatchObject({
      absence: 'in-hospital',
      owed: [{ phase: 'excused' }],
    });
    world.api.clock.move(hour);
    await world.manager.post(`/absences/${absence.id}/end`);
    await world.look();
    expect((await world.dueOf(id, 'due'))?.owed.map(({ cause }) => cause).toSorted()).toEqual([
      'after-event',
      'weekly',
    ]);
  });

  it('is a visit within a day after an emergency, unless it was a false alarm', async () => {
    for (const [disposition, owed] of [
      ['helped-on-site', 1],
      ['false-alarm', 0],
    ] as const) {
      const id = await world.enterResident([]);
      await world.admin.post('/devices', { id: `${id}-button`, type: 'button', residentId: id });
      const origin = { deviceId: `${id}-button`, residentId: id, stationId: 'a', gatewayId: null };
      const receivedAtMs = world.api.clock.now();
      const { alarmIds } = await world.api.gate.commit('receiveEvent', {
        event: { id: `e-${id}`, kind: 'fall.detected' },
        origin: { ...origin, isKnown: true, receivedAtMs },
      });
      const alarmId = alarmIds[0]!;
      const user = { id: 'operator-a', displayName: 'operator-a' };
      await world.api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
      await world.api.gate.commit('closeAlarm', {
        alarmId,
        user,
        mayCloseForOthers: true,
        disposition,
        note: '',
        proof: 'voice-contact',
      });
      await world.look();
      const found = (await world.dueOf(id))?.owed ?? [];
      expect(found.map(({ cause }) => cause)).toEqual(owed === 1 ? ['after-event'] : []);
    }
  });

  it('is missed at the end of the week, goes up to the street and the district, and is made up for', async () => {
    const id = await world.enterResident();
    await world.toNextWeek();
    expect(await world.dueOf(id, 'overdue')).toMatchObject({
      isOverdue: true,
      owed: [{ phase: 'missed', escalatedTo: 'station' }, { phase: 'open' }],
    });
    for (const [hours, tier] of [
      [24, 'street'],
      [48, 'district'],
    ] as const) {
      world.api.clock.move(hours * hour);
      await world.look();
      await world.logIn();
      expect((await world.due(`?escalatedTo=${tier}`)).some(({ residentId }) => residentId === id)).toBe(
        true,
      );
    }
    await world.visit({ residentId: id, kind: 'phone' });
    expect(await world.dueOf(id)).toBeUndefined();
    expect(await journal(id)).toEqual([
      'visit-missed weekly',
      'visit-escalated station',
      'visit-escalated street',
      'visit-escalated district',
      'visit-recorded phone met',
    ]);
  });
});

it('what follows from a visit is seen to by its owner, once', async () => {
  const id = await world.enterResident();
  const followUp = { text: '联系家电维修', dueDay: '2026-03-01', ownerId: null };
  await world.visit({ residentId: id, kind: 'in-person', followUp });
  const open = async () =>
    (await world.responder.get('/visit-follow-ups?mine=true'))
      .json<{ items: VisitFollowUp[] }>()
      .items.filter(({ residentId }) => residentId === id);
  const [first] = await open();
  expect(first).toMatchObject({ text: '联系家电维修', owner: null, isOverdue: true, doneAt: null });
  const done = await world.responder.post(`/visit-follow-ups/${first!.id}/done`, { note: '已修' });
  expect(done.json()).toMatchObject({ doneBy: { displayName: 'responder-a' }, doneNote: '已修' });
  expect((await world.responder.post(`/visit-follow-ups/${first!.id}/done`, {})).json()).toMatchObject({
    code: 'follow-up-done',
  });
  expect(await open()).toEqual([]);
  const foreign = { ...followUp, ownerId: 'nobody' };
  expect((await world.visit({ residentId: id, kind: 'phone', followUp: foreign })).json()).toMatchObject({
    code: 'reference-unknown',
  });
});

it('nothing that visitors found is left of a resident who was deleted, and the counts stay', async () => {
  const id = await world.enterResident();
  const followUp = { text: '陪同就医', dueDay: '2026-04-01', ownerId: null };
  const findings = { condition: 'worse', note: '胃痛' };
  await world.visit({ residentId: id, kind: 'in-person', findings, followUp });
  const erased = await world.admin.post(`/residents/${id}/erasure`, {
    confirm: id,
    reason: 'asked by letter',
  });
  expect(erased.statusCode).toBe(202);
  for (const table of ['visits', 'owed_visits', 'visit_follow_ups', 'visit_looks'] as const) {
    const rows = JSON.stringify(await world.api.db.selectFrom(table).selectAll().execute());
    for (const word of [`"${id}"`, '胃痛', '陪同就医']) expect(rows).not.toContain(word);
  }
  const pseudonym = await world.api.db
    .selectFrom('owed_visits')
    .select('phase')
    .where('resident_id', 'like', 'erased-%')
    .execute();
  expect(pseudonym).toEqual([{ phase: 'done' }]);
});
