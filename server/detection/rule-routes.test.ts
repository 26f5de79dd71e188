import type { AuditEntry } from '@carebell/contracts/audit.ts';
import type { OrganisationRules, ResidentRules, RuleTrial } from '@carebell/contracts/detection.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

const minuteMs = 60_000;
const timeZone = 'Asia/Shanghai';
const inactivity = (afterMinutes: number) => ({
  id: 'inactivity-day',
  kind: 'inactivity' as const,
  from: '07:00',
  to: '23:00',
  afterMinutes,
  inBedAfterMinutes: null,
});

let api: ApiUnderTest;
let manager: Awaited<ReturnType<ApiUnderTest['as']>>;
let sent = 0;

beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  manager = await api.as('station-manager-a');
  const device = { id: 'motion-a', type: 'motion-sensor', room: '客厅', residentId: 'resident-a' };
  await manager.post('/devices', device);
});
afterAll(() => api.close());

/** The sensor in the living room reports movement now. */
async function move(): Promise<void> {
  sent += 1;
  const receivedAtMs = api.clock.now();
  await api.gate.commit('receiveEvent', {
    event: { id: `m${sent}`, kind: 'motion.detected' },
    origin: {
      deviceId: 'motion-a',
      residentId: 'resident-a',
      stationId: 'a',
      gatewayId: null,
      isKnown: true,
      receivedAtMs,
    },
  });
}

/** Lets time pass as in a hub that runs: detection has its turn every few minutes. */
async function pass(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 3) {
    api.clock.move(3 * minuteMs);
    await follow();
  }
}
async function follow(): Promise<void> {
  await api.gate.commit('followDetection', { timeZone, atMost: 500 });
}

it('a station without risk groups has the rules that are entered there, and says what it inherits', async () => {
  const answer = await manager.put('/organisations/a/rules', { rules: [inactivity(240)], version: 0 });
  expect(answer.json<OrganisationRules>()).toMatchObject({
    version: 1,
    rules: [{ afterMinutes: 240 }],
    inherited: [
      { organisationId: 'street', rules: [] },
      { organisationId: 'district', rules: [] },
    ],
  });
  const again = await manager.put('/organisations/a/rules', { rules: [], version: 0 });
  expect(again.json()).toMatchObject({ status: 409, code: 'changed-meanwhile', current: { version: 1 } });
  const { effective } = (await manager.get('/residents/resident-a/rules')).json<ResidentRules>();
  expect(effective).toEqual([inactivity(240)]);
});

it('a rule of a hub that runs raises an alarm that says why', async () => {
  await follow();
  await move();
  await pass(150);
  await move();
  await pass(237);
  const open = async () => (await manager.get('/alarms')).json<{ items: object[] }>().items;
  expect(await open()).toEqual([]);
  await pass(6);
  expect(await open()).toMatchObject([
    { kind: 'inactivity', residentId: 'resident-a', reason: { ruleId: 'inactivity-day', limitMinutes: 240 } },
  ]);
});

it('a changed rule shows beforehand what it would have raised, for the resident and for the station', async () => {
  await api.gate.commit('indexByDevice', null);
  for (const path of ['/residents/resident-a', '/organisations/a']) {
    const answer = await manager.post(`${path}/rules/trial`, { rules: [inactivity(120)], days: 1 });
    const trial = answer.json<RuleTrial>();
    expect(trial).toMatchObject({ messages: 2, isCut: false });
    expect(trial.byRule).toEqual([{ ruleId: 'inactivity-day', found: 2, foundNow: 1 }]);
    expect(trial.findings.map(({ isFoundNow }) => isFoundNow)).toEqual([true, false]);
  }
  expect((await manager.get('/alarms')).json<{ items: object[] }>().items).toHaveLength(1);
});

it('a rule that is switched off for a resident is silent for that one', async () => {
  const rules = [{ id: 'inactivity-day', isOff: true }];
  const answer = await manager.put('/residents/resident-a/rules', { rules });
  expect(answer.json<ResidentRules>()).toMatchObject({ version: 1, effective: [] });
});

it('each rule says where it comes from, and the records who changed what of it', async () => {
  const rules = [inactivity(240), { id: 'not-up', isOff: true }];
  await manager.put('/organisations/a/rules', { rules });
  const station = (await manager.get('/organisations/a/rules')).json<OrganisationRules>();
  const alone = station.placed.find(({ pack }) => pack === 'living-alone')?.rules ?? [];
  const place = {
    of: 'organisation',
    organisationId: 'a',
    organisationName: 'Station a',
    level: 'station',
  };
  expect(alone.find(({ rule }) => rule.id === 'inactivity-day')).toMatchObject({
    origin: place,
    instead: { rule: { afterMinutes: 210 }, origin: { of: 'pack', pack: 'living-alone' } },
  });
  expect(alone.find(({ rule }) => rule.id === 'not-up')).toMatchObject({ isOff: true, origin: place });
  expect(alone.find(({ rule }) => rule.id === 'bathroom-long')).toMatchObject({
    origin: { of: 'pack', pack: 'living-alone' },
  });
  const { placed } = (await manager.get('/residents/resident-a/rules')).json<ResidentRules>();
  expect(placed).toMatchObject([{ isOff: true, origin: { of: 'resident' }, instead: { origin: place } }]);
  const supervisor = await api.as('supervisor-a');
  const records = (await supervisor.get('/audit?topic=policies')).json<{ items: AuditEntry[] }>().items;
  expect(records[0]).toMatchObject({
    kind: 'rules-changed',
    id: 'a',
    stationId: 'a',
    by: { displayName: 'station-manager-a' },
    fields: ['not-up.off'],
  });
});

it('a trial of a station goes on where it stopped, and says what would no longer be raised', async () => {
  await manager.put('/residents/resident-a/rules', { rules: [] });
  const trial = async (body: object) =>
    (await manager.post('/organisations/a/rules/trial', { days: 1, ...body })).json<RuleTrial>();
  const first = await trial({ rules: [{ id: 'inactivity-day', isOff: true }], atOnce: 1 });
  expect(first).toMatchObject({
    residents: 1,
    residentsInAll: 1,
    residentsHeard: 1,
    cursor: null,
    findings: [],
    lost: [{ residentId: 'resident-a', reason: { ruleId: 'inactivity-day' } }],
    byDay: [{ found: 0, foundNow: 1 }],
  });
  expect(Date.parse(first.firstMessageAt ?? '')).toBeLessThan(api.clock.now());
  const rest = await trial({ rules: [], after: 'resident-a' });
  expect(rest).toMatchObject({ residents: 0, residentsInAll: 1, messages: 0, firstMessageAt: null });
});
