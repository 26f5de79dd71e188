import type {
  Commissioning,
  CommissioningPoint,
  CommissioningRecord,
  Retest,
  SignedContent,
} from '@carebell/contracts/commissioning.ts';
import type { TestMode } from '@carebell/contracts/test-mode.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createAlarmReads } from '../adapters/store/alarm-reads.ts';
import { createCommissioningReads } from '../adapters/store/commissioning-reads.ts';
import { followRetests } from './commissioning-watch.ts';
import { readSignedRecords } from '../adapters/store/commissioning-reads.ts';
import { brokenRecords, recordHash } from './signed-record.ts';

let api: ApiUnderTest;
let installer: Awaited<ReturnType<ApiUnderTest['as']>>;
let operatorId: string;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  const admin = await api.as('admin');
  await admin.post('/devices', {
    id: 'door-a',
    type: 'door-sensor',
    dwellingId: 'home-a',
    gatewayId: 'gateway-a',
  });
  installer = await api.as('installer-a');
  const users = (await admin.get('/users?limit=500')).json<{ items: { id: string; name: string }[] }>();
  operatorId = users.items.find(({ name }) => name === 'operator-a')?.id ?? '';
});
afterAll(() => api.close());

let count = 0;
async function says(deviceId: string, kind: string, more: { gatewayId?: string; rssi?: number } = {}) {
  count += 1;
  api.clock.move(20);
  const { gatewayId = null, rssi } = more;
  const home = { residentId: deviceId === 'door-a' ? null : 'resident-a', stationId: 'a' };
  const origin = { deviceId, ...home, gatewayId, isKnown: true, receivedAtMs: api.clock.now() };
  const event = { id: `e${count}`, kind, data: { key: 'help', ...(rssi === undefined ? {} : { rssi }) } };
  const { alarmIds } = await api.gate.commit('receiveEvent', { event, origin });
  return alarmIds[0] ?? '';
}

async function measured(deviceId: string, battery: number) {
  await api.gate.commit('seeDevices', [{ of: 'device', id: deviceId, seenAtMs: api.clock.now(), battery }]);
}

async function begin(): Promise<Commissioning> {
  const answer = await installer.post('/commissionings', { dwellingId: 'home-a' });
  expect(answer.statusCode).toBe(201);
  return answer.json<Commissioning>();
}

const stand = async (id: string) => (await installer.get(`/commissionings/${id}`)).json<Commissioning>();
const checkIn = (one: Commissioning, deviceId: string, key: string) =>
  one.deviceList.find((device) => device.deviceId === deviceId)?.checks.find((check) => check.key === key);

const signature = { width: 300, height: 150, strokes: [[10, 10, 40, 60, 90, 20]] };
const signatures = {
  installer: { name: '赵师傅', signature },
  witness: { name: '王秀英', role: 'resident', signature },
};

