import { problemSchema } from '@carebell/contracts/http-api.ts';
import type { Problem } from '@carebell/contracts/http-api.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { enterCommunity, openApi, testPassword } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { StoreFailure } from '../journal/journal-port.ts';

let api: ApiUnderTest;
let cookie: string;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  cookie = (await api.as('admin')).cookie;
});
afterAll(() => api.close());

type Answer = Awaited<ReturnType<ApiUnderTest['call']>>;

function problemOf(answer: Answer): Problem {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(answer.json());
  expect(problem.status).toBe(answer.statusCode);
  expect(problem.type).toBe(`urn:carebell:problem:${problem.code}`);
  expect(problem.detail.length).toBeGreaterThan(10);
  return problem;
}

const send = (method: 'POST' | 'PATCH' | 'GET', path: string, body?: unknown, headers = {}) =>
  api.call(method, path, body, { cookie, ...headers });

const dwelling = { stationId: 'a', address: 'x' };

describe('a request that cannot be carried out is answered by a problem', () => {
  const bad: [
    what: string,
    method: 'POST' | 'PATCH' | 'GET',
    path: string,
    body: unknown,
    code: string,
    fields?: string[],
  ][] = [
    ['no body', 'POST', '/dwellings', undefined, 'invalid-request', ['body']],
    ['an empty body', 'POST', '/dwellings', '', 'invalid-request', ['body']],
    ['half a body', 'POST', '/dwellings', '{"stationId":', 'malformed-body'],
    ['a body that is no JSON', 'POST', '/dwellings', 'stationId=a', 'malformed-body'],
    ['a list instead of an object', 'POST', '/dwellings', [], 'invalid-request', ['body']],
    ['null', 'POST', '/dwellings', 'null', 'invalid-request', ['body']],
    ['a poisoned prototype', 'POST', '/dwellings', '{"__proto__":{"x":1}}', 'malformed-body'],
    ['missing fields', 'POST', '/dwellings', {}, 'invalid-request', ['stationId', 'address']],
    ['an unknown field', 'POST', '/dwellings', { ...dwelling, adress: 'x' }, 'invalid-request', ['adress']],
    [
      'a number for a text',
      'POST',
      '/dwellings',
      { ...dwelling, address: 7 },
      'invalid-request',
      ['address'],
    ],
    ['a blank text', 'POST', '/dwellings', { ...dwelling, address: '  ' }, 'invalid-request', ['address']],
    [
      'a text too long',
      'POST',
      '/dwellings',
      { ...dwelling, address: 'x'.repeat(301) },
      'invalid-request',
      ['address'],
    ],
    ['a NUL', 'POST', '/dwellings', { ...dwelling, address: 'x\0y' }, 'invalid-request', ['address']],
    [
      'an identifier with a slash',
      'POST',
      '/devices',
      { id: 'a/b', type: 'button' },
      'invalid-request',
      ['id'],
    ],
    [
      'an identifier with a wildcard',
      'POST',
      '/devices',
      { id: '+', type: 'button' },
      'invalid-request',
      ['id'],
    ],
    ['a type that does not exist', 'POST', '/devices', { type: 'toaster' }, 'invalid-request', ['type']],
    [
      'a mistake inside a list',
      'POST',
      '/residents',
      { dwellingId: 'home-a', name: 'x', contacts: [{ name: 'x', relation: 'son', phone: 'call me' }] },
      'invalid-request',
      ['contacts.0.phone'],
    ],
    [
      'an unknown reference',
      'POST',
      '/dwellings',
      { ...dwelling, stationId: 'nowhere' },
      'reference-unknown',
      ['stationId'],
    ],
    [
      'a street for a station',
      'POST',
      '/dwellings',
      { ...dwelling, stationId: 'street' },
      'reference-unknown',
      ['stationId'],
    ],
    ['a taken identifier', 'POST', '/dwellings', { ...dwelling, id: 'home-a' }, 'already-exists', ['id']],
    [
      'a device named like a gateway',
      'POST',
      '/devices',
      { id: 'gateway-a', type: 'button' },
      'already-exists',
      ['id'],
    ],
    [
      'an unknown field of a change',
      'PATCH',
      '/devices/button-a',
      { isRegistered: true },
      'invalid-request',
      ['isRegistered'],
    ],
    ['a change of nothing there', 'PATCH', '/dwellings/nowhere', { grid: '1' }, 'not-found'],
    ['a page too large', 'GET', '/devices?limit=501', undefined, 'invalid-request', ['limit']],
    ['a page of no number', 'GET', '/devices?limit=many', undefined, 'invalid-request', ['limit']],
    ['a NUL in the query', 'GET', '/devices?q=%00', undefined, 'invalid-request', ['q']],
    ['a NUL in the address', 'GET', '/devices/%00', undefined, 'invalid-request', ['id']],
    ['a broken escape in the address', 'GET', '/devices/%zz', undefined, 'invalid-request'],
    ['an identifier without end', 'GET', `/devices/${'x'.repeat(400)}`, undefined, 'not-found'],
    ['an unknown address', 'GET', '/toasters', undefined, 'not-found'],
    ['a wrong method', 'POST', '/session/', {}, 'not-found'],
    ['a method that the address does not take', 'PATCH', '/devices', {}, 'method-not-allowed'],
    [
      'a station below a station',
      'POST',
      '/stations',
      { name: 'x', parentId: 'a' },
      'reference-mismatch',
      ['parentId'],
    ],
    [
      'an organisation called root',
      'POST',
      '/organisations',
      { id: 'root', level: 'district', name: 'x', parentId: 'root' },
      'already-exists',
      ['id'],
    ],
    [
      'a short password',
      'POST',
      '/users',
      { name: 'xy', displayName: 'x', role: 'operator', organisationId: 'a', password: 'short' },
      'invalid-request',
      ['password'],
    ],
  ];
  for (const [what, method, path, body, code, fields] of bad) {
    it(`${what}: ${code}`, async () => {
      const problem = problemOf(await send(method, path, body));
      expect(problem.code).toBe(code);
      expect(problem.errors?.map(({ field }) => field)).toEqual(fields);
      for (const field of fields ?? []) expect(problem.detail).toContain(field);
    });
  }

  it('a body that is too large: body-too-large', async () => {
    const problem = problemOf(
      await send('POST', '/dwellings', { ...dwelling, access: 'x'.repeat(1_100_000) }),
    );
    expect(problem).toMatchObject({ status: 413, code: 'body-too-large' });
  });

  it('a body that is no JSON by its own word: unsupported-media-type', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'nonsense',
    ]) {
      const answer = await api.app.inject({
        method: 'POST',
        url: '/api/v1/dwellings',
        headers: { cookie, 'content-type': type },
        payload: JSON.stringify(dwelling),
      });
      expect(problemOf(answer)).toMatchObject({ status: 415, code: 'unsupported-media-type' });
    }
  });

  it('a wrong method names the right ones', async () => {
    const answer = await send('PATCH', '/devices', {});
    expect(answer.headers['allow']).toBe('GET, HEAD, POST');
    expect(problemOf(answer).instance).toBe('/api/v1/devices');
  });

  it('the address in a problem leaves out the query, which may name a person', async () => {
    expect((await send('GET', '/devices?limit=0&q=王秀英')).body).not.toContain(encodeURIComponent('王'));
  });
});

