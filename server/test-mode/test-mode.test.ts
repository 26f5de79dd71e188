import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Report } from '@carebell/contracts/report.ts';
import type { TestMode } from '@carebell/contracts/test-mode.ts';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createAlarmReads } from '../adapters/store/alarm-reads.ts';
import { createHistoryReads } from '../adapters/store/history-reads.ts';
import { testOf, wasTested } from './test-mode.ts';
import type { TestModeRecord } from './test-mode.ts';

let api: ApiUnderTest;
let installer: Awaited<ReturnType<ApiUnderTest['as']>>;
let operator: Awaited<ReturnType<ApiUnderTest['as']>>;
let supervisor: Awaited<ReturnType<ApiUnderTest['as']>>;
const user = { id: 'u1', displayName: '李护士' };

beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  const admin = await api.as('admin');
  const pendant = { id: 'pendant-a', type: 'button', residentId: 'resident-a' };
  await admin.post('/devices', pendant);
  await admin.post('/devices', { id: 'door-a', type: 'door-sensor', dwellingId: 'home-a' });
  installer = await api.as('installer-a');
  operator = await api.as('operator-a');
  supervisor = await api.as('supervisor-a');
});
afterAll(() => api.close());

let presses = 0;
async function press(deviceId: string, more: { kind?: string; at?: string } = {}): Promise<AlarmView> {
  presses += 1;
  const { kind = 'button.pressed', ...rest } = more;
  const origin = {
    deviceId,
    residentId: 'resident-a',
    stationId: 'a',
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const event = { id: `p${presses}`, kind, ...rest, data: { key: 'help' } };
  const { alarmIds } = await api.gate.commit('receiveEvent', { event, origin });
  const alarm = await createAlarmReads(api.db).view(alarmIds[0] ?? '');
  return alarm!;
}

/** Raises nothing. */
async function doorSays(kind: string): Promise<void> {
  presses += 1;
  const home = { residentId: null, stationId: 'a', gatewayId: null, isKnown: true };
  const origin = { deviceId: 'door-a', ...home, receivedAtMs: api.clock.now() };
  await api.gate.commit('receiveEvent', { event: { id: `p${presses}`, kind }, origin });
}

async function begin(body: object): Promise<TestMode> {
  const answer = await installer.post('/test-modes', body);
  expect(answer.statusCode).toBe(201);
  return answer.json<TestMode>();
}

async function close(alarmId: string, disposition: 'test' | 'helped-on-site'): Promise<void> {
  await api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: true });
  await api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
  const closing = { disposition, proof: 'voice-contact', note: '', mayCloseForOthers: true } as const;
  expect(await api.gate.commit('closeAlarm', { alarmId, user, ...closing })).toMatchObject({ ok: true });
}

const told = async (alarmId: string) => {
  const rows = await api.db
    .selectFrom('notifications')
    .select('recipient')
    .where('alarm_id', '=', alarmId)
    .execute();
  return rows.map(({ recipient }) => (JSON.parse(recipient) as { kind: string }).kind);
};

