import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { AuditEntry } from '@carebell/contracts/audit.ts';
import type { AccessView, FollowUp, Scripts } from '@carebell/contracts/handling.ts';
import type { AlarmDetail, Problem } from '@carebell/contracts/http-api.ts';
import { roles } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createCaseLogReads } from '../adapters/store/case-log-reads.ts';
import { verifyCase } from '../audit/case-log.ts';
import { StoreFailure } from '../journal/journal-port.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

let api: ApiUnderTest;
let isFailing = false;
const callers = new Map<Role, Caller>();
const as = (role: Role): Caller => callers.get(role)!;
beforeAll(async () => {
  api = await openApi({}, () =>
    isFailing ? Promise.reject(new StoreFailure('store-failed', 'disk full')) : (undefined as never),
  );
  await enterCommunity(api);
  for (const role of roles) callers.set(role, await api.as(`${role}-a`));
  await as('station-manager').patch('/dwellings/home-a', { access: '门禁 4711，钥匙在 201 室' });
  await as('station-manager').patch('/residents/resident-a', { handlingNotes: '院里有狗\n听力差，大声说' });
});
afterAll(() => api.close());

let presses = 0;
let alarmId: string;
beforeEach(async () => {
  isFailing = false;
  for (const open of (await as('operator').get('/alarms')).json<{ items: AlarmView[] }>().items) {
    await as('supervisor').post(`/alarms/${open.id}/acknowledge`, { takeOver: open.phase !== 'raised' });
    await as('supervisor').post(`/alarms/${open.id}/close`, { disposition: 'test', proof: 'on-site' });
  }
  alarmId = await pressed('help');
});