describe('a hub in trouble', () => {
  afterEach(() => vi.restoreAllMocks());

  for (const [failure, detail] of [
    [new StoreFailure('store-failed', 'disk I/O error in /var/secret'), 'Nothing was stored'],
    [new StoreFailure('store-overdue', 'after 3000 ms'), 'Look before you try again'],
    [new StoreFailure('store-overloaded', '20000 works wait'), 'Nothing was stored'],
  ] as const) {
    it(`says ${failure.code} and when to try again, and nothing of its inside`, async () => {
      const failing = await openApi({}, () => Promise.reject(failure));
      const answer = await failing.call('POST', '/session', { name: 'nobody', password: testPassword });
      const problem = problemOf(answer);
      expect(problem).toMatchObject({ status: 503, code: failure.code });
      expect(problem.detail).toContain(detail);
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.body).not.toContain(failure.message);
      await failing.close();
    });
  }

  it('says of a defect that it happened, and writes the rest into its log', async () => {
    const logLines: string[] = [];
    const broken = await openApi({ logLines }, () => Promise.reject(new Error('secret inside')));
    const answer = await broken.call('POST', '/session', { name: 'nobody', password: testPassword });
    expect(problemOf(answer)).toMatchObject({ status: 500, code: 'internal-error' });
    expect(answer.body).not.toContain('secret inside');
    expect(logLines.join('')).toContain('secret inside');
    await broken.close();
  });
});

describe('too many requests', () => {
  it('from one address that is not logged in are refused for a minute, and so are too many log-ins', async () => {
    const limits = { bodyBytes: 1000, requestsPerMinute: 3, loginsPerMinute: 2 };
    const limited = await openApi({ limits });
    const { cookie: own } = await limited.as('admin');
    await limited.call('POST', '/session', { name: 'admin', password: 'wrong' });
    const login = await limited.call('POST', '/session', { name: 'admin', password: testPassword });
    expect(problemOf(login)).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(Number(login.headers['retry-after'])).toBeGreaterThan(50);
    const statuses = [];
    for (let request = 0; request < 4; request += 1)
      statuses.push((await limited.call('GET', '/session')).statusCode);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const mine = [];
    for (let request = 0; request < 4; request += 1) {
      mine.push((await limited.call('GET', '/session', undefined, { cookie: own })).statusCode);
    }
    expect(mine).toEqual([200, 200, 200, 429]);
    await limited.close();
  });
});