describe('a device under test', () => {
  it('raises an alarm that is marked, with its priority, and its neighbour a real one', async () => {
    const test = await begin({ of: 'device', id: 'button-a', reason: 'new battery' });
    expect(test).toMatchObject({ of: 'device', stationId: 'a', endedAt: null, reason: 'new battery' });
    expect(Date.parse(test.endsAt) - Date.parse(test.startedAt)).toBe(30 * 60_000);
    const marked = await press('button-a');
    expect(marked).toMatchObject({ testId: test.id, priority: 'emergency', phase: 'raised' });
    expect(marked.displayDeadlineAt).not.toBeNull();
    const real = await press('pendant-a');
    expect(real.testId).toBeUndefined();
    expect(real.id).not.toBe(marked.id);
    expect((await press('button-a')).id).toBe(marked.id);
    const timeline = await createAlarmReads(api.db).timeline(marked.id);
    expect(timeline[0]).toMatchObject({ step: 'raised', test: test.id });
    await close(real.id, 'test');
    await close(marked.id, 'test');
    expect((await operator.delete(`/test-modes/${test.id}`)).json<TestMode>().endedBy).toMatchObject({
      displayName: 'operator-a',
    });
    const after = await press('button-a');
    expect(after.testId).toBeUndefined();
    await close(after.id, 'test');
  });

  it('rings anew for each press after somebody has answered the one before', async () => {
    const test = await begin({ of: 'dwelling', id: 'home-a' });
    const first = await press('button-a');
    await api.gate.commit('acknowledgeAlarm', { alarmId: first.id, user, takeOver: false });
    const second = await press('pendant-a');
    expect(second).toMatchObject({ phase: 'raised', testId: test.id });
    expect(second.id).not.toBe(first.id);
    for (const one of [first, second]) await close(one.id, 'test');
    await installer.delete(`/test-modes/${test.id}`);
  });

  it('is taken back by its own device, after the test as well', async () => {
    const test = await begin({ of: 'device', id: 'button-a' });
    const marked = await press('button-a');
    await installer.delete(`/test-modes/${test.id}`);
    expect(await press('button-a', { kind: 'button.cancelled' })).toMatchObject({ id: marked.id });
    await close(marked.id, 'test');
  });

  it('keeps real what was pressed before the test, and joins no real alarm that is open', async () => {
    const before = new Date(api.clock.now()).toISOString();
    const open = await press('button-a');
    api.clock.move(1_000);
    const test = await begin({ of: 'device', id: 'button-a' });
    expect((await press('button-a', { at: before })).id).toBe(open.id);
    const marked = await press('button-a');
    expect(marked.id).not.toBe(open.id);
    for (const one of [open, marked]) await close(one.id, 'test');
    await installer.delete(`/test-modes/${test.id}`);
  });

  it('ends by itself, is entered as ended by nobody, and can be prolonged before', async () => {
    const test = await begin({ of: 'device', id: 'button-a', minutes: 10 });
    api.clock.move(9 * 60_000);
    const prolonged = await installer.post(`/test-modes/${test.id}/prolong`, { minutes: 480 });
    expect(Date.parse(prolonged.json<TestMode>().endsAt)).toBe(api.clock.now() + 480 * 60_000);
    expect((await installer.post(`/test-modes/${test.id}/prolong`, { minutes: 481 })).statusCode).toBe(400);
    api.clock.move(480 * 60_000);
    const after = await press('button-a');
    expect(after.testId).toBeUndefined();
    await close(after.id, 'test');
    expect(await api.gate.commit('endTestsInTime', null)).toBe(1);
    installer = await api.as('installer-a');
    const ended = (await installer.get('/test-modes?state=ended')).json<{ items: TestMode[] }>().items[0];
    expect(ended).toMatchObject({ id: test.id, endedBy: null, endedAt: prolonged.json<TestMode>().endsAt });
    expect((await installer.delete(`/test-modes/${test.id}`)).statusCode).toBe(409);
    const kinds = ['test-mode-begun', 'test-mode-prolonged', 'test-mode-ended'];
    const rows = await api.db
      .selectFrom('journal')
      .select('kind')
      .where('kind', 'in', kinds)
      .where('body', 'like', `%${test.id}%`)
      .orderBy('seq')
      .execute();
    expect(rows.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('is found from the device, the dwelling and the station, and nowhere else', async () => {
    installer = await api.as('installer-a');
    const test = await begin({ of: 'dwelling', id: 'home-a' });
    const ids = async (query: string) =>
      (await installer.get(`/test-modes?${query}`)).json<{ items: TestMode[] }>().items.map(({ id }) => id);
    for (const query of ['deviceId=button-a', 'dwellingId=home-a', 'stationId=a'])
      expect(await ids(query)).toEqual([test.id]);
    for (const query of ['deviceId=button-b', 'dwellingId=home-b', 'stationId=b'])
      expect(await ids(query)).toEqual([]);
    await installer.delete(`/test-modes/${test.id}`);
  });

  it('is never of a whole station for who installs, nor of another station', async () => {
    expect((await installer.post('/test-modes', { of: 'station', id: 'a' })).statusCode).toBe(403);
    expect((await installer.post('/test-modes', { of: 'dwelling', id: 'home-b' })).statusCode).toBe(422);
  });
});

describe('a test alarm', () => {
  beforeAll(async () => {
    installer = await api.as('installer-a');
    operator = await api.as('operator-a');
    supervisor = await api.as('supervisor-a');
    const channel = { id: 'hook', organisationId: 'a', kind: 'webhook', name: 'hook' } as const;
    const settings = { url: 'http://127.0.0.1:9/' };
    const rest = { settings, sealed: '', secretNames: [], isEnabled: true };
    const where = { actorId: 'test', scope: 'all', channel: { ...channel, ...rest } } as const;
    await api.gate.commit('createChannel', where);
    const sms = { ...where.channel, id: 'sms', kind: 'sms-gateway' } as const;
    await api.gate.commit('createChannel', { ...where, channel: sms as never });
  });

  const request = (alarmId: string, kind: 'contact' | 'organisation') =>
    api.gate.commit('notify', {
      alarmId,
      priority: 'emergency',
      stationId: 'a',
      stepKey: 'by-hand',
      purpose: 'help-needed',
      recipient: { kind, id: 'c', displayName: '王明', locale: 'zh-CN', isResponder: true },
      channels: [{ kind: 'webhook', address: '' }],
    });

  it('is told to the organisation and not to the family, until somebody takes it for real', async () => {
    const test = await begin({ of: 'dwelling', id: 'home-a' });
    const { id } = await press('button-a');
    expect(await request(id, 'contact')).toBeNull();
    expect(await request(id, 'organisation')).not.toBeNull();
    const taken = await operator.post(`/alarms/${id}/take-as-real`);
    expect(taken.statusCode).toBe(200);
    expect(taken.json<AlarmView>().testId).toBeUndefined();
    expect((await operator.post(`/alarms/${id}/take-as-real`)).json()).toMatchObject({ code: 'not-a-test' });
    expect(await request(id, 'contact')).not.toBeNull();
    expect(await told(id)).toEqual(expect.arrayContaining(['contact', 'organisation']));
    await close(id, 'test');
    await installer.delete(`/test-modes/${test.id}`);
  });

  it('stands in the numbers as a test, unless it was closed by what was really done', async () => {
    const numbers = async () => {
      const { all } = (await supervisor.get('/report')).json<Report>();
      return [all.cases, all.tests, all.falseAlarms];
    };
    const [cases = 0, tests = 0, falseAlarms = 0] = await numbers();
    const span = { fromMs: 0, toMs: api.clock.now() + 1_000_000, scope: 'all' as const };
    const ways = async () => (await createHistoryReads(api.db).alarmWays({ ...span, limit: 100 })).length;
    const before = await ways();
    const test = await begin({ of: 'dwelling', id: 'home-a' });
    const marked = await press('button-a');
    await close(marked.id, 'test');
    expect(await numbers()).toEqual([cases, tests + 1, falseAlarms]);
    expect(await ways()).toBe(before);
    const real = await press('button-a');
    await close(real.id, 'helped-on-site');
    expect(await numbers()).toEqual([cases + 1, tests + 1, falseAlarms]);
    const steps = (await createAlarmReads(api.db).timeline(real.id)).map(({ step }) => step);
    expect(steps).toContain('taken-as-real');
    await installer.delete(`/test-modes/${test.id}`);
  });

  it('always rings: whatever runs and whatever is open, a call for help is a raised emergency', async () => {
    const homes = ['button-a', 'pendant-a'];
    const tests = [
      { of: 'device', id: 'button-a' },
      { of: 'dwelling', id: 'home-a' },
    ];
    const step = fc.oneof(
      fc.constantFrom(...tests).map((body) => ({ do: 'begin' as const, body })),
      fc.constant({ do: 'end' as const }),
      fc.constant({ do: 'acknowledge' as const }),
      fc.constant({ do: 'close' as const }),
      fc.constantFrom(...homes).map((device) => ({ do: 'press' as const, device })),
    );
    const script = fc.array(step, { minLength: 1, maxLength: 12 });
    const open = () => createAlarmReads(api.db).list({ phase: 'open', stationIds: 'all', limit: 100 });
    const endTests = async () => {
      const { items } = (await installer.get('/test-modes')).json<{ items: TestMode[] }>();
      for (const { id } of items) await installer.delete(`/test-modes/${id}`);
    };
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        for (const one of steps) {
          api.clock.move(10);
          const [latest] = await open();
          if (one.do === 'begin') await installer.post('/test-modes', one.body);
          if (one.do === 'end') await endTests();
          if (one.do === 'acknowledge' && latest)
            await api.gate.commit('acknowledgeAlarm', { alarmId: latest.id, user, takeOver: false });
          if (one.do === 'close' && latest) await close(latest.id, 'test');
          if (one.do !== 'press') continue;
          const alarm = await press(one.device);
          expect(alarm).toMatchObject({ priority: 'emergency', kind: 'help', isStored: true });
          if (alarm.testId !== undefined) expect(alarm.phase).toBe('raised');
          expect(alarm.phase).not.toBe('closed');
        }
        for (const { id } of await open()) await close(id, 'test');
        await endTests();
      }),
      { numRuns: 40 },
    );
  });
});

