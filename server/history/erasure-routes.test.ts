import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { firstBrokenStep } from '../alarm/alarm-chain.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
type Everything = Record<'resident' | 'devices' | 'alarms' | 'journal' | 'history', unknown>;

let api: ApiUnderTest;
let supervisor: Caller;
let operator: Caller;
let alarmId: string;

beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  supervisor = await api.as('supervisor-a');
  operator = await api.as('operator-a');
  for (const station of ['a', 'b']) {
    const origin = {
      deviceId: `button-${station}`,
      residentId: `resident-${station}`,
      stationId: station,
      gatewayId: null,
      isKnown: true,
      receivedAtMs: api.clock.now(),
    };
    for (const [id, kind] of ['motion.detected', 'door.opened'].entries())
      await api.gate.commit('receiveEvent', { event: { id: `e${id}`, kind }, origin });
    await api.gate.commit('receiveReading', { reading: { battery: 50 }, origin });
    const press = { id: 'press', kind: 'button.pressed', data: { key: 'help' } };
    const { alarmIds } = await api.gate.commit('receiveEvent', { event: press, origin });
    if (station === 'a') alarmId = alarmIds[0]!;
  }
  await follow();
});
afterAll(() => api.close());

async function follow(): Promise<void> {
  await vi.waitFor(async () => {
    api.clock.move(1_000);
    expect((await supervisor.get('/history/status')).json()).toMatchObject({ lagEntries: 0, isWell: true });
  });
}

const erase = (who: Caller, confirm = 'resident-a') =>
  who.post('/residents/resident-a/erasure', { confirm, reason: 'asked by letter, no. 12' });

it('everything about a resident is one JSON document', async () => {
  const answer = await supervisor.get('/residents/resident-a/export');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="resident-a.json"');
  const everything = answer.json<Everything>();
  expect(everything).toMatchObject({
    resident: { id: 'resident-a', medicalNotes: 'diabetes' },
    devices: [{ id: 'button-a' }],
    alarms: [
      { id: alarmId, timeline: expect.arrayContaining([expect.objectContaining({ step: 'raised' })]) },
    ],
    history: { events: expect.any(Array), readings: [{ values: { battery: 50 } }] },
  });
  expect((everything.history as { events: unknown[] }).events).toHaveLength(3);
  expect(JSON.stringify(everything)).not.toContain('resident-b');
  expect((everything.journal as unknown[]).length).toBeGreaterThan(5);
});

it('an operator takes no copy and deletes nothing, and nobody reaches into another station', async () => {
  expect((await operator.get('/residents/resident-a/export')).statusCode).toBe(403);
  expect((await erase(operator)).statusCode).toBe(403);
  const other = await api.as('supervisor-b');
  expect((await other.get('/residents/resident-a/export')).statusCode).toBe(404);
  expect((await erase(other)).statusCode).toBe(404);
});

it('nobody is deleted by a slip of the hand, or while their alarm is open', async () => {
  expect((await erase(supervisor, 'resident')).json()).toMatchObject({
    status: 400,
    errors: [{ field: 'confirm' }],
  });
  expect((await erase(supervisor)).json()).toMatchObject({ status: 409, code: 'alarm-open' });
});

it('a deleted resident is nowhere any more, and what was done about their alarm stays as evidence', async () => {
  const user = { id: 'u1', displayName: 'Li' };
  await api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
  await api.gate.commit('closeAlarm', {
    alarmId,
    user,
    mayCloseForOthers: false,
    disposition: 'helped-by-phone',
    proof: 'voice-contact',
    note: '',
  });
  const said = {
    kind: 'taxi',
    residentId: 'resident-a',
    details: { destination: 'Huashan' },
    note: 'with her son',
  };
  expect((await operator.post('/requests', said)).statusCode).toBe(201);
  const answer = await erase(supervisor);
  expect(answer.statusCode).toBe(202);
  const { pseudonym } = answer.json<{ pseudonym: string }>();
  await vi.waitFor(async () => {
    api.clock.move(5_000);
    const { items } = (await supervisor.get('/erasures')).json<{ items: object[] }>();
    expect(items).toMatchObject([
      { pseudonym, residentId: null, finishedAt: expect.any(String), entriesRemoved: 4 },
    ]);
  });

  expect((await supervisor.get('/residents/resident-a')).statusCode).toBe(404);
  expect((await supervisor.get('/devices/button-a')).json()).toMatchObject({ residentId: null });
  const asked = await api.db.selectFrom('service_requests').selectAll().execute();
  expect(JSON.stringify(asked)).not.toMatch(/resident-a|Huashan|her son/);
  for (const table of ['journal', 'alarms', 'residents', 'search_entries', 'erasures'] as const) {
    const rows = await api.db.selectFrom(table).selectAll().execute();
    expect({ table, text: JSON.stringify(rows) }).toEqual({
      table,
      text: expect.not.stringContaining('resident-a'),
    });
  }
  const root = await api.as('admin');
  for (const stream of ['events', 'readings', 'alarm-steps', 'alarm-responses']) {
    const { body } = await root.get(`/history/${stream}?limit=500`);
    expect(body).not.toContain('resident-a');
    if (stream === 'events') expect(body).toContain('resident-b');
  }

  const steps = await api.db
    .selectFrom('journal')
    .select(['seq', 'at as atMs', 'body', 'hash', 'resident_id'])
    .where('alarm_id', '=', alarmId)
    .orderBy('seq')
    .execute();
  expect(firstBrokenStep(alarmId, steps)).toBeUndefined();
  expect(new Set(steps.map(({ resident_id: id }) => id))).toEqual(new Set([pseudonym]));
  const kinds = await api.db
    .selectFrom('journal')
    .select(['kind', 'body'])
    .where('kind', 'like', 'resident-eras%')
    .execute();
  expect(kinds.map(({ kind }) => kind)).toEqual(['resident-erased', 'resident-erasure-finished']);
  expect(kinds[0]?.body).toContain(pseudonym);
});