describe('a commissioning', () => {
  it('lists what each device of the dwelling must show, under test mode, and goes on on another telephone', async () => {
    const begun = await begin();
    expect(begun.deviceList.map(({ deviceId, checks }) => [deviceId, checks.map(({ key }) => key)])).toEqual([
      ['button-a', ['presses', 'shown', 'battery', 'alive']],
      ['door-a', ['events', 'tamper', 'battery', 'alive']],
    ]);
    expect(begun.test).not.toBeNull();
    const { items } = (await installer.get('/test-modes')).json<{ items: TestMode[] }>();
    expect(items).toMatchObject([{ of: 'dwelling', subjectId: 'home-a', commissioningId: begun.id }]);
    expect((await begin()).id).toBe(begun.id);
    const mine = (await installer.get('/commissionings?mine=true&state=open')).json<{ items: unknown[] }>();
    expect(mine.items).toHaveLength(1);
  });

  it('counts presses that are heard well, with the gateways that heard them', async () => {
    const { id } = await begin();
    const gatewayId = 'gateway-a';
    await says('button-a', 'button.pressed', { gatewayId, rssi: -60 });
    await says('button-a', 'button.pressed', { gatewayId, rssi: -99 });
    expect(checkIn(await stand(id), 'button-a', 'presses')).toMatchObject({
      state: 'waiting',
      progress: { have: 0, of: 3 },
      next: 'stronger-press',
      evidence: { presses: [{ isGood: true, signal: -60, gateways: [{ gatewayId }] }, { isGood: false }] },
    });
    for (const rssi of [-70, -71, -72]) await says('button-a', 'button.pressed', { gatewayId, rssi });
    expect(checkIn(await stand(id), 'button-a', 'presses')?.progress).toEqual({ have: 3, of: 3 });
  });

  it('has an alarm shown by a screen of somebody who answers, with the time of each hop', async () => {
    const { id } = await begin();
    await installer.post(`/commissionings/${id}/again`, { deviceId: 'button-a', key: 'shown' });
    const [open] = await createAlarmReads(api.db).list({ phase: 'open', stationIds: 'all', limit: 9 });
    expect(open?.testId).toBeDefined();
    expect(checkIn(await stand(id), 'button-a', 'shown')?.next).toBe('answer');
    const user = { id: operatorId, displayName: '李护士' };
    await api.gate.commit('acknowledgeAlarm', { alarmId: open?.id ?? '', user, takeOver: false });
    const alarmId = await says('button-a', 'button.pressed');
    expect(checkIn(await stand(id), 'button-a', 'shown')).toMatchObject({ next: 'screen' });
    api.clock.move(300);
    await api.gate.commit('recordDisplayed', { alarmIds: [alarmId], user, screenId: 's' });
    const shown = checkIn(await stand(id), 'button-a', 'shown')?.evidence.shown;
    expect(shown).toMatchObject({ alarmId, user: '李护士', totalMs: 300 });
    expect(shown?.hops.map(({ hop, ms }) => [hop, ms])).toEqual([
      ['press', 0],
      ['broker', 0],
      ['journal', 0],
      ['screen', 300],
    ]);
  });

  it('is not signed while a check waits, leaves points for what was skipped, and keeps what was signed', async () => {
    const { id } = await begin();
    await measured('button-a', 80);
    for (const kind of ['tamper.opened', 'tamper.closed', 'door.closed', 'door.opened', 'door.closed'])
      await says('door-a', kind, { gatewayId: 'gateway-a' });
    const early = await installer.post(`/commissionings/${id}/sign`, signatures);
    expect(early.statusCode).toBe(422);
    const dueAt = new Date(api.clock.now() + 86_400_000).toISOString();
    const skip = { deviceId: 'door-a', key: 'battery', reason: 'reports none', owner: '赵师傅', dueAt };
    expect((await installer.post(`/commissionings/${id}/skip`, skip)).statusCode).toBe(200);
    const signed = await installer.post(`/commissionings/${id}/sign`, signatures);
    expect(signed.statusCode).toBe(200);
    expect(signed.json<Commissioning>()).toMatchObject({
      state: 'signed',
      test: null,
      checks: { passed: 7, skipped: 1, waiting: 0 },
    });
    const record = (await installer.get(`/commissionings/${id}/record`)).json<CommissioningRecord>();
    expect(record).toMatchObject({ holds: true, previousSha256: '' });
    const content = JSON.parse(record.content ?? '') as SignedContent;
    expect(content).toMatchObject({
      ...signatures,
      address: 'a lane 7, room 301',
      points: [skip as never].map(({ reason, owner }) => ({ reason, owner })),
    });
    expect(recordHash('', { id, signedAtMs: record.signedAtMs, content: record.content ?? '' })).toBe(
      record.sha256,
    );
    expect((await installer.post(`/commissionings/${id}/sign`, signatures)).statusCode).toBe(409);
    expect((await installer.get('/test-modes')).json<{ items: [] }>().items).toEqual([]);
  });

  it('chains each record to the one signed before', async () => {
    const second = await begin();
    const dueAt = new Date(api.clock.now()).toISOString();
    for (const { deviceId, checks } of second.deviceList)
      for (const { key } of checks)
        await installer.post(`/commissionings/${second.id}/skip`, {
          deviceId,
          key,
          reason: 'x',
          owner: 'y',
          dueAt,
        });
    expect((await installer.post(`/commissionings/${second.id}/sign`, signatures)).statusCode).toBe(200);
    const { items } = (await installer.get('/commissionings?state=signed')).json<{
      items: Commissioning[];
    }>();
    const [later, first] = await Promise.all(
      items.map(async ({ id }) =>
        (await installer.get(`/commissionings/${id}/record`)).json<CommissioningRecord>(),
      ),
    );
    expect(later?.previousSha256).toBe(first?.sha256);
  });

  it('leaves points that are listed until they are done', async () => {
    const points = async (query: string) =>
      (await installer.get(`/commissioning-points?${query}`)).json<{ items: CommissioningPoint[] }>().items;
    const [point] = await points('deviceId=door-a');
    expect(point).toMatchObject({ address: 'a lane 7, room 301', doneAt: null, deviceType: 'door-sensor' });
    const before = await points('stationId=a');
    const done = await installer.post(`/commissioning-points/${point?.id}/done`, { note: 'later' });
    expect(done.json<CommissioningPoint>()).toMatchObject({
      note: 'later',
      doneBy: { displayName: 'installer-a' },
    });
    expect(await points('stationId=a')).toHaveLength(before.length - 1);
    expect(await points('state=done')).toHaveLength(1);
  });

  it('is ended unsigned with a reason, and hidden from another station', async () => {
    const { id } = await begin();
    const other = await api.as('installer-b');
    expect((await other.get(`/commissionings/${id}`)).statusCode).toBe(404);
    expect((await other.post(`/commissionings/${id}/abandon`, { reason: 'x' })).statusCode).toBe(404);
    const prolonged = await installer.post(`/commissionings/${id}/test`, { minutes: 120 });
    expect(prolonged.json<Commissioning>().test?.endsAt).toBe(
      new Date(api.clock.now() + 120 * 60_000).toISOString(),
    );
    const ended = await installer.post(`/commissionings/${id}/abandon`, { reason: 'nobody home' });
    expect(ended.json<Commissioning>()).toMatchObject({
      state: 'abandoned',
      abandonedBecause: 'nobody home',
    });
  });
});

