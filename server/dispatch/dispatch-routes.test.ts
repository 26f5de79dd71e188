import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Dispatched, DispatchPerson } from '@carebell/contracts/dispatch.ts';
import type { AlarmDetail, Problem } from '@carebell/contracts/http-api.ts';
import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createCaseLogReads } from '../adapters/store/case-log-reads.ts';
import { createNotificationReads } from '../adapters/store/notification-reads.ts';
import { verifyCase } from '../audit/case-log.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

let api: ApiUnderTest;
const callers = new Map<Role, Caller>();
const as = (role: Role): Caller => callers.get(role)!;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  for (const role of roles) callers.set(role, await api.as(`${role}-a`));
  const walker = await api.addUser('walker', 'responder', 'street');
  await as('station-manager').patch('/residents/resident-a', {
    contacts: [
      { name: '王明', relation: '儿子', phone: '13900139000', hasKey: true },
      { name: '张阿姨', relation: '邻居', phone: '13900139001', hasKey: false },
      { name: '小李', relation: '物业', phone: '021-6200', hasKey: false },
    ],
  });
  const shape = { settings: {}, sealed: '', secretNames: [], isEnabled: true };
  const channel = { id: 'sms', organisationId: 'district', kind: 'sms' as const, name: 'sms', ...shape };
  await api.gate.commit('createChannel', { actorId: 'test', scope: 'all', channel });
  const addresses = [{ kind: 'sms', address: '13700137000' }];
  await (await api.as('admin')).patch(`/users/${walker}/addresses`, { addresses });
});
afterAll(() => api.close());

const who = { actorId: 'test', scope: 'all' as const };
const switchSms = (isEnabled: boolean) =>
  api.gate.commit('updateChannel', { ...who, id: 'sms', change: { isEnabled } });

let presses = 0;
let alarmId: string;
beforeEach(async () => {
  for (const open of (await as('operator').get('/alarms')).json<{ items: AlarmView[] }>().items) {
    await as('supervisor').post(`/alarms/${open.id}/acknowledge`, { takeOver: open.phase !== 'raised' });
    await as('supervisor').post(`/alarms/${open.id}/close`, { disposition: 'test', proof: 'on-site' });
  }
  alarmId = await pressed();
  await switchSms(true);
});

