import type { RequestPage, ServiceRequest } from '@carebell/contracts/service-requests.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minute, openServices, taxi } from '../adapters/services-under-test.ts';

let hub: Awaited<ReturnType<typeof openServices>>;
beforeAll(async () => {
  hub = await openServices();
  await hub.manager.put('/organisations/a/services', { services: [taxi] });
});
afterAll(() => hub.api.close());

const steps = async (id: string): Promise<string[]> =>
  (await hub.detail(id)).timeline.map(({ step }) => step);
const code = async (answer: Promise<{ json(): unknown }>): Promise<unknown> =>
  ((await answer).json() as { code?: string }).code;

describe('a service key that is pressed', () => {
  it('asks for the service, and rings as an alarm that goes with it', async () => {
    const asked = await hub.press('taxi');
    expect(asked).toMatchObject({ kind: 'taxi', phase: 'asked', askedBy: 'press', residentName: '王秀英 a' });
    const taken = await hub.act(asked.id, 'take');
    expect(taken).toMatchObject({ phase: 'taken', owner: { displayName: 'operator-a' } });
    expect(await hub.alarm(asked.alarmId!)).toMatchObject({ phase: 'acknowledged' });
    await hub.act(asked.id, 'arrange', { providerId: 'city-cab', note: '楼下等' });
    expect(await hub.alarm(asked.alarmId!)).toMatchObject({
      phase: 'closed',
      disposition: 'service-arranged',
    });
    await hub.act(asked.id, 'done');
    const told = await hub.act(asked.id, 'feedback', { score: 5, note: '很快' });
    expect(told).toMatchObject({ phase: 'done', feedback: { score: 5 }, due: null, missed: [] });
    expect(await steps(asked.id)).toEqual(['asked', 'taken', 'arranged', 'done', 'feedback']);
    const followUps = (await hub.operator.get('/follow-ups')).json<{ items: { alarmId: string }[] }>();
    expect(followUps.items.map(({ alarmId }) => alarmId)).not.toContain(asked.alarmId);
  });

  it('goes the same way when its alarm is answered and closed on the wall', async () => {
    const { id, alarmId } = await hub.press('meal');
    await hub.operator.post(`/alarms/${alarmId}/acknowledge`, {});
    expect(await hub.detail(id)).toMatchObject({ phase: 'taken', owner: { displayName: 'operator-a' } });
    await hub.operator.post(`/alarms/${alarmId}/close`, { disposition: 'service-arranged', note: '午餐' });
    expect(await hub.detail(id)).toMatchObject({
      phase: 'arranged',
      arranged: { provider: null, note: '午餐' },
    });
    await hub.operator.post(`/alarms/${alarmId}/reopen`, { note: '错了' });
    expect(await hub.detail(id)).toMatchObject({ phase: 'taken', arranged: null, endedAt: null });
    await hub.act(id, 'cancel', { reason: 'resident-withdrew' });
    expect(await hub.alarm(alarmId!)).toMatchObject({ phase: 'closed', disposition: 'other' });
  });

  it('joins what is asked already, and is asked anew once that is arranged', async () => {
    const first = await hub.press('advice');
    expect(await hub.press('advice')).toMatchObject({ id: first.id, presses: 2 });
    await hub.act(first.id, 'take');
    await hub.act(first.id, 'arrange', { note: '已解答' });
    const second = await hub.press('advice');
    expect(second.id).not.toBe(first.id);
    await hub.act(second.id, 'cancel', { reason: 'by-mistake' });
    expect(await hub.alarm(second.alarmId!)).toMatchObject({ phase: 'closed' });
  });

  it('is told to the resident on the device, and the answer stands on the time line', async () => {
    const { id, alarmId } = await hub.press('registration');
    await hub.act(id, 'take');
    const commands = await hub.api.db
      .selectFrom('commands')
      .selectAll()
      .where('alarm_id', '=', alarmId)
      .where('state', '=', 'waiting')
      .execute();
    expect(commands.map(({ reassurance }) => reassurance)).toEqual(['answered']);
    const origin = {
      deviceId: 'button-a',
      residentId: 'resident-a',
      stationId: 'a',
      gatewayId: null,
      isKnown: true,
      receivedAtMs: hub.api.clock.now(),
    };
    const result = { id: commands[0]!.id, ok: true };
    await hub.api.gate.commit('receiveCommandResult', { result, origin });
    expect(await hub.detail(id)).toMatchObject({ told: { state: 'answered' } });
    expect(await steps(id)).toEqual(['asked', 'taken', 'resident-told']);
    await hub.act(id, 'refuse', { reason: 'outside-hours', note: '明天再约' });
  });

  it('in test mode is a test, and stands in no number', async () => {
    await hub.manager.post('/test-modes', { of: 'station', id: 'b' });
    const supervisor = await hub.api.as('admin');
    const mode = await supervisor.post('/test-modes', { of: 'dwelling', id: 'home-b', minutes: 10 });
    expect(mode.statusCode).toBe(201);
    const request = await hub.press('taxi', 'b');
    expect(request).toMatchObject({ isTest: true });
    const numbers = (await supervisor.get('/requests/numbers?organisationId=b')).json();
    expect(numbers).toMatchObject({ all: { asked: 0 } });
  });
});