describe('a device that was commissioned', () => {
  const reads = () => createCommissioningReads(api.db);
  const retests = async () =>
    (await installer.get('/commissioning-retests')).json<{ items: Retest[] }>().items;
  const follow = () => followRetests({ commit: api.gate.commit, reads: reads() });
  beforeAll(follow);

  it('must be tested again after a change, until it is pressed', async () => {
    api.clock.move(10);
    await installer.patch('/devices/button-a', { room: 'bath' });
    await follow();
    expect(await retests()).toEqual([]);
    await installer.patch('/devices/button-a', {
      gatewayId: 'gateway-a',
      signals: { '*': { kind: 'button.pressed' } },
    });
    await follow();
    expect(await retests()).toMatchObject([
      { deviceId: 'button-a', reasons: ['gateway-changed', 'signals-changed'].toSorted(), needs: 'press' },
    ]);
    await says('button-a', 'heartbeat');
    await measured('button-a', 80);
    await follow();
    expect(await retests()).toHaveLength(1);
    await says('button-a', 'test.pressed');
    await measured('button-a', 80);
    await follow();
    expect(await retests()).toEqual([]);
  });

  it('must be heard again after its gateway came back, and nothing else is asked', async () => {
    api.clock.move(10);
    const gateway = { of: 'gateway', id: 'gateway-a', cause: 'announced', stationId: 'a' } as const;
    for (const availability of ['offline', 'online'] as const)
      await api.gate.commit('receivePresence', { ...gateway, availability, atMs: api.clock.now() });
    await follow();
    expect((await retests()).map(({ deviceId, needs, reasons }) => [deviceId, needs, reasons])).toEqual([
      ['button-a', 'sign', ['gateway-restarted']],
      ['door-a', 'sign', ['gateway-restarted']],
    ]);
    api.clock.move(10);
    await measured('door-a', 80);
    await follow();
    expect((await retests()).map(({ deviceId }) => deviceId)).toEqual(['button-a']);
    const kinds = await api.db
      .selectFrom('journal')
      .select('kind')
      .where('kind', 'like', 'commissioning-retest-%')
      .execute();
    expect(kinds).toHaveLength(5);
  });

  it('must be tested again when other hardware takes its place, and heard when it has fetched another secret', async () => {
    api.clock.move(10);
    await follow();
    const { statusCode } = await installer.post('/devices/door-a/exchange', { id: 'door-b' });
    expect(statusCode).toBe(201);
    await follow();
    const of = async (id: string) =>
      (await retests()).flatMap(({ deviceId, reasons, needs }) =>
        deviceId === id ? [[reasons, needs]] : [],
      );
    expect(await of('door-b')).toEqual([[['device-exchanged'], 'event']]);
    expect(await of('door-a')).toEqual([]);
    await says('door-b', 'heartbeat');
    await measured('door-b', 80);
    await follow();
    expect(await of('door-b')).toHaveLength(1);
    await says('door-b', 'door.opened');
    await measured('door-b', 80);
    await follow();
    expect(await of('door-b')).toEqual([]);

    await installer.patch('/devices/door-b', { gatewayId: null });
    await says('door-b', 'door.opened');
    await measured('door-b', 80);
    await follow();
    await installer.post('/devices/door-b/claim');
    const { codeHash = '' } = (await api.claims.claim('door-b')) ?? {};
    await api.gate.commit('deliverClaim', { accountId: 'door-b', codeHash, secretHash: 'its new one' });
    await api.gate.commit('takeClaimedSecret', { accountId: 'door-b', secretHash: 'its new one' });
    await follow();
    expect(await of('door-b')).toEqual([[['secret-renewed'], 'sign']]);
    await says('door-b', 'heartbeat');
    await measured('door-b', 80);
    await follow();
    expect(await of('door-b')).toEqual([]);
  });
});

