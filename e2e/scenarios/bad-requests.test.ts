import { request as httpRequest } from 'node:http';
import { createConnection } from 'node:net';
import { apiRoot, problemSchema } from '@carebell/contracts/http-api.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  lookout = await openLookout(hub, community);
});
afterEach(() => lookout.expectAlarmsStillRaised());
afterAll(async () => {
  lookout.close();
  await hub.stop();
});

type Sent = { method?: string; path: string; body?: string | Buffer; headers?: Record<string, string> };
type Answered = { status: number; type: string | undefined; text: string };

/** Sends as a browser on which the administrator is logged in, byte for byte. */
async function send({ method = 'POST', path, body, headers = {} }: Sent): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${hub.url}${apiRoot}${path}`,
      {
        method,
        headers: {
          cookie: hub.admin.cookie,
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], text });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const dwelling = (more: object = {}) =>
  JSON.stringify({ stationId: community.station.id, address: '安宁路1号', ...more });

describe('a request that cannot be carried out is answered by a problem that says what to change', () => {
  const bad: [what: string, sent: () => Sent, status: number, code: string, detail?: RegExp][] = [
    ['half a body', () => ({ path: '/dwellings', body: '{"stationId":' }), 400, 'malformed-body', /JSON/],
    ['a body that is no JSON', () => ({ path: '/dwellings', body: 'x=1' }), 400, 'malformed-body', /JSON/],
    ['no body', () => ({ path: '/dwellings' }), 400, 'invalid-request', /body/],
    ['a list', () => ({ path: '/dwellings', body: '[]' }), 400, 'invalid-request', /body/],
    ['null', () => ({ path: '/dwellings', body: 'null' }), 400, 'invalid-request', /body/],
    [
      'bytes that are no UTF-8',
      () => ({ path: '/dwellings', body: Buffer.from([0xff, 0xfe]) }),
      400,
      'malformed-body',
    ],
    [
      'brackets and nothing else',
      () => ({ path: '/dwellings', body: '['.repeat(100_000) }),
      400,
      'malformed-body',
    ],
    [
      'an unknown field',
      () => ({ path: '/dwellings', body: dwelling({ adress: 'x' }) }),
      400,
      'invalid-request',
      /adress/,
    ],
    [
      'a number for a text',
      () => ({ path: '/dwellings', body: dwelling({ address: 7 }) }),
      400,
      'invalid-request',
      /address/,
    ],
    [
      'a station that does not exist',
      () => ({ path: '/dwellings', body: dwelling({ stationId: 'nowhere' }) }),
      422,
      'reference-unknown',
    ],
    [
      'a form',
      () => ({
        path: '/dwellings',
        body: 'x=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
      415,
      'unsupported-media-type',
      /application\/json/,
    ],
    [
      'a body of two megabytes',
      () => ({ path: '/dwellings', body: dwelling({ access: 'x'.repeat(2_000_000) }) }),
      413,
      'body-too-large',
      /1048576/,
    ],
    [
      'a page of a million',
      () => ({ method: 'GET', path: '/alarms?limit=1000000' }),
      400,
      'invalid-request',
      /limit/,
    ],
    [
      'a cursor of no list',
      () => ({ method: 'GET', path: '/alarms?cursor=abc' }),
      400,
      'invalid-request',
      /cursor/,
    ],
    [
      'a cursor of no list of events',
      () => ({ method: 'GET', path: `/events?deviceId=${community.button.id}&cursor=-` }),
      400,
      'invalid-request',
      /cursor/,
    ],
    [
      'a phase that does not exist',
      () => ({ method: 'GET', path: '/alarms?phase=lost' }),
      400,
      'invalid-request',
      /phase/,
    ],
    ['events of nothing', () => ({ method: 'GET', path: '/events' }), 400, 'invalid-request', /deviceId/],
    [
      'an alarm that does not exist',
      () => ({ method: 'GET', path: '/alarms/nothing' }),
      404,
      'not-found',
      /identifier/,
    ],
    [
      'acknowledging what does not exist',
      () => ({ path: '/alarms/nothing/acknowledge', body: '{}' }),
      404,
      'not-found',
    ],
    ['a device that does not exist', () => ({ method: 'GET', path: '/devices/nothing' }), 404, 'not-found'],
    [
      'an address that does not exist',
      () => ({ method: 'GET', path: '/alarm' }),
      404,
      'not-found',
      /address/,
    ],
    ['a way out of the files', () => ({ method: 'GET', path: '/../../../../etc/passwd' }), 404, 'not-found'],
    ['a percent sign alone', () => ({ method: 'GET', path: '/alarms/%' }), 400, 'invalid-request', /%/],
    [
      'a method that is not taken',
      () => ({ method: 'PUT', path: '/alarms', body: '{}' }),
      405,
      'method-not-allowed',
      /GET/,
    ],
    [
      'a close without a disposition',
      () => ({ path: '/alarms/nothing/close', body: '{}' }),
      400,
      'invalid-request',
      /disposition/,
    ],
    [
      'a close with one that does not exist',
      () => ({ path: '/alarms/nothing/close', body: '{"disposition":"gone"}' }),
      400,
      'invalid-request',
      /disposition/,
    ],
    [
      'no cookie',
      () => ({ method: 'GET', path: '/alarms', headers: { cookie: '' } }),
      401,
      'not-authenticated',
      /session/,
    ],
    [
      'a cookie that nobody issued',
      () => ({
        method: 'GET',
        path: '/alarms',
        headers: { cookie: hub.admin.cookie.replace(/=.*/, '=forged') },
      }),
      401,
      'not-authenticated',
    ],
    [
      'a token that nobody issued',
      () => ({ method: 'GET', path: '/alarms', headers: { cookie: '', authorization: 'Bearer forged' } }),
      401,
      'not-authenticated',
    ],
    [
      'a wrong password',
      () => ({ path: '/session', body: '{"name":"admin","password":"guess"}' }),
      401,
      'wrong-credentials',
      /again/,
    ],
    [
      'a post from another site',
      () => ({ path: '/dwellings', body: dwelling(), headers: { origin: 'https://evil.example' } }),
      403,
      'cross-site',
      /page of the hub/,
    ],
    [
      'a post that another site makes',
      () => ({ path: '/dwellings', body: dwelling(), headers: { 'sec-fetch-site': 'cross-site' } }),
      403,
      'cross-site',
    ],
  ];

  it.each(bad)('%s', async (_, sent, status, code, detail = /./) => {
    const answered = await send(sent());
    expect(answered.type).toMatch(/^application\/problem\+json/);
    const problem = problemSchema.parse(JSON.parse(answered.text));
    expect({ status: answered.status, code: problem.code }).toEqual({ status, code });
    expect(problem.status).toBe(status);
    expect(problem.detail).toMatch(detail);
    expect(problem.detail.length).toBeGreaterThan(15);
  });

  it('nothing of them was carried out', async () => {
    const { body } = await hub.admin.get<{ items: unknown[] }>('/dwellings');
    expect(body.items).toHaveLength(1);
  });
});

it('bytes that are no HTTP close the connection', async () => {
  const { port, hostname } = new URL(hub.url);
  for (const bytes of ['\0\0\0\0\r\n\r\n', 'GET\r\n\r\n', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`]) {
    const socket = createConnection(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(bytes);
    await eventually(() => expect(socket.closed).toBe(true));
  }
});

it('an upgrade to nothing that the hub speaks closes the connection', async () => {
  const { port, hostname } = new URL(hub.url);
  for (const path of ['/', '/api/v1/alarms', '/mqtt', '/socket.io/']) {
    const socket = createConnection(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: telepathy\r\n\r\n`);
    await eventually(() => expect(socket.closed).toBe(true));
  }
});
