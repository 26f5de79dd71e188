import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi, testPassword } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;

describe('a session', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
    await enterCommunity(api);
  });
  afterAll(() => api.close());

  it('begins with the right password and says who is logged in, where, and what they may do', async () => {
    const answer = await api.call('POST', '/session', { name: 'operator-a', password: testPassword });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      user: { name: 'operator-a', role: 'operator', organisationId: 'a', organisationName: 'Station a' },
      actions: expect.arrayContaining(['alarm.acknowledge']),
      expiresAt: new Date(api.clock.now() + 12 * hourMs).toISOString(),
      hub: { timeZone: 'Asia/Shanghai' },
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).not.toContain(testPassword);
  });

  it('lives in a cookie that no script and no other site can use, and that is secure over HTTPS only', async () => {
    const plain = await api.call('POST', '/session', { name: 'admin', password: testPassword });
    const [cookie] = plain.cookies;
    expect(cookie).toMatchObject({ name: 'carebell_session', path: '/', httpOnly: true, sameSite: 'Strict' });
    expect(cookie).not.toHaveProperty('secure');
    expect(cookie!.value).toMatch(/^[A-Za-z0-9_-]{43}$/);

    const proxied = await openApi({ trustProxy: true });
    const overHttps = await proxied.call(
      'POST',
      '/session',
      { name: 'admin', password: testPassword },
      { 'x-forwarded-proto': 'https' },
    );
    expect(overHttps.cookies[0]).toMatchObject({ secure: true });
    expect(overHttps.headers['strict-transport-security']).toBe('max-age=31536000');
    await proxied.close();
  });

  it('is stored without what opens it', async () => {
    const { cookie } = await api.as('operator-b');
    const stored = JSON.stringify(await api.db.selectFrom('sessions').selectAll().execute());
    expect(stored).not.toContain(cookie.replace('carebell_session=', ''));
    expect(stored).toMatch(/"token_hash":"[0-9a-f]{64}"/);
  });

  it('does not begin with a wrong password or a name that nobody has, and the two answers are the same', async () => {
    const wrong = await api.call('POST', '/session', { name: 'operator-a', password: 'wrong' });
    const unknown = await api.call('POST', '/session', { name: 'nobody', password: 'wrong' });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.json()).toMatchObject({ code: 'wrong-credentials' });
    expect(unknown.json()).toEqual(wrong.json());
    expect(wrong.cookies).toEqual([]);
    const refusals = await api.db.selectFrom('refusals').select(['reason', 'subject']).execute();
    expect(refusals).toContainEqual({ reason: 'login-unknown-name', subject: 'unknown-user' });
    expect(refusals.map(({ reason }) => reason)).toContain('login-wrong-password');
  });

  it('begins whatever letters and blanks the name was typed with', async () => {
    const answer = await api.call('POST', '/session', { name: ' Operator-A ', password: testPassword });
    expect(answer.statusCode).toBe(200);
  });

  it('is prolonged by use and ends twelve hours after the last one', async () => {
    const operator = await api.as('operator-a');
    for (let hour = 0; hour < 20; hour += 4) {
      api.clock.move(4 * hourMs);
      expect((await operator.get('/session')).statusCode).toBe(200);
    }
    api.clock.move(12 * hourMs);
    expect((await operator.get('/session')).json()).toMatchObject({ status: 401, code: 'not-authenticated' });
  });

  it('ends at log-out, at once and for good', async () => {
    const operator = await api.as('operator-a');
    const answer = await operator.delete('/session');
    expect(answer.statusCode).toBe(204);
    expect(answer.cookies[0]).toMatchObject({ name: 'carebell_session', value: '' });
    expect((await operator.get('/session')).statusCode).toBe(401);
    expect((await operator.delete('/session')).statusCode).toBe(204);
  });

  it('tells those who watch whose session it was that ended', async () => {
    const changes: unknown[] = [];
    const endWatch = api.sessions.watch((change) => changes.push(change));
    const operator = await api.as('operator-a');
    await operator.delete('/session');
    endWatch();
    expect(changes).toEqual([{ sessionId: expect.stringMatching(/^session:[0-9a-f]{64}$/) }]);
  });

  it('does not serve a page of another site', async () => {
    const { cookie } = await api.as('supervisor-a');
    const headers = { cookie, host: 'hub.example', origin: 'http://evil.example' };
    const body = { stationId: 'a', address: 'nowhere' };
    const refused = await api.call('POST', '/dwellings', body, headers);
    expect(refused.json()).toMatchObject({ status: 403, code: 'cross-site' });
    const ours = { ...headers, origin: 'http://hub.example' };
    expect((await api.call('POST', '/dwellings', body, ours)).statusCode).toBe(201);
    const login = { name: 'operator-a', password: testPassword };
    expect((await api.call('POST', '/session', login, headers)).statusCode).toBe(403);
  });
});