describe('the signed records of a hub', () => {
  it('hold one another, also when the words of one were deleted on request of its resident', async () => {
    const supervisor = await api.as('supervisor-b');
    const begun = await supervisor.post('/commissionings', { dwellingId: 'home-b' });
    const { id, deviceList } = begun.json<Commissioning>();
    const dueAt = new Date(api.clock.now()).toISOString();
    for (const { deviceId, checks } of deviceList)
      for (const { key } of checks)
        await supervisor.post(`/commissionings/${id}/skip`, {
          deviceId,
          key,
          reason: 'x',
          owner: 'y',
          dueAt,
        });
    expect((await supervisor.post(`/commissionings/${id}/sign`, signatures)).statusCode).toBe(200);
    const erasure = { confirm: 'resident-b', reason: 'asked by letter, no. 12' };
    expect((await supervisor.post('/residents/resident-b/erasure', erasure)).statusCode).toBeLessThan(300);
    const record = (await supervisor.get(`/commissionings/${id}/record`)).json<CommissioningRecord>();
    expect(record).toMatchObject({ content: null, holds: false });
    const records = await readSignedRecords(api.db);
    expect(records).toHaveLength(3);
    expect(brokenRecords(records)).toEqual([]);
    const [first, ...rest] = records;
    expect(brokenRecords([{ ...first!, content: `${first?.content} ` }, ...rest])).toEqual([first?.id]);
    expect(brokenRecords(rest)).toEqual([rest[0]?.id]);
  });
});