async function pressed(key: string): Promise<string> {
  presses += 1;
  const origin = {
    deviceId: 'button-a',
    residentId: 'resident-a',
    stationId: 'a',
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const event = { id: `p${presses}`, kind: 'button.pressed', data: { key } };
  await api.gate.commit('receiveEvent', { event, origin });
  const { items } = (await as('operator').get('/alarms')).json<{ items: AlarmView[] }>();
  return items.find(({ phase }) => phase === 'raised')!.id;
}

const at = (path: string) => `/alarms/${alarmId}/${path}`;
const detail = async (role: Role = 'operator') =>
  (await as(role).get(`/alarms/${alarmId}`)).json<AlarmDetail>();
const steps = async () => (await detail()).timeline.map(({ step }) => step);
const answer = () => as('operator').post(at('acknowledge'));

/** Who answers alarms; of them who also closes for others. */
const people = 'administrator supervisor district-supervisor street-supervisor station-manager operator';
const readers = `${people} responder auditor`;
const calls: [
  call: 'get' | 'post' | 'put' | 'delete',
  path: string,
  body: object | undefined,
  allowed: string,
][] = [
  ['get', '', undefined, readers],
  ['post', 'acknowledge', undefined, people],
  ['post', 'script-steps', { key: 'danger', answer: 'no' }, people],
  ['post', 'access-views', undefined, people],
  ['put', 'call-back', { inMinutes: 5 }, people],
  ['delete', 'call-back', undefined, people],
  ['post', 'close', { disposition: 'helped-by-phone', proof: 'voice-contact' }, people],
  ['post', 'follow-up', { result: 'declined' }, people],
  ['post', 'reopen', undefined, people],
];

describe('of one alarm', () => {
  for (const role of roles) {
    it(`the ${role} may do what the table says and nothing else, one after another`, async () => {
      for (const [method, path, body, allowed] of calls) {
        const { statusCode } = await as(role)[method](path === '' ? `/alarms/${alarmId}` : at(path), body);
        expect([path, statusCode]).toEqual([path, allowed.split(' ').includes(role) ? 200 : 403]);
      }
    });
  }
});

describe('the script of an alarm', () => {
  it('begins with what is entered for the resident, and calls each contact with number and key', async () => {
    const { script } = await detail();
    expect(script?.steps.slice(0, 3).map(({ text }) => text['zh-CN'])).toEqual([
      '院里有狗',
      '听力差，大声说',
      '打给老人，听老人自己说话',
    ]);
    expect(script?.steps.find(({ key }) => key === 'contacts.1')?.person).toMatchObject({
      name: '王明',
      phone: '13900139000',
      hasKey: true,
    });
    expect((await detail('auditor')).script).toBeUndefined();
  });

  it('is done step by step, with who and when, and the chain holds', async () => {
    await answer();
    const body = { key: 'contacts.1', answer: 'coming', note: '十分钟到' };
    expect((await as('operator').post(at('script-steps'), body)).statusCode).toBe(200);
    await as('operator').post(at('script-steps'), { key: 'resident.1', answer: 'done' });
    const done = (await detail()).timeline.filter(({ step }) => step === 'script-step-done');
    expect(done).toMatchObject([
      {
        key: 'contacts.1',
        answer: 'coming',
        contact: { displayName: '王明' },
        user: { displayName: 'operator-a' },
      },
      { key: 'resident.1', text: { 'zh-CN': '院里有狗' } },
    ]);
    expect(JSON.stringify(done)).not.toContain('13900139000');
    const masked = JSON.stringify((await detail('auditor')).timeline);
    for (const word of ['王明', '十分钟到', '院里有狗']) expect(masked).not.toContain(word);
    const log = await createCaseLogReads(api.db).caseLog(alarmId);
    expect(verifyCase(log!)).toMatchObject({ holds: true });
  });

  it('is refused to others than the owner, and where step and answer do not fit', async () => {
    const step = { key: 'danger', answer: 'yes' };
    const code = async (who: Role, body: object) =>
      (await as(who).post(at('script-steps'), body)).json<Problem>();
    expect(await code('operator', step)).toMatchObject({ status: 409, code: 'not-acknowledged' });
    await answer();
    expect(await code('supervisor', step)).toMatchObject({ status: 409, code: 'not-owner' });
    expect(await code('operator', { key: 'gone', answer: 'yes' })).toMatchObject({
      status: 422,
      errors: [{ field: 'key', code: 'script-step-unknown' }],
    });
    expect(await code('operator', { key: 'danger', answer: 'done' })).toMatchObject({
      status: 422,
      errors: [{ field: 'answer', code: 'answer-unfit' }],
    });
  });
});

describe('how to get in', () => {
  it('stands in no alarm, list, dwelling or case file of those who do not enter it', async () => {
    await answer();
    for (const role of roles) {
      for (const path of [
        `/alarms/${alarmId}`,
        '/alarms',
        '/dwellings/home-a',
        '/dwellings',
        at('case-file'),
      ]) {
        const { body } = await as(role).get(path);
        const entersIt =
          path === '/dwellings/home-a' && people.split(' ').includes(role) && role !== 'operator';
        expect([role, path, body.includes('4711')]).toEqual([role, path, entersIt]);
      }
    }
    expect(await detail()).toMatchObject({ hasAccessNote: true, dwelling: { access: '' } });
  });

  it('is shown to the owner after it was recorded on the case and in the records', async () => {
    const view = async (role: Role) => as(role).post(at('access-views'));
    expect((await view('operator')).json()).toMatchObject({ code: 'not-acknowledged' });
    await answer();
    expect((await view('supervisor')).json()).toMatchObject({ code: 'not-owner' });
    expect(await steps()).not.toContain('access-viewed');
    expect((await view('operator')).json<AccessView>()).toEqual({
      access: '门禁 4711，钥匙在 201 室',
      isRecorded: true,
    });
    expect(await steps()).toContain('access-viewed');
    const { items } = (await as('supervisor').get('/audit?topic=access-views')).json<{
      items: AuditEntry[];
    }>();
    expect(items[0]).toMatchObject({
      id: 'home-a',
      residentId: 'resident-a',
      by: { displayName: 'operator-a' },
      fields: [`alarm:${alarmId}`],
    });
    await as('operator').post(at('close'), { disposition: 'test', proof: 'on-site' });
    expect((await view('operator')).json()).toMatchObject({ code: 'already-closed' });
  });

  it('is shown all the same while the hub cannot store, to nobody but the owner, and that is reported', async () => {
    await answer();
    isFailing = true;
    const shown = await as('operator').post(at('access-views'));
    const others = await as('supervisor').post(at('access-views'));
    isFailing = false;
    expect(shown.json<AccessView>()).toEqual({ access: '门禁 4711，钥匙在 201 室', isRecorded: false });
    expect(others.json()).toMatchObject({ code: 'not-owner' });
    expect(api.troubles).toContain('access-view.not-recorded');
  });
});

describe('a call-back', () => {
  it('stands in the alarm until it is done, and is moved by being set again', async () => {
    await answer();
    const set = async (inMinutes: number) =>
      (await as('operator').put(at('call-back'), { inMinutes, note: '再打' })).json<AlarmView>();
    expect((await set(5)).callBack).toMatchObject({ isDue: false, note: '再打' });
    const { callBack } = await set(30);
    expect(Date.parse(callBack!.dueAt) - api.clock.now()).toBe(30 * 60_000);
    api.clock.move(30 * 60_000);
    await api.gate.commit('passDeadlines', null);
    expect((await detail()).callBack).toMatchObject({ isDue: true });
    expect((await as('operator').delete(at('call-back'))).json<AlarmView>().callBack).toBeUndefined();
    expect((await as('operator').delete(at('call-back'))).json()).toMatchObject({ code: 'no-call-back' });
  });
});

describe('closing an emergency', () => {
  it('names the field in which its proof is missing', async () => {
    await answer();
    const close = async (role: Role, body: object) =>
      (await as(role).post(at('close'), { disposition: 'false-alarm', ...body })).json<Problem>();
    expect(await close('operator', {})).toMatchObject({
      code: 'proof-missing',
      errors: [{ field: 'proof' }],
    });
    expect(await close('operator', { proof: 'device-event' })).toMatchObject({ code: 'proof-not-on-record' });
    expect(await close('operator', { withoutProofBecause: 'x' })).toMatchObject({
      status: 403,
      code: 'may-not-waive-proof',
      errors: [{ field: 'withoutProofBecause' }],
    });
    expect(await close('station-manager', { withoutProofBecause: '家属接走了' })).toMatchObject({
      phase: 'closed',
      closingProof: { basis: 'waived', because: '家属接走了' },
    });
  });

  it('needs no more than the answers of its script', async () => {
    await answer();
    await as('operator').post(at('script-steps'), { key: 'resident', answer: 'reached' });
    expect((await detail()).proofs).toEqual(['voice-contact']);
    expect(
      (await as('operator').post(at('close'), { disposition: 'helped-by-phone' })).json<AlarmView>(),
    ).toMatchObject({ closingProof: { basis: 'recorded', proof: 'voice-contact' } });
  });
});

describe('asking the resident afterwards', () => {
  it('is due the next morning, ends with an answer, and stands on the case and in the numbers', async () => {
    await answer();
    await as('operator').post(at('close'), { disposition: 'helped-by-phone', proof: 'voice-contact' });
    const list = async () =>
      (await as('operator').get('/follow-ups'))
        .json<{ items: FollowUp[] }>()
        .items.filter((one) => one.alarmId === alarmId);
    expect(await list()).toMatchObject([{ isDue: false, tries: 0, closedBy: 'operator-a' }]);
    expect(new Date((await list())[0]!.dueAt).toISOString()).toMatch(/T01:00:00/);
    api.clock.move(36 * 3_600_000);
    for (const role of roles) callers.set(role, await api.as(`${role}-a`));
    expect(await list()).toMatchObject([{ isDue: true }]);
    const ask = async (body: object) => as('operator').post(at('follow-up'), body);
    expect((await ask({ result: 'answered' })).statusCode).toBe(400);
    await ask({ result: 'not-reached' });
    expect(await list()).toMatchObject([{ isDue: false, tries: 1 }]);
    expect((await ask({ result: 'answered', score: 5, note: '很快' })).statusCode).toBe(200);
    expect(await list()).toEqual([]);
    expect((await ask({ result: 'declined' })).json()).toMatchObject({ code: 'not-to-be-asked' });
    expect((await detail()).timeline.at(-1)).toMatchObject({
      step: 'resident-asked',
      score: 5,
      note: '很快',
    });
  });
});

describe('scripts of an organisation', () => {
  const script = {
    name: '求助',
    kinds: ['help'],
    steps: [{ key: 'only', action: 'ask', text: { 'zh-CN': '问', en: '' }, goesTo: { no: 'only' } }],
  };

  it('replace those above for the kinds that they name, and leave the rest', async () => {
    const put = await as('station-manager').put('/organisations/a/scripts', {
      scripts: [script],
      version: 0,
    });
    expect(put.json<Scripts>()).toMatchObject({ version: 1, scripts: [{ name: '求助' }] });
    expect((await detail()).script?.steps.map(({ key }) => key)).toEqual([
      'resident.1',
      'resident.2',
      'only',
    ]);
    const again = await as('supervisor').put('/organisations/a/scripts', { scripts: [], version: 0 });
    expect(again.json()).toMatchObject({ code: 'changed-meanwhile' });
    await as('supervisor').put('/organisations/a/scripts', { scripts: [], version: 1 });
    expect((await detail()).script?.name).toBe('emergency');
  });

  it('are refused where a step leads nowhere, stands twice or calls nobody', async () => {
    const refused = async (steps: object[]) =>
      (await as('supervisor').put('/organisations/a/scripts', { scripts: [{ name: 'x', steps }] }))
        .statusCode;
    const ask = { key: 'a', action: 'ask', text: { en: 'x' } };
    expect(await refused([{ ...ask, goesTo: { yes: 'b' } }])).toBe(400);
    expect(await refused([ask, ask])).toBe(400);
    expect(await refused([{ ...ask, action: 'call' }])).toBe(400);
    expect(await refused([{ ...ask, text: {} }])).toBe(400);
  });
});
