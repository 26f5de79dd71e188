import type { AuditEntry } from '@carebell/contracts/audit.ts';
import type { RecoveryCodes, SecondFactorOffer } from '@carebell/contracts/second-factor.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi, testPassword } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { codeAt } from './totp.ts';

const stepMs = 30_000;
const minuteMs = 60_000;

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
});
afterAll(() => api.close());

type Enrolled = { id: string; name: string; secret: string; recoveryCodes: string[]; screen: Caller };
type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

/** A user who is asked for a code from now on. */
async function enrolled(name: string): Promise<Enrolled> {
  const id = await api.addUser(name, 'operator', 'a');
  const screen = await api.as(name);
  const offer = await screen.post('/users/me/second-factor', { password: testPassword });
  const { secret } = offer.json<SecondFactorOffer>();
  const code = codeAt(secret, api.clock.now());
  const answer = await screen.post('/users/me/second-factor/confirmation', { code });
  api.clock.move(stepMs);
  return { id, name, secret, recoveryCodes: answer.json<RecoveryCodes>().recoveryCodes, screen };
}

async function firstStep(name: string, cookie = ''): Promise<{ answer: Answer; cookie: string }> {
  const body = { name, password: testPassword };
  const answer = await api.call('POST', '/session', body, cookie === '' ? {} : { cookie });
  const set = answer.cookies.find((one) => one.name === 'carebell_second_step');
  return { answer, cookie: `carebell_second_step=${set?.value ?? ''}` };
}
type Answer = Awaited<ReturnType<ApiUnderTest['call']>>;

async function secondStep(cookie: string, code: string) {
  const answer = await api.call('POST', '/session/second-step', { code }, { cookie });
  const session = answer.cookies.find((one) => one.name === 'carebell_session');
  const mark = answer.cookies.find((one) => one.name.startsWith('carebell_known_'));
  return {
    status: answer.statusCode,
    code: answer.json<{ code?: string }>().code,
    retryAfter: answer.headers['retry-after'],
    session: session && `carebell_session=${session.value}`,
    mark: mark && `${mark.name}=${mark.value}`,
  };
}

const statusesOf = (answers: { status: number }[]): number[] =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

const now = (secret: string, steps = 0) => codeAt(secret, api.clock.now() + steps * stepMs);

/** Six digits that are no code of this secret now. */
function wrongCode(secret: string): string {
  const good = [-1, 0, 1].map((steps) => now(secret, steps));
  return ['000000', '111111', '222222', '333333'].find((code) => !good.includes(code))!;
}

async function recorded(): Promise<string[]> {
  const admin = await api.as('admin');
  const { items } = (await admin.get('/audit?topic=users&limit=500')).json<{ items: AuditEntry[] }>();
  return items.map(({ kind, id, by }) => `${kind} ${id} by ${by.displayName}`);
}

