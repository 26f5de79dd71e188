import type { Campaign, CampaignCall } from '@carebell/contracts/visit-campaigns.ts';
import type { Visit } from '@carebell/contracts/visits.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day, openVisitWorld } from '../adapters/visit-world-under-test.ts';
import type { Caller, VisitWorld } from '../adapters/visit-world-under-test.ts';

let world: VisitWorld;
let operator: Caller;
let alone: string[];
beforeAll(async () => {
  world = await openVisitWorld();
  operator = await world.api.as('operator-a');
  alone = [await world.enterResident(['living-alone']), await world.enterResident(['living-alone'])];
  await world.enterResident(['dementia']);
});
afterAll(() => world.api.close());

const start = async (body: object = {}, by: Caller = world.manager) =>
  by.post('/visit-campaigns', {
    name: '七月高温',
    kind: 'heat',
    organisationId: 'a',
    groups: ['living-alone'],
    until: world.inMs(day),
    script: '多喝水，开空调',
    ...body,
  });
const calls = async (id: string, query = '', by: Caller = operator) =>
  (await by.get(`/visit-campaigns/${id}/calls${query}`)).json<{ items: CampaignCall[] }>().items;
const call = async (id: string, residentId: string, body: object) =>
  operator.post(`/visit-campaigns/${id}/calls/${residentId}`, body);

describe('a campaign', () => {
  it('lists whom to call, counts who was reached, and ends with its numbers as the report', async () => {
    const campaign = (await start()).json<Campaign>();
    expect(campaign).toMatchObject({
      phase: 'running',
      organisationName: 'Station a',
      startedBy: 'station-manager-a',
      numbers: { residents: 2, done: 0, open: 2 },
    });
    const { id } = campaign;
    expect((await calls(id)).map(({ residentId }) => residentId).toSorted()).toEqual(alone.toSorted());
    const [first, second] = alone as [string, string];
    await call(id, first, { result: 'not-reached' });
    await call(id, first, { result: 'not-reached' });
    // The one who was tried less comes first.
    expect((await calls(id, '?state=open'))[0]).toMatchObject({ residentId: second, phone: '13800138000' });
    const reached = await call(id, second, { result: 'needs-help', note: '空调坏了' });
    expect(reached.json()).toMatchObject({
      numbers: { done: 1, open: 1, tries: 3, byResult: { 'needs-help': 1, 'not-reached': 1 } },
    });
    expect((await calls(id)).at(-1)).toMatchObject({
      residentId: second,
      isDone: true,
      result: 'needs-help',
      note: '空调坏了',
      lastBy: 'operator-a',
    });
    const ended = await world.manager.post(`/visit-campaigns/${id}/end`);
    expect(ended.json()).toMatchObject({ phase: 'ended', numbers: { residents: 2, done: 1, open: 1 } });
    expect((await call(id, first, { result: 'well' })).json()).toMatchObject({ code: 'campaign-ended' });
    expect((await world.manager.post(`/visit-campaigns/${id}/end`)).statusCode).toBe(409);
  });

  it('whose call reaches somebody is a visit by telephone', async () => {
    const { id } = (await start()).json<Campaign>();
    const [first] = alone as [string, string];
    expect(await world.dueOf(first, 'due')).toBeDefined();
    await call(id, first, { result: 'well' });
    expect(await world.dueOf(first, 'due')).toBeUndefined();
    const { items } = (await operator.get(`/residents/${first}/visits`)).json<{ items: Visit[] }>();
    expect(items[0]).toMatchObject({ kind: 'phone', result: 'met', campaignId: id });
  });

  it('of a street is read by its stations, each with its own residents', async () => {
    const answer = await start({ organisationId: 'street', groups: [] }, world.admin);
    const { id, numbers } = answer.json<Campaign>();
    expect(numbers.residents).toBe(5);
    const list = (await operator.get('/visit-campaigns')).json<{ items: Campaign[] }>().items;
    expect(list.find((one) => one.id === id)?.numbers.residents).toBe(4);
    const other = await world.api.as('operator-b');
    expect((await calls(id, '', other)).map(({ residentId }) => residentId)).toEqual(['resident-b']);
    const foreign = await call(id, 'resident-b', { result: 'well' });
    expect(foreign.statusCode).toBe(404);
    const ended = await world.manager.post(`/visit-campaigns/${id}/end`);
    expect(ended.statusCode).toBe(404);
  });

  it('is begun by managers, in their part of the organisation, for a time to come', async () => {
    expect((await start({}, operator)).statusCode).toBe(403);
    expect((await start({ organisationId: 'b' })).statusCode).toBe(422);
    expect((await start({ until: world.inMs(-1) })).statusCode).toBe(422);
    expect((await world.responder.get('/visit-campaigns')).statusCode).toBe(403);
  });
});