describe('a request by telephone', () => {
  const enter = async (body: object): Promise<ServiceRequest> => {
    const answer = await hub.operator.post('/requests', { residentId: 'resident-a', ...body });
    expect(answer.statusCode).toBe(201);
    return answer.json<ServiceRequest>();
  };

  it('is with whoever entered it, and what was said can be corrected', async () => {
    const request = await enter({ kind: 'taxi', details: { destination: '华山医院' }, note: '带轮椅' });
    expect(request).toMatchObject({ phase: 'taken', askedBy: 'phone', alarmId: null });
    const change = { details: { destination: '中山医院' }, version: request.version };
    const changed = await hub.operator.patch(`/requests/${request.id}`, change);
    expect(changed.json()).toMatchObject({ details: { destination: '中山医院' }, note: '带轮椅' });
    const late = await hub.operator.patch(`/requests/${request.id}`, { ...change, details: {} });
    expect(late.json()).toMatchObject({ code: 'changed-meanwhile', current: { note: '带轮椅' } });
    const said = (await hub.detail(request.id)).timeline.find(({ step }) => step === 'changed');
    expect(JSON.stringify(said)).not.toContain('医院');
    await hub.act(request.id, 'notes', { note: '再打一次' });
    await hub.act(request.id, 'cancel', { reason: 'arranged-otherwise' });
  });

  it('of a resident of another station, or of nobody, is not taken', async () => {
    for (const residentId of ['resident-b', 'nobody']) {
      const body = { kind: 'meal', residentId };
      expect(await code(hub.operator.post('/requests', body))).toBe('reference-unknown');
    }
  });

  it('is done in its order and by its owner, and says what is wrong otherwise', async () => {
    const { id } = await enter({ kind: 'meal', isTaken: false });
    const act = (path: string, body: object = {}) => code(hub.operator.post(`/requests/${id}/${path}`, body));
    expect(await act('arrange')).toBe('request-not-taken');
    expect(await act('done')).toBe('request-not-arranged');
    expect(await act('feedback', { score: 1 })).toBe('request-not-done');
    expect(await act('refuse', { reason: 'other' })).toBe('note-missing');
    expect(await act('offer-answer', { answer: 'accepted' })).toBe('no-offer');
    expect(await act('hand-over-answer', { answer: 'accepted' })).toBe('no-hand-over');
    await hub.act(id, 'take', {}, hub.manager);
    expect(await act('take')).toBe('request-taken');
    expect(await hub.act(id, 'take', { takeOver: true })).toMatchObject({
      owner: { displayName: 'operator-a' },
    });
    expect(await act('offer', { providerId: 'nobody' })).toBe('reference-unknown');
    await hub.act(id, 'refuse', { reason: 'no-provider' });
    expect(await act('take')).toBe('request-over');
    expect(await act('cancel', { reason: 'test' })).toBe('request-over');
  });
});

describe('a provider who is called', () => {
  it('is asked, refuses, and another one accepts', async () => {
    const { id } = await hub.press('taxi');
    await hub.act(id, 'take');
    const offered = await hub.act(id, 'offer', { providerId: 'city-cab', byPhone: true });
    expect(offered).toMatchObject({ offer: { provider: { name: '申城出租' } }, due: { what: 'offer' } });
    expect(await code(hub.operator.post(`/requests/${id}/offer`, { providerId: 'green-cab' }))).toBe(
      'offer-open',
    );
    await hub.act(id, 'offer-answer', { answer: 'refused', reason: 'no-capacity' });
    await hub.act(id, 'offer', { providerId: 'green-cab', byPhone: true });
    const at = new Date(hub.api.clock.now() + 30 * minute).toISOString();
    const arranged = await hub.act(id, 'offer-answer', { answer: 'accepted', for: at });
    expect(arranged).toMatchObject({
      phase: 'arranged',
      arranged: { provider: { id: 'green-cab' }, for: at },
    });
    await hub.act(id, 'done');
    expect(await steps(id)).toEqual([
      'asked',
      'taken',
      'offered',
      'offer-refused',
      'offered',
      'arranged',
      'done',
    ]);
  });

  it('who does not answer in time is no longer waited for, and what is late goes to the street', async () => {
    const { id } = await hub.press('taxi');
    await hub.act(id, 'take');
    await hub.act(id, 'offer', { providerId: 'city-cab', byPhone: true });
    hub.api.clock.move(10 * minute);
    await hub.api.gate.commit('passRequests', null);
    expect(await hub.detail(id)).toMatchObject({ offer: null, due: { what: 'arranged' }, missed: [] });
    hub.api.clock.move(10 * minute);
    await hub.api.gate.commit('passRequests', null);
    expect(await hub.detail(id)).toMatchObject({ missed: ['arranged'], isWithStreet: true });
    const street = await hub.api.as('admin');
    const { items, counts } = (await street.get('/requests?view=overdue')).json<RequestPage>();
    expect(items.map((item) => item.id)).toContain(id);
    expect(counts.overdue).toBe(items.length);
    hub.api.clock.move(60 * minute);
    await hub.api.gate.commit('passRequests', null);
    expect((await steps(id)).slice(-4)).toEqual([
      'offer-lapsed',
      'missed',
      'went-to-street',
      'went-to-street',
    ]);
    await hub.act(id, 'arrange', { note: '自己去' });
    await hub.act(id, 'done');
  });
});

