import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { closeAlarm, newButton, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let lookout: Lookout;
const sockets: Socket[] = [];

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  lookout = await openLookout(hub, community);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await lookout.expectAlarmsStillRaised();
});
afterAll(async () => {
  lookout.close();
  await hub.stop();
});

type Knock = { headers?: Record<string, string>; auth?: object; transports?: string[] };

/** A socket of no particular contract, to say what no screen of ours says. */
function knock({ headers = {}, auth = { screenId: 'wild' }, transports = ['websocket'] }: Knock): Socket {
  const socket = io(hub.url, {
    path: liveFeedPath,
    transports,
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
    auth,
  });
  sockets.push(socket);
  return socket;
}

/** Resolves with what the next event of this name carries. */
async function next(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    socket.once(event, resolve);
  });
}

async function open(): Promise<Socket> {
  const socket = knock({ headers: { cookie: community.operator.cookie } });
  await next(socket, 'snapshot');
  return socket;
}

describe('a screen is refused, with the reason in `data.code`,', () => {
  it.each([
    ['without a cookie', (): Knock => ({}), 'unauthorized'],
    [
      'with a forged cookie',
      (): Knock => ({ headers: { cookie: 'carebell_session=forgedforgedforgedforged' } }),
      'unauthorized',
    ],
    [
      'with a forged token',
      (): Knock => ({ headers: { authorization: 'Bearer carebell_forgedforgedforged' } }),
      'unauthorized',
    ],
    ['for an installer', (): Knock => ({ headers: { cookie: community.installer.cookie } }), 'forbidden'],
    ['without a screen’s name', (): Knock => ({ ...operator(), auth: {} }), 'bad-auth'],
    ['with a name that is a list', (): Knock => ({ ...operator(), auth: { screenId: ['a'] } }), 'bad-auth'],
    [
      'with a cursor in words',
      (): Knock => ({ ...operator(), auth: { screenId: 'a', cursor: 'x' } }),
      'bad-auth',
    ],
    [
      'with a negative cursor',
      (): Knock => ({ ...operator(), auth: { screenId: 'a', cursor: -1 } }),
      'bad-auth',
    ],
  ])('%s', async (_, knocking, code) => {
    const error = (await next(knock(knocking()), 'connect_error')) as Error & { data?: { code: string } };
    expect(error.data?.code).toBe(code);
  });

  const operator = (): Knock => ({ headers: { cookie: community.operator.cookie } });

  it.each([
    ['from another site', 'https://evil.example'],
    ['from a sandboxed page', 'null'],
    ['from another port', 'http://127.0.0.1:1'],
  ])('%s before it is heard', async (_, origin) => {
    const socket = knock({ headers: { cookie: community.operator.cookie, origin } });
    await next(socket, 'connect_error');
    expect(socket.connected).toBe(false);
  });

  it('over anything but a WebSocket', async () => {
    const refusal = next(knock({ ...operator(), transports: ['polling'] }), 'connect_error');
    expect(await refusal).toBeInstanceOf(Error);
  });

  it('a cursor from the future is answered by a snapshot', async () => {
    const socket = knock({ ...operator(), auth: { screenId: 'a', cursor: Number.MAX_SAFE_INTEGER } });
    expect(await next(socket, 'snapshot')).toMatchObject({ alarms: [] });
  });
});

describe('a call that makes no sense is answered by a problem', () => {
  it.each([
    ['displayed', undefined],
    ['displayed', null],
    ['displayed', 'alarm-1'],
    ['displayed', []],
    ['displayed', {}],
    ['displayed', { alarmIds: 'alarm-1' }],
    ['displayed', { alarmIds: [] }],
    ['displayed', { alarmIds: [7] }],
    ['displayed', { alarmIds: [''] }],
    ['displayed', { alarmIds: ['x'.repeat(201)] }],
    ['displayed', { alarmIds: Array.from({ length: 10_000 }, () => 'a') }],
    ['acknowledge', {}],
    ['acknowledge', { alarmId: ['a'] }],
    ['acknowledge', { alarmId: 'a', takeOver: 'yes' }],
    ['close', {}],
    ['close', { alarmId: 'a', disposition: 'gone' }],
    ['close', { alarmId: 'a', disposition: 'test', note: 'x'.repeat(4_001) }],
  ])('%s %j', async (call, body) => {
    const socket = await open();
    expect(await socket.emitWithAck(call, body)).toMatchObject({
      ok: false,
      problem: { status: 400, code: 'invalid-request', detail: expect.any(String) as string },
    });
    expect(socket.connected).toBe(true);
  });

  it('an alarm that does not exist is not found, and not displayed', async () => {
    const socket = await open();
    for (const alarmId of ['nothing', '__proto__', `'; DROP TABLE alarms; --`, '\0']) {
      expect(await socket.emitWithAck('displayed', { alarmIds: [alarmId] })).toEqual({
        ok: true,
        result: { accepted: 0 },
      });
      for (const [call, more] of [
        ['acknowledge', {}],
        ['close', { disposition: 'test', note: '' }],
      ] as const) {
        expect(await socket.emitWithAck(call, { alarmId, ...more })).toMatchObject({
          ok: false,
          problem: { code: 'not-found', status: 404 },
        });
      }
    }
  });
});

it('calls without a callback, with too many arguments and of no name are carried out or ignored, and the screen stays', async () => {
  const device = await newButton(hub, community);
  const button = await connectDevice(hub, device);
  await button.send('button.pressed');
  const alarm = await lookout.alarmOf(device.id);
  const socket = await open();
  socket.emit('nonsense', { alarmId: alarm.id }, () => undefined);
  socket.emit('displayed');
  socket.emit('displayed', { alarmIds: 3 });
  socket.emit('close', { alarmId: alarm.id, disposition: 'test', note: '' }, 'no callback');
  socket.emit('acknowledge', { alarmId: alarm.id });
  await eventually(() => expect(lookout.screen.alarms.get(alarm.id)?.phase).toBe('acknowledged'));
  expect(socket.connected).toBe(true);
  await closeAlarm(hub, alarm.id);
  await button.end();
});

it('a screen that says more than 64 KiB at once is cut, and no other', async () => {
  const socket = await open();
  const cut = next(socket, 'disconnect');
  socket.emit('displayed', {
    alarmIds: Array.from({ length: 10_000 }, (_, index) => `alarm-number-${index}`),
  });
  await cut;
  expect(lookout.screen.socket.connected).toBe(true);
});

it('a screen that sends bytes that are no Socket.IO is cut, and no other', async () => {
  const socket = await open();
  const cut = next(socket, 'disconnect');
  // The transport itself, below everything that would make sense of it.
  socket.io.engine.write('9{{{', {});
  await cut;
  expect(lookout.screen.socket.connected).toBe(true);
});