describe('a second factor', () => {
  it('counts once a code confirms it, and its recovery codes are shown there only', async () => {
    await api.addUser('wu-1', 'operator', 'a');
    const user = await api.as('wu-1');
    const wrong = await user.post('/users/me/second-factor', { password: 'not this one' });
    expect(wrong.json()).toMatchObject({ status: 422, code: 'password-wrong' });
    const offer = (
      await user.post('/users/me/second-factor', { password: testPassword })
    ).json<SecondFactorOffer>();
    expect(offer.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(offer.address).toContain(`:wu-1?issuer=Carebell&secret=${offer.secret}`);
    expect((await user.get('/users/me/second-factor')).json()).toMatchObject({ since: null });
    expect((await firstStep('wu-1')).answer.statusCode).toBe(200);

    const path = '/users/me/second-factor/confirmation';
    const refused = await user.post(path, { code: wrongCode(offer.secret) });
    expect(refused.json()).toMatchObject({ status: 422, code: 'code-wrong' });
    const { recoveryCodes } = (await user.post(path, { code: now(offer.secret) })).json<RecoveryCodes>();
    expect(new Set(recoveryCodes).size).toBe(10);
    for (const code of recoveryCodes) expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const state = await user.get('/users/me/second-factor');
    expect(state.json()).toEqual({
      since: new Date(api.clock.now()).toISOString(),
      recoveryCodesLeft: 10,
      isRequired: false,
    });
    for (const again of [path, '/users/me/second-factor']) {
      const body = again === path ? { code: now(offer.secret, 1) } : { password: testPassword };
      expect((await user.post(again, body)).json()).toMatchObject({ code: 'second-factor-on' });
    }
  });

  it('stands in the store without its recovery codes, and in no answer about users', async () => {
    const { secret, recoveryCodes, id } = await enrolled('wu-2');
    const rows = JSON.stringify(await api.db.selectFrom('second_factors').selectAll().execute());
    for (const code of recoveryCodes) expect(rows).not.toContain(code.replaceAll('-', ''));
    const seen = await (await api.as('admin')).get(`/users/${id}`);
    expect(seen.json()).toMatchObject({ hasSecondFactor: true });
    expect(seen.body).not.toContain(secret);
  });

  it('is set up by no token of a tool, and leaves those that are there as they are', async () => {
    await api.addUser('wu-3', 'supervisor', 'a');
    const user = await api.as('wu-3');
    const { secret: token } = (await user.post('/tokens', { name: 'x' })).json<{ secret: string }>();
    const headers = { authorization: `Bearer ${token}` };
    const body = { password: testPassword };
    expect((await api.call('POST', '/users/me/second-factor', body, headers)).statusCode).toBe(403);
    const offer = (await user.post('/users/me/second-factor', body)).json<SecondFactorOffer>();
    await user.post('/users/me/second-factor/confirmation', { code: now(offer.secret) });
    expect((await api.call('GET', '/session', undefined, headers)).statusCode).toBe(200);
  });
});

describe('a log-in with a second factor', () => {
  it('asks for a code after the password, and is no session before it', async () => {
    const { name, secret } = await enrolled('li-1');
    const { answer, cookie } = await firstStep(name);
    expect(answer.json()).toMatchObject({ status: 401, code: 'second-step-needed' });
    expect(answer.cookies).toEqual([
      expect.objectContaining({
        name: 'carebell_second_step',
        path: '/api/v1/session',
        httpOnly: true,
        sameSite: 'Strict',
        maxAge: 300,
      }),
    ]);
    for (const path of ['/session', '/alarms', '/users/me/second-factor'])
      expect((await api.call('GET', path, undefined, { cookie })).statusCode).toBe(401);
    const { session = '', mark } = await secondStep(cookie, now(secret));
    expect((await api.call('GET', '/session', undefined, { cookie: session })).statusCode).toBe(200);
    expect(mark).toBeDefined();
  });

  it('takes a code half a minute early or late, with blanks too, and none that is older', async () => {
    const { name, secret } = await enrolled('li-2');
    api.clock.move(10 * minuteMs);
    const { cookie } = await firstStep(name);
    expect(await secondStep(cookie, now(secret, -2))).toMatchObject({ status: 422, code: 'code-wrong' });
    expect(await secondStep(cookie, now(secret, 2))).toMatchObject({ status: 422 });
    expect(await secondStep(cookie, now(secret, -1))).toMatchObject({ status: 200 });
    const spaced = now(secret).replace(/^.../, '$& ');
    expect(await secondStep(cookie, spaced)).toMatchObject({ status: 200 });
  });

  it('takes no code twice, nor one of a step before it, also when both come at once', async () => {
    const { name, secret } = await enrolled('li-3');
    const { cookie } = await firstStep(name);
    const code = now(secret);
    const answers = await Promise.all([1, 2, 3].map(() => secondStep(cookie, code)));
    expect(statusesOf(answers)).toEqual([200, 422, 422]);
    expect(await secondStep(cookie, now(secret, -1))).toMatchObject({ status: 422 });
    api.clock.move(stepMs);
    expect(await secondStep(cookie, now(secret))).toMatchObject({ status: 200 });
  });

  it('takes no code that was used before a restart', async () => {
    const { name, secret, id } = await enrolled('li-4');
    const { passwordHash } = await api.db
      .selectFrom('users')
      .select('password_hash as passwordHash')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const step = Math.floor(api.clock.now() / stepMs);
    const open = (tokenHash: string, proof?: { by: 'code'; step: number }) =>
      api.gate.commit('openSession', { userId: id, passwordHash, tokenHash, expiresAtMs: Infinity, proof });
    expect(await open('one', { by: 'code', step })).toEqual({ isOpen: true });
    expect(await open('two', { by: 'code', step })).toEqual({ isOpen: false });
    expect(await open('three')).toEqual({ isOpen: false });
    const { cookie } = await firstStep(name);
    expect(await secondStep(cookie, now(secret))).toMatchObject({ status: 422 });
  });

  it('takes each recovery code once, as it was typed, and counts what is left', async () => {
    const { name, secret, recoveryCodes, screen } = await enrolled('li-5');
    const [first = '', second = ''] = recoveryCodes;
    const { cookie } = await firstStep(name);
    expect(await secondStep(cookie, first.toLowerCase().replaceAll('-', ' '))).toMatchObject({ status: 200 });
    expect(await secondStep(cookie, first)).toMatchObject({ status: 422, code: 'code-wrong' });
    const both = await Promise.all([secondStep(cookie, second), secondStep(cookie, second)]);
    expect(statusesOf(both)).toEqual([200, 422]);
    expect((await screen.get('/users/me/second-factor')).json()).toMatchObject({ recoveryCodesLeft: 8 });
    expect(await secondStep(cookie, now(secret))).toMatchObject({ status: 200 });
  });

  it('ends five minutes after the password, by a new password, and in a browser that did not begin it', async () => {
    const { name, secret, id } = await enrolled('li-6');
    const late = await firstStep(name);
    api.clock.move(5 * minuteMs);
    expect(await secondStep(late.cookie, now(secret))).toMatchObject({
      status: 401,
      code: 'second-step-expired',
    });
    for (const cookie of ['', 'carebell_second_step=', `${(await firstStep(name)).cookie}x`])
      expect(await secondStep(cookie, now(secret))).toMatchObject({ code: 'second-step-expired' });
    const before = await firstStep(name);
    await (await api.as('admin')).patch(`/users/${id}`, { password: 'another long password' });
    expect(await secondStep(before.cookie, now(secret))).toMatchObject({ code: 'second-step-expired' });
  });

  it('makes who tries codes wait as for passwords, which a right password does not forget', async () => {
    const { name, secret } = await enrolled('li-7');
    const { cookie } = await firstStep(name);
    const { mark = '' } = await secondStep(cookie, now(secret));
    api.clock.move(stepMs);
    for (let failure = 1; failure < 5; failure += 1) {
      const again = await firstStep(name);
      expect(again.answer.json()).toMatchObject({ code: 'second-step-needed' });
      expect(await secondStep(again.cookie, wrongCode(secret))).toMatchObject({ code: 'code-wrong' });
    }
    expect(await secondStep(cookie, wrongCode(secret))).toMatchObject({ status: 423, retryAfter: '60' });
    expect(await secondStep(cookie, now(secret))).toMatchObject({ status: 423, code: 'account-locked' });
    expect((await firstStep(name)).answer.statusCode).toBe(423);
    // The browser of every day is not kept out by others.
    const own = await firstStep(name, mark);
    expect(await secondStep(`${own.cookie}; ${mark}`, now(secret))).toMatchObject({ status: 200 });
    api.clock.move(minuteMs);
    expect(await secondStep((await firstStep(name)).cookie, now(secret))).toMatchObject({ status: 200 });
  });

  it('counts many wrong codes that come at once one by one', async () => {
    const { name, secret } = await enrolled('li-8');
    const { cookie } = await firstStep(name);
    const code = wrongCode(secret);
    const answers = await Promise.all(Array.from({ length: 40 }, () => secondStep(cookie, code)));
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(4);
    expect(answers.filter(({ status }) => status === 423)).toHaveLength(36);
  });
});

describe('switching a second factor off', () => {
  it('needs the password and a code, and brings back a log-in by password alone', async () => {
    const { name, secret, screen } = await enrolled('zhao-1');
    const remove = async (password: string, code: string) =>
      (await screen.post('/users/me/second-factor/removal', { password, code })).json<{ code?: string }>();
    expect(await remove('not this one', now(secret))).toMatchObject({ code: 'password-wrong' });
    expect(await remove(testPassword, wrongCode(secret))).toMatchObject({ code: 'code-wrong' });
    expect(await remove(testPassword, now(secret))).toEqual({
      since: null,
      recoveryCodesLeft: 0,
      isRequired: false,
    });
    expect(await remove(testPassword, now(secret, 1))).toMatchObject({ code: 'second-factor-off' });
    expect((await firstStep(name)).answer.statusCode).toBe(200);
  });

  it('makes who tries passwords at a screen left alone wait', async () => {
    const { screen, secret } = await enrolled('zhao-2');
    const body = { password: 'not this one', code: now(secret) };
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1)
      statuses.push((await screen.post('/users/me/second-factor/removal', body)).statusCode);
    expect(statuses).toEqual([422, 422, 422, 422, 423, 423]);
  });
});