describe('a request that is handed over', () => {
  it('stays with whoever has it until the other accepts, within a time', async () => {
    const { id } = await hub.press('advice');
    await hub.act(id, 'take');
    const other = await hub.api.as('operator-b');
    expect((await other.get(`/requests/${id}`)).statusCode).toBe(404);
    await hub.act(id, 'hand-over', { organisationId: 'b', note: '你们有护士' });
    expect(await hub.detail(id, other)).toMatchObject({ handOver: { to: { id: 'b' }, from: { id: 'a' } } });
    expect(await code(hub.operator.post(`/requests/${id}/hand-over-answer`, { answer: 'accepted' }))).toBe(
      'not-found',
    );
    hub.api.clock.move(121 * minute);
    await hub.api.gate.commit('passRequests', null);
    expect(await hub.detail(id)).toMatchObject({ handOver: null, heldBy: { id: 'a' } });
    expect((await other.get(`/requests/${id}`)).statusCode).toBe(404);
    await hub.act(id, 'hand-over', { organisationId: 'b' });
    await hub.act(id, 'hand-over-answer', { answer: 'declined', note: '没有人' }, other);
    await hub.act(id, 'hand-over', { organisationId: 'b' });
    const accepted = await hub.act(id, 'hand-over-answer', { answer: 'accepted' }, other);
    expect(accepted).toMatchObject({ heldBy: { id: 'b' }, owner: { displayName: 'operator-b' } });
    expect(await hub.detail(id)).toMatchObject({ heldBy: { id: 'b' } });
    await hub.act(id, 'arrange', {}, other);
  });

  it('goes to no organisation that is not near', async () => {
    const { id } = await hub.press('advice');
    await hub.act(id, 'take');
    expect(await code(hub.operator.post(`/requests/${id}/hand-over`, { organisationId: 'nowhere' }))).toBe(
      'reference-unknown',
    );
    const near = (await hub.operator.get(`/requests/${id}/near`)).json<{ items: { id: string }[] }>();
    expect(near.items.map((item) => item.id)).toEqual(['street', 'district', 'b']);
    expect(await hub.act(id, 'hand-over', { organisationId: 'street' })).toMatchObject({
      handOver: { to: { id: 'street' } },
    });
    await hub.act(id, 'cancel', { reason: 'resident-withdrew' });
  });
});

describe('what may be seen', () => {
  it('is masked for an auditor, and hidden from another station', async () => {
    const asked = await hub.operator.post('/requests', {
      kind: 'meal',
      residentId: 'resident-a',
      note: '不要辣',
      details: { meal: '晚餐' },
    });
    const { id } = asked.json<ServiceRequest>();
    const auditor = await hub.api.as('auditor-a');
    expect(await hub.detail(id, auditor)).toMatchObject({
      residentName: '王**',
      residentPhone: '138****8000',
      note: '***',
      details: { meal: '***' },
    });
    const other = await hub.api.as('operator-b');
    const { items } = (await other.get('/requests?view=all')).json<RequestPage>();
    expect(items.map((item) => item.id)).not.toContain(id);
    expect((await other.get(`/requests/${id}`)).statusCode).toBe(404);
    for (const path of ['take', 'done', 'cancel'])
      expect((await other.post(`/requests/${id}/${path}`, { reason: 'test' })).statusCode).not.toBe(200);
  });

  it('comes page by page, as it is due', async () => {
    const first = (await hub.operator.get('/requests?view=all&limit=2')).json<RequestPage>();
    expect(first.items).toHaveLength(2);
    const second = (
      await hub.operator.get(`/requests?view=all&limit=2&cursor=${first.cursor}`)
    ).json<RequestPage>();
    expect(second.items.map(({ id }) => id)).not.toContain(first.items[1]!.id);
    const open = (await hub.operator.get('/requests?view=open&limit=1')).json<RequestPage>();
    expect(open.items[0]?.due).not.toBeNull();
  });
});
