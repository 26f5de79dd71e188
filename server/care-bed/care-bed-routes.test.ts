import type { CareBed, CareBedDetail } from '@carebell/contracts/care-beds.ts';
import type { Night } from '@carebell/contracts/night.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

let api: ApiUnderTest;
type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let manager: Caller;
const callers = new Map<string, Caller>();
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  for (const role of ['station-manager', 'operator', 'auditor', 'installer', 'responder'])
    callers.set(role, await api.as(`${role}-a`));
  manager = callers.get('station-manager')!;
});
afterAll(() => api.close());

const chen = { name: '陈芳', relation: '护理员', phone: '13800138111', begins: '20:00', ends: '08:00' };
const inHours = (hours: number) => new Date(api.clock.now() + hours * 3_600_000).toISOString();
const list = async (who = manager, query = '') =>
  (await who.get(`/care-beds${query}`)).json<{ items: CareBed[] }>().items;
const sightOf = (deviceId: string) => ({ of: 'device' as const, id: deviceId, seenAtMs: api.clock.now() });
let id: string;

describe('a home care bed', () => {
  it('is opened for a resident once, and says what it is short of', async () => {
    const body = { residentId: 'resident-a', carers: [chen], note: '夜间翻身两次' };
    const answer = await manager.post('/care-beds', body);
    expect(answer.statusCode).toBe(201);
    const bed = answer.json<CareBedDetail>();
    ({ id } = bed);
    expect(bed).toMatchObject({
      residentName: '王秀英 a',
      stationId: 'a',
      carers: [chen],
      note: '夜间翻身两次',
      lacks: ['no-bed-sensor', 'button-silent'],
      night: { place: 'unequipped' },
      alarms: [],
      respite: null,
    });
    expect((await manager.post('/care-beds', body)).json()).toMatchObject({ code: 'already-exists' });
    const elsewhere = await manager.post('/care-beds', { residentId: 'resident-b' });
    expect(elsewhere.json()).toMatchObject({ code: 'reference-unknown' });
  });

  it('is marked in the night watch, whatever the risk groups are', async () => {
    const night = (await manager.get('/organisations/a/night')).json<Night>();
    expect(night.residents).toMatchObject([{ residentId: 'resident-a', careBedId: id }]);
    const other = (await (await api.as('operator-b')).get('/organisations/b/night')).json<Night>();
    expect(other.residents).toEqual([]);
  });

  it('has a bed sensor as soon as one is entered and heard', async () => {
    await manager.post('/devices', { id: 'bed-a', type: 'bed-sensor', residentId: 'resident-a' });
    expect((await list())[0]?.lacks).toContain('bed-sensor-silent');
    const origin = {
      deviceId: 'bed-a',
      residentId: 'resident-a',
      stationId: 'a',
      gatewayId: null,
      isKnown: true,
      receivedAtMs: api.clock.now(),
    };
    const event = { id: 'b1', kind: 'bed.entered' };
    await api.gate.commit('receiveEvent', { event, origin });
    await api.gate.commit('seeDevices', [sightOf('bed-a')]);
    expect((await list())[0]?.lacks).toEqual(['button-silent']);
  });

  it('shows its alarms and visits of the last days, and stands first while one is open', async () => {
    const origin = {
      deviceId: 'button-a',
      residentId: 'resident-a',
      dwellingId: 'home-a',
      stationId: 'a',
      gatewayId: null,
      isKnown: true,
      receivedAtMs: api.clock.now(),
    };
    const event = { id: 'p1', kind: 'button.pressed', data: { key: 'help' } };
    await api.gate.commit('receiveEvent', { event, origin });
    await api.gate.commit('seeDevices', [sightOf('button-a')]);
    await manager.post('/visits', { residentId: 'resident-a', kind: 'phone', result: 'met' });
    const bed = (await manager.get(`/care-beds/${id}`)).json<CareBedDetail>();
    expect(bed.alarms).toMatchObject([{ kind: 'help', isAnswered: false }]);
    expect(bed.log.map(({ of }) => of).toSorted((a, b) => a.localeCompare(b))).toEqual(['alarm', 'visit']);
    expect(bed.lacks).toEqual([]);
  });

  it('tells when a carer is away and nobody stands in', async () => {
    const respite = { carer: '陈芳', from: inHours(-1), until: inHours(24) };
    expect((await manager.post(`/care-beds/${id}/respites`, { ...respite, carer: '谁' })).statusCode).toBe(
      422,
    );
    expect(
      (await manager.post(`/care-beds/${id}/respites`, { ...respite, until: inHours(-2) })).statusCode,
    ).toBe(422);
    const away = (await manager.post(`/care-beds/${id}/respites`, respite)).json<CareBedDetail>();
    expect(away).toMatchObject({
      lacks: ['no-night-carer', 'no-stand-in'],
      respite: { carer: '陈芳', phase: 'running' },
    });
    expect((await manager.post(`/care-beds/${id}/respites`, respite)).json()).toMatchObject({
      code: 'already-exists',
    });
    const [one] = away.respites;
    await manager.delete(`/care-beds/${id}/respites/${one!.id}`);
    const standIn = { name: '李梅', phone: '13800138222' };
    const again = await manager.post(`/care-beds/${id}/respites`, { ...respite, standIn });
    expect(again.json()).toMatchObject({ lacks: [], respites: [{ standIn }] });
  });

  it('is changed by whoever saw its latest state', async () => {
    const { version } = (await manager.get(`/care-beds/${id}`)).json<CareBedDetail>();
    const li = { ...chen, name: '李梅', begins: '08:00', ends: '20:00' };
    const changed = await manager.patch(`/care-beds/${id}`, { carers: [chen, li], version });
    expect(changed.json()).toMatchObject({ carers: [chen, li], version: version + 1 });
    const late = await manager.patch(`/care-beds/${id}`, { note: 'x', version });
    expect(late.json()).toMatchObject({ code: 'changed-meanwhile', current: { id } });
  });

  it('is read by who answers alarms, masked for auditors, and written by managers', async () => {
    expect(await list(callers.get('operator'))).toHaveLength(1);
    const seen = (await callers.get('auditor')!.get(`/care-beds/${id}`)).json<CareBedDetail>();
    expect(seen.carers[0]).toMatchObject({ name: '陈**', phone: '138****8111' });
    expect(JSON.stringify(seen)).not.toMatch(/陈芳|李梅|王秀英|翻身/);
    for (const role of ['installer', 'responder'])
      expect((await callers.get(role)!.get('/care-beds')).statusCode).toBe(403);
    const operator = callers.get('operator')!;
    for (const answer of [
      await operator.post('/care-beds', { residentId: 'resident-a' }),
      await operator.patch(`/care-beds/${id}`, { note: '' }),
      await operator.post(`/care-beds/${id}/end`, { reason: 'x' }),
      await operator.post(`/care-beds/${id}/respites`, {
        carer: '陈芳',
        from: inHours(30),
        until: inHours(31),
      }),
      await operator.delete(`/care-beds/${id}/respites/x`),
    ])
      expect(answer.statusCode).toBe(403);
    expect((await (await api.as('station-manager-b')).get(`/care-beds/${id}`)).statusCode).toBe(404);
  });

  it('leaves its trail in the journal, which names no people', async () => {
    const entries = await api.db
      .selectFrom('journal')
      .selectAll()
      .where('kind', 'like', 'care-bed-%')
      .execute();
    expect(entries.map(({ kind }) => kind)).toEqual([
      'care-bed-opened',
      'care-bed-respite-set',
      'care-bed-respite-removed',
      'care-bed-respite-set',
      'care-bed-changed',
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/陈芳|翻身/);
  });

  it('ends with a reason, and another can be opened', async () => {
    const ended = await manager.post(`/care-beds/${id}/end`, { reason: '入住护理院' });
    expect(ended.json()).toMatchObject({ endReason: '入住护理院', lacks: [], night: null });
    expect((await manager.post(`/care-beds/${id}/end`, { reason: 'x' })).statusCode).toBe(409);
    expect(await list()).toEqual([]);
    expect((await list(manager, '?state=ended')).map((bed) => bed.id)).toEqual([id]);
    expect((await manager.post('/care-beds', { residentId: 'resident-a' })).statusCode).toBe(201);
  });
});