describe('a role that may not do without a second factor', () => {
  let strict: ApiUnderTest;
  beforeAll(async () => {
    strict = await openApi({ requireTotp: ['supervisor'] });
    await enterCommunity(strict);
  });
  afterAll(() => strict.close());

  it('does nothing before it is set up, then everything, and cannot switch it off', async () => {
    const supervisor = await strict.as('supervisor-a');
    const session = await supervisor.get('/session');
    expect(session.json()).toMatchObject({ mustSetUpSecondFactor: true, actions: [] });
    for (const path of ['/alarms', '/residents/resident-a', '/users/me/push-key', '/tokens'])
      expect((await supervisor.get(path)).json()).toMatchObject({
        status: 403,
        code: 'second-factor-required',
      });
    const dwelling = { stationId: 'a', address: 'new' };
    expect((await supervisor.post('/dwellings', dwelling)).statusCode).toBe(403);

    const path = '/users/me/second-factor';
    expect((await supervisor.get(path)).json()).toMatchObject({ since: null, isRequired: true });
    const { secret } = (await supervisor.post(path, { password: testPassword })).json<SecondFactorOffer>();
    const code = codeAt(secret, strict.clock.now());
    expect((await supervisor.post(`${path}/confirmation`, { code })).statusCode).toBe(200);
    expect((await supervisor.get('/session')).json()).not.toHaveProperty('mustSetUpSecondFactor');
    expect((await supervisor.post('/dwellings', dwelling)).statusCode).toBe(201);
    const removal = { password: testPassword, code: codeAt(secret, strict.clock.now() + stepMs) };
    expect((await supervisor.post(`${path}/removal`, removal)).json()).toMatchObject({
      code: 'second-factor-required',
    });
  });

  it('leaves other roles and log-out as they are', async () => {
    const operator = await strict.as('operator-a');
    expect((await operator.get('/alarms')).statusCode).toBe(200);
    const supervisor = await strict.as('supervisor-b');
    expect((await supervisor.delete('/session')).statusCode).toBe(204);
    expect((await supervisor.get('/session')).statusCode).toBe(401);
  });
});

