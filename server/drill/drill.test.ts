import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Drill } from '@carebell/contracts/drill.ts';
import type { Report } from '@carebell/contracts/report.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createAlarmReads } from '../adapters/store/alarm-reads.ts';
import { createHistoryReads } from '../adapters/store/history-reads.ts';

let api: ApiUnderTest;
let supervisor: Awaited<ReturnType<ApiUnderTest['as']>>;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  supervisor = await api.as('supervisor-a');
});
afterAll(() => api.close());

const user = { id: 'u1', displayName: '李护士' };

async function begun(body: object): Promise<{ drill: Drill; alarm: AlarmView }> {
  const answer = await supervisor.post('/drills', { stationId: 'a', kind: 'help', ...body });
  expect(answer.statusCode).toBe(201);
  const drill = answer.json<Drill>();
  const alarm = await createAlarmReads(api.db).view(drill.alarmId ?? '');
  return { drill, alarm: alarm! };
}

async function pressed(): Promise<AlarmView[]> {
  const origin = {
    deviceId: 'button-a',
    residentId: 'resident-a',
    stationId: 'a',
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const event = { id: `p${api.clock.now()}`, kind: 'button.pressed', data: { key: 'help' } };
  await api.gate.commit('receiveEvent', { event, origin });
  return createAlarmReads(api.db).list({ phase: 'open', stationIds: 'all', limit: 10 });
}

async function handle(alarmId: string): Promise<void> {
  await api.gate.commit('recordDisplayed', { alarmIds: [alarmId], user, screenId: 's' });
  await api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
  await api.gate.commit('noteAlarm', { alarmId, user, note: 'called' });
  const close = {
    disposition: 'helped-by-phone',
    proof: 'voice-contact',
    note: '',
    mayCloseForOthers: false,
  } as const;
  await api.gate.commit('closeAlarm', { alarmId, user, ...close });
}

describe('a drill', () => {
  it('is an alarm that says so, of a resident of the station, and tells no device and nobody outside', async () => {
    const { drill, alarm } = await begun({});
    expect(drill).toMatchObject({ phase: 'running', residentId: null, plannedBy: 'supervisor-a' });
    expect(alarm).toMatchObject({
      drillId: drill.id,
      kind: 'help',
      phase: 'raised',
      residentId: 'resident-a',
    });
    const timeline = await createAlarmReads(api.db).timeline(alarm.id);
    expect(timeline[0]).toMatchObject({ step: 'raised', drill: drill.id });
    await handle(alarm.id);
    for (const table of ['commands', 'notifications'] as const)
      expect(await api.db.selectFrom(table).selectAll().where('alarm_id', '=', alarm.id).execute()).toEqual(
        [],
      );
  });

  it('is not joined by a real press, which raises a real alarm', async () => {
    const { alarm } = await begun({ residentId: 'resident-a' });
    const open = await pressed();
    const real = open.find(({ drillId }) => drillId === undefined);
    expect(open).toHaveLength(2);
    expect(real).toMatchObject({ kind: 'help', presses: 1, residentId: 'resident-a' });
    expect(open.find(({ id }) => id === alarm.id)?.presses).toBe(1);
    await handle(alarm.id);
    await handle(real!.id);
  });

  it('is scored from its steps, by when each came', async () => {
    const { drill, alarm } = await begun({});
    const score = async () =>
      (await supervisor.get('/drills')).json<{ items: Drill[] }>().items.find(({ id }) => id === drill.id)
        ?.score;
    expect(await score()).toMatchObject({ points: 0, steps: 0 });
    api.clock.move(70_000);
    await handle(alarm.id);
    expect(await score()).toMatchObject({
      points: 0 + 12 + 25 + 25,
      steps: 1,
      parts: [
        { part: 'displayed', points: 0, tookMs: 70_000, withinMs: 5_000 },
        { part: 'answered', points: 12, tookMs: 70_000, withinMs: 60_000 },
        { part: 'handled', points: 25 },
        { part: 'closed', points: 25 },
      ],
    });
    const at = (await begun({})).alarm.id;
    await handle(at);
    const { items } = (await supervisor.get('/drills')).json<{ items: Drill[] }>();
    expect(items.find(({ alarmId }) => alarmId === at)).toMatchObject({
      phase: 'ended',
      operator: '李护士',
      score: { points: 100 },
    });
  });

  it('never stands in the numbers, nor in the times of the history', async () => {
    const { alarm } = await begun({});
    await handle(alarm.id);
    const report = (await supervisor.get('/report')).json<Report>();
    // The one real press of above.
    expect(report.all).toMatchObject({ cases: 1, tests: 0 });
    const span = { fromMs: 0, toMs: api.clock.now() + 1, scope: 'all' as const };
    const history = createHistoryReads(api.db);
    expect(await history.alarmWays({ ...span, limit: 10 })).toHaveLength(1);
    expect((await history.alarmTimes({ ...span, limit: 10, after: undefined })).items).toHaveLength(1);
  });

  it('begins at its time, or is taken back before, and each is recorded', async () => {
    const startsAt = new Date(api.clock.now() + 60_000).toISOString();
    const plan = async () =>
      (await supervisor.post('/drills', { stationId: 'a', kind: 'smoke', startsAt })).json<Drill>();
    const [first, second] = [await plan(), await plan()];
    expect([first.phase, first.alarmId, first.score]).toEqual(['planned', null, null]);
    expect((await supervisor.delete(`/drills/${second.id}`)).json<Drill>().phase).toBe('cancelled');
    expect(await api.gate.commit('beginDrills', null)).toBe(0);
    api.clock.move(60_000);
    expect(await api.gate.commit('beginDrills', null)).toBe(1);
    const { items } = (await supervisor.get('/drills')).json<{ items: Drill[] }>();
    expect(items.find(({ id }) => id === first.id)).toMatchObject({ phase: 'running', kind: 'smoke' });
    expect((await supervisor.delete(`/drills/${first.id}`)).statusCode).toBe(409);
    const recorded = await api.db
      .selectFrom('journal')
      .select('kind')
      .where('kind', 'in', ['drill-planned', 'drill-cancelled', 'drill-begun'])
      .where('body', 'like', `%${first.id}%`)
      .execute();
    expect(recorded.map(({ kind }) => kind)).toEqual(['drill-planned', 'drill-begun']);
    await handle(items.find(({ id }) => id === first.id)?.alarmId ?? '');
  });

  it('tells staff if that was chosen, and family never', async () => {
    await api.gate.commit('createChannel', {
      actorId: 'test',
      scope: 'all',
      channel: {
        id: 'hook',
        organisationId: 'a',
        kind: 'webhook',
        name: 'hook',
        settings: { url: 'http://127.0.0.1:9/' },
        sealed: '',
        secretNames: [],
        isEnabled: true,
      },
    });
    await api.gate.commit('putEscalationPolicies', {
      actorId: 'test',
      scope: 'all',
      organisationId: 'a',
      policies: [everybodyAtOnce],
    });
    const { alarm } = await begun({ notifies: 'staff' });
    const told = await api.db
      .selectFrom('notifications')
      .select('recipient')
      .where('alarm_id', '=', alarm.id)
      .execute();
    expect(told.length).toBeGreaterThan(0);
    expect(told.map(({ recipient }) => (JSON.parse(recipient) as { kind: string }).kind)).not.toContain(
      'contact',
    );
    const request = {
      alarmId: alarm.id,
      priority: 'emergency',
      stationId: 'a',
      stepKey: 'by-hand',
      purpose: 'help-needed',
      recipient: { kind: 'contact', id: 'c', displayName: '王明', locale: 'zh-CN', isResponder: true },
      channels: [{ kind: 'sms', address: '13900139000' }],
    } as const;
    expect(await api.gate.commit('notify', request)).toBeNull();
  });

  it('is for the supervisor of the station alone', async () => {
    const other = await api.as('supervisor-b');
    expect((await other.post('/drills', { stationId: 'a', kind: 'help' })).statusCode).toBe(422);
    expect((await other.get('/drills')).json()).toEqual({ items: [], cursor: null });
    const wrong = { stationId: 'a', kind: 'help', residentId: 'resident-b' };
    expect((await supervisor.post('/drills', wrong)).statusCode).toBe(422);
  });
});

const everybodyAtOnce = {
  name: 'all',
  riskGroups: [],
  kinds: [],
  steps: [
    {
      afterMs: 0,
      since: 'press' as const,
      mode: 'all-at-once' as const,
      recipients: ['station-operators' as const, 'family' as const, 'street' as const],
    },
  ],
  repeatEveryMs: 60_000,
  calls: { times: 2, withinMs: 180_000 },
  acknowledgementExpiresAfterMs: 300_000,
  remindEveryMs: 600_000,
  deadlines: { answeredWithinMs: 60_000, onSiteWithinMs: null, closedWithinMs: 3_600_000 },
  fall: { graceMs: 30_000, stillLyingAfterMs: 300_000 },
};