async function pressed(): Promise<string> {
  presses += 1;
  const origin = {
    deviceId: 'button-a',
    residentId: 'resident-a',
    stationId: 'a',
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const event = { id: `p${presses}`, kind: 'button.pressed', data: { key: 'help' } };
  await api.gate.commit('receiveEvent', { event, origin });
  const { items } = (await as('operator').get('/alarms')).json<{ items: AlarmView[] }>();
  return items.find(({ phase }) => phase === 'raised')!.id;
}

const at = (path: string) => `/alarms/${alarmId}/${path}`;
const detail = async (role: Role = 'operator') =>
  (await as(role).get(`/alarms/${alarmId}`)).json<AlarmDetail>();
const people = async () =>
  (await as('operator').get(at('responders'))).json<{ items: DispatchPerson[] }>().items;
const idOf = async (name: string) => (await people()).find(({ displayName }) => displayName === name)!.id;
const answer = () => as('operator').post(at('acknowledge'));
const send = async (name: string, body: object = {}, role: Role = 'operator') =>
  as(role).post(at('dispatches'), { personId: await idOf(name), ...body });
const asked = async () =>
  (await detail()).timeline.flatMap((entry) =>
    entry.step === 'responder-asked'
      ? [`${entry.user.displayName} ${entry.responder.displayName} ${entry.way}`]
      : [],
  );
const queued = async () =>
  (await createNotificationReads(api.db).ofAlarm(alarmId)).filter(({ stepKey }) =>
    stepKey.startsWith('dispatch-'),
  );

describe('who can be sent', () => {
  it('is the station, then its street, then the resident’s own people, each with the way or a number', async () => {
    await answer();
    const found = await people();
    const groups = [...new Set(found.map(({ group }) => group))];
    expect(groups).toEqual([
      'station-responders',
      'station-staff',
      'street-responders',
      'keyholders',
      'neighbours',
      'others',
    ]);
    expect(found.map(({ displayName }) => displayName)).not.toContain('operator-a');
    expect(found.find(({ displayName }) => displayName === 'walker')).toMatchObject({
      channels: ['sms'],
      phone: '13700137000',
    });
    expect(found.find(({ group }) => group === 'station-responders')).toMatchObject({
      channels: [],
      phone: null,
    });
    expect(found.find(({ displayName }) => displayName === '王明')).toMatchObject({
      group: 'keyholders',
      relation: '儿子',
      hasKey: true,
      channels: ['sms'],
    });
    await switchSms(false);
    expect((await people()).find(({ displayName }) => displayName === 'walker')?.channels).toEqual([]);
  });

  it('is nobody’s business who answers no alarms, or sees this one not', async () => {
    await answer();
    const answering =
      'administrator supervisor district-supervisor street-supervisor station-manager operator';
    for (const role of roles) {
      const [read, sent] = [
        await as(role).get(at('responders')),
        await as(role).post(at('dispatches'), { personId: 'x' }),
      ];
      const expected = answering.includes(role) ? [200, 422] : [403, 403];
      expect([role, read.statusCode, sent.statusCode]).toEqual([role, ...expected]);
    }
    expect((await (await api.as('operator-b')).get(at('responders'))).statusCode).toBe(404);
  });
});

describe('sending somebody', () => {
  it('queues their link in the same commit, does the step of the script, and stands on the chain', async () => {
    await answer();
    const { alarm, isJoined } = (await send('walker')).json<Dispatched>();
    expect([alarm.id, isJoined]).toEqual([alarmId, false]);
    const [notification] = await queued();
    expect(notification).toMatchObject({
      recipient: { displayName: 'walker', isResponder: true },
      purpose: 'help-needed',
      channels: [{ kind: 'sms', address: '13700137000' }],
    });
    const { timeline } = await detail();
    expect(timeline.slice(-3)).toMatchObject([
      { step: 'script-step-done', key: 'dispatch', answer: 'done', user: { displayName: 'operator-a' } },
      { step: 'responder-asked', way: 'link', notificationId: notification?.id },
      { step: 'notification-queued', notificationId: notification?.id },
    ]);
    const log = await createCaseLogReads(api.db).caseLog(alarmId);
    expect(verifyCase(log!)).toMatchObject({ holds: true });
    const masked = (await detail('auditor')).timeline.find(({ step }) => step === 'responder-asked');
    expect(masked).toMatchObject({ responder: { displayName: 'w**' } });
  });

  it('twice within a minute joins, and after it goes out once more', async () => {
    await answer();
    await send('walker');
    expect((await send('walker')).json<Dispatched>().isJoined).toBe(true);
    expect(await asked()).toHaveLength(1);
    expect((await send('walker', { way: 'phone' })).json<Dispatched>().isJoined).toBe(false);
    expect((await send('王明')).json<Dispatched>().isJoined).toBe(false);
    api.clock.move(61_000);
    expect((await send('walker')).json<Dispatched>().isJoined).toBe(false);
    expect(await asked()).toEqual([
      'operator-a walker link',
      'operator-a walker phone',
      'operator-a 王明 link',
      'operator-a walker link',
    ]);
    expect((await queued()).map(({ recipient }) => recipient.displayName)).toEqual([
      'walker',
      '王明',
      'walker',
    ]);
    const done = (await detail()).timeline.filter(({ step }) => step === 'script-step-done');
    expect(done).toHaveLength(1);
  });

  it('taken back it opens nothing, never goes out, and can be sent anew at once', async () => {
    await answer();
    await send('walker');
    const [{ id } = { id: '' }] = await queued();
    expect((await as('operator').delete(at(`notifications/${id}/link`))).statusCode).toBe(204);
    expect((await as('operator').delete(at(`notifications/${id}/link`))).statusCode).toBe(204);
    await api.gate.commit('claimNotifications', { ids: [id], free: {}, otherwise: 5 });
    const steps = (await detail()).timeline.slice(-2);
    expect(steps).toMatchObject([
      { step: 'link-withdrawn', user: { displayName: 'operator-a' }, notificationId: id },
      { step: 'notification-gave-up', reason: 'link-withdrawn', notificationId: id },
    ]);
    expect((await send('walker')).json<Dispatched>().isJoined).toBe(false);
    expect(await queued()).toHaveLength(2);
  });

  it('by a call is on record, and counts for the time by which somebody is there', async () => {
    await answer();
    const late = async () => {
      api.clock.move(31 * 60_000);
      await api.gate.commit('passDeadlines', null);
      return (await detail()).escalation?.missed.find(({ deadline }) => deadline === 'on-site')?.reason;
    };
    expect((await send('小李', { way: 'phone' })).statusCode).toBe(200);
    expect(await asked()).toEqual(['operator-a 小李 phone']);
    expect(await queued()).toEqual([]);
    expect(await late()).toBe('responder-not-there');
    alarmId = await (async () => {
      await as('operator').post(at('acknowledge'));
      await as('operator').post(at('close'), { disposition: 'test', proof: 'on-site' });
      return pressed();
    })();
    await answer();
    await send('walker');
    const [{ id } = { id: '' }] = await queued();
    await as('operator').delete(at(`notifications/${id}/link`));
    expect(await late()).toBe('no-responder');
  });
});

describe('sending somebody is refused', () => {
  const refusal = async (answered: ReturnType<Caller['post']>) => (await answered).json<Problem>().code;

  it('of what nobody has, somebody else has, or is over', async () => {
    const personId = await idOf('walker');
    const post = (role: Role) => as(role).post(at('dispatches'), { personId });
    expect(await refusal(post('operator'))).toBe('not-acknowledged');
    await answer();
    expect(await refusal(post('station-manager'))).toBe('not-owner');
    await as('operator').post(at('close'), { disposition: 'test', proof: 'on-site' });
    expect(await refusal(post('operator'))).toBe('already-closed');
    expect(await queued()).toEqual([]);
  });

  it('of somebody unknown, a step that sends nobody, and by no channel', async () => {
    await answer();
    expect(await refusal(as('operator').post(at('dispatches'), { personId: 'nobody' }))).toBe(
      'reference-unknown',
    );
    expect(await refusal(send('walker', { key: 'danger' }))).toBe('reference-unknown');
    expect(await refusal(send('responder-a'))).toBe('no-channel');
    expect((await send('responder-a', { way: 'phone' })).statusCode).toBe(200);
    await switchSms(false);
    expect(await refusal(send('walker'))).toBe('no-channel');
  });

  it('in a drill only by being practised: nobody is told', async () => {
    const manager = as('station-manager');
    const begun = await manager.post('/drills', { stationId: 'a', kind: 'help', residentId: 'resident-a' });
    expect(begun.statusCode).toBeLessThan(300);
    const { items } = (await as('operator').get('/alarms')).json<{ items: AlarmView[] }>();
    alarmId = items.find(({ drillId }) => drillId !== undefined)!.id;
    await answer();
    expect((await send('王明')).statusCode).toBe(200);
    expect((await send('小李', { way: 'phone' })).statusCode).toBe(200);
    expect(await asked()).toEqual(['operator-a 王明 practised', 'operator-a 小李 practised']);
    expect(await queued()).toEqual([]);
  });
});