describe('what the rules learn', () => {
  it('is nothing of what was under test, only that the device is alive', async () => {
    const follow = () => api.gate.commit('followDetection', { timeZone: 'Asia/Shanghai', atMost: 1_000 });
    const sensor = async () => {
      const { rows } = await sql<{ watch: string }>`SELECT watch FROM detection_watches`.execute(api.db);
      const watches = rows.map(
        ({ watch }) =>
          JSON.parse(watch) as { sensors: Record<string, { heardMs: number; actMs: number | null }> },
      );
      return watches.flatMap(({ sensors }) => sensors['door-a'] ?? [])[0];
    };
    await follow();
    api.clock.move(1_000);
    await doorSays('door.opened');
    await follow();
    const before = await sensor();
    expect(before?.actMs).not.toBeNull();
    const test = await begin({ of: 'dwelling', id: 'home-a' });
    api.clock.move(1_000);
    await doorSays('door.closed');
    api.clock.move(1_000);
    await installer.delete(`/test-modes/${test.id}`);
    await follow();
    const after = await sensor();
    expect(after?.actMs).toBe(before?.actMs);
    expect(after?.heardMs).toBeGreaterThan(before?.heardMs ?? 0);
  });
});

describe('which test something belongs to', () => {
  const base: TestModeRecord = {
    id: 't',
    of: 'station',
    subjectId: 'a',
    stationId: 'a',
    dwellingId: null,
    startedBy: 'u',
    startedAtMs: 100,
    endsAtMs: 200,
    endedAtMs: null,
    endedBy: null,
    reason: '',
    commissioningId: null,
  };
  const home = { deviceId: 'd', dwellingId: 'h', stationId: 'a' };

  it('is the narrowest that runs', () => {
    const device = { ...base, id: 'device', of: 'device' as const, subjectId: 'd', startedAtMs: 150 };
    expect(testOf([base, device], home, { happenedAtMs: 160, nowMs: 160 })?.id).toBe('device');
    expect(testOf([base, device], home, { happenedAtMs: 140, nowMs: 160 })?.id).toBe('t');
    expect(testOf([base], { ...home, stationId: 'b' }, { happenedAtMs: 160, nowMs: 160 })).toBeUndefined();
    expect(testOf([base], home, { happenedAtMs: 160, nowMs: 200 })).toBeUndefined();
    expect(testOf([base], home, { happenedAtMs: 99, nowMs: 150 })).toBeUndefined();
  });

  it('is known afterwards too', () => {
    const ended = { ...base, endedAtMs: 170 };
    expect(wasTested([ended], home, { happenedAtMs: 160, receivedAtMs: 169 })).toBe(true);
    expect(wasTested([ended], home, { happenedAtMs: 160, receivedAtMs: 170 })).toBe(false);
  });
});