describe('a second factor that somebody has lost', () => {
  it('is taken away by who may, which ends their sessions and the half of a log-in', async () => {
    const { id, name, screen, secret } = await enrolled('qian-1');
    const { cookie } = await firstStep(name);
    const supervisor = await api.as('supervisor-a');
    expect((await supervisor.delete(`/users/${id}/second-factor`)).statusCode).toBe(204);
    expect((await screen.get('/session')).statusCode).toBe(401);
    expect(await secondStep(cookie, now(secret))).toMatchObject({ code: 'second-step-expired' });
    expect((await firstStep(name)).answer.statusCode).toBe(200);
    expect((await supervisor.delete(`/users/${id}/second-factor`)).json()).toMatchObject({
      code: 'second-factor-off',
    });
  });

  it('is taken away by nobody without the right, of another part, of less rights, nor from oneself', async () => {
    const { id } = await enrolled('qian-2');
    for (const [name, status] of [
      ['operator-a', 403],
      ['station-manager-a', 403],
      ['supervisor-b', 404],
    ] as const)
      expect((await (await api.as(name)).delete(`/users/${id}/second-factor`)).statusCode).toBe(status);
    const supervisor = await api.as('supervisor-a');
    const idOf = async (name: string) =>
      (await (await api.as(name)).get('/session')).json<{ user: { id: string } }>().user.id;
    for (const other of [await idOf('administrator-a'), await idOf('supervisor-a')])
      expect((await supervisor.delete(`/users/${other}/second-factor`)).statusCode).toBe(403);
  });
});

it('the records say who enrolled, failed, used a recovery code, switched off and took away', async () => {
  const { id, name, recoveryCodes, secret, screen } = await enrolled('sun-1');
  const { cookie } = await firstStep(name);
  await secondStep(cookie, wrongCode(secret));
  await secondStep(cookie, recoveryCodes[0] ?? '');
  await screen.post('/users/me/second-factor/removal', { password: testPassword, code: now(secret) });
  const other = await enrolled('sun-2');
  await (await api.as('admin')).delete(`/users/${other.id}/second-factor`);
  expect(await recorded()).toEqual(
    expect.arrayContaining([
      `second-factor-enrolled ${id} by sun-1`,
      `second-factor-failed ${id} by sun-1`,
      `recovery-code-used ${id} by sun-1`,
      `second-factor-removed ${id} by sun-1`,
      `second-factor-reset ${other.id} by Administrator`,
    ]),
  );
  const refusals = await api.db.selectFrom('refusals').select(['reason', 'subject']).execute();
  expect(refusals).toContainEqual({ reason: 'login-wrong-code', subject: id });
  expect(refusals).toContainEqual({ reason: 'login-second-step-expired', subject: 'unknown-user' });
});