describe('failed log-ins', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  const attempt = async (name: string, password: string, cookie?: string) => {
    const headers = cookie === undefined ? {} : { cookie };
    const answer = await api.call('POST', '/session', { name, password }, headers);
    const mark = answer.cookies.find((set) => set.name.startsWith('carebell_known_'));
    return {
      status: answer.statusCode,
      retryAfter: answer.headers['retry-after'],
      mark: mark && `${mark.name}=${mark.value}`,
    };
  };

  for (const name of ['admin', 'nobody']) {
    it(`make whoever tries "${name}" wait for a minute after five, also with the right one, then for two`, async () => {
      for (let failure = 1; failure < 5; failure += 1) {
        expect(await attempt(name, 'wrong')).toMatchObject({ status: 401, retryAfter: undefined });
      }
      expect(await attempt(name, 'wrong')).toMatchObject({ status: 423, retryAfter: '60' });
      api.clock.move(minuteMs / 2);
      expect(await attempt(name, testPassword)).toMatchObject({ status: 423, retryAfter: '30' });
      api.clock.move(minuteMs / 2);
      expect(await attempt(name, 'wrong')).toMatchObject({ status: 423, retryAfter: '120' });
    });
  }

  it('of others do not keep the browser out in which the name has logged in before, and no other mark helps', async () => {
    api.clock.move(30 * minuteMs);
    const { mark = '' } = await attempt('admin', testPassword);
    for (let failure = 0; failure < 5; failure += 1) await attempt('admin', 'wrong');
    expect(await attempt('admin', testPassword)).toMatchObject({ status: 423 });
    expect(await attempt('admin', testPassword, `${mark}x`)).toMatchObject({ status: 423 });
    expect(await attempt('admin', testPassword, mark.replace(/=[\w-]{10}/, '=aaaaaaaaaa'))).toMatchObject({
      status: 423,
    });
    expect(await attempt('admin', testPassword, mark)).toMatchObject({ status: 200, mark: undefined });
  });
});

describe('a token of a tool', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await openApi();
    await enterCommunity(api);
  });
  afterAll(() => api.close());

  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

  it('speaks for its maker until it is revoked, needs no origin, and is shown once', async () => {
    const supervisor = await api.as('supervisor-a');
    const made = await supervisor.post('/tokens', { name: 'city platform' });
    expect(made.statusCode).toBe(201);
    const { secret, token } = made.json<{ secret: string; token: { id: string } }>();
    expect(secret).toMatch(/^carebell_[A-Za-z0-9_-]{43}$/);
    const headers = { ...bearer(secret), origin: 'http://evil.example' };
    const entered = await api.call('POST', '/dwellings', { stationId: 'a', address: 'by tool' }, headers);
    expect(entered.statusCode).toBe(201);
    const me = await api.call('GET', '/session', undefined, bearer(secret));
    expect(me.json()).toMatchObject({ user: { name: 'supervisor-a' } });

    expect((await supervisor.get('/tokens')).body).not.toContain(secret.slice(9));
    const other = await api.as('supervisor-b');
    expect((await other.delete(`/tokens/${token.id}`)).statusCode).toBe(404);
    expect((await supervisor.delete(`/tokens/${token.id}`)).statusCode).toBe(204);
    expect((await api.call('GET', '/session', undefined, bearer(secret))).statusCode).toBe(401);
  });

  it('ends after its days, or never', async () => {
    const supervisor = await api.as('supervisor-a');
    const short = (await supervisor.post('/tokens', { name: 'x', days: 2 })).json<{ secret: string }>();
    const endless = (await supervisor.post('/tokens', { name: 'x', days: null })).json<{ secret: string }>();
    api.clock.move(48 * hourMs - 1);
    expect((await api.call('GET', '/session', undefined, bearer(short.secret))).statusCode).toBe(200);
    api.clock.move(1);
    expect((await api.call('GET', '/session', undefined, bearer(short.secret))).statusCode).toBe(401);
    const me = await api.call('GET', '/session', undefined, bearer(endless.secret));
    expect(me.json()).toMatchObject({ expiresAt: '9999-12-31T23:59:59.999Z' });
  });

  it('makes no further tokens', async () => {
    const supervisor = await api.as('supervisor-a');
    const { secret } = (await supervisor.post('/tokens', { name: 'x' })).json<{ secret: string }>();
    const answer = await api.call('POST', '/tokens', { name: 'y' }, bearer(secret));
    expect(answer.json()).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('that is wrong is not made good by a cookie beside it', async () => {
    const { cookie } = await api.as('supervisor-a');
    const headers = { cookie, ...bearer('x'.repeat(43)) };
    expect((await api.call('GET', '/session', undefined, headers)).statusCode).toBe(401);
  });
});
