import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { Aedes } from 'aedes';
import type { AedesOptions } from 'aedes';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';
import { createUplink } from './mqtt-uplink.ts';
import type { Uplink } from './mqtt-uplink.ts';
import { openOutboxFiles } from './outbox-files.ts';
import { createOutbox } from './outbox.ts';
import type { Outbox } from './outbox.ts';

type Published = { topic: string; text: string; retain: boolean };

/** A broker that is none of ours, on a port that stays the same. */
async function openBroker(options: AedesOptions = {}, port = 0) {
  const aedes = new Aedes({ concurrency: 0, ...options });
  await aedes.listen();
  const published: Published[] = [];
  const sockets = new Set<Socket>();
  aedes.on('publish', ({ topic, payload, retain }, client) => {
    if (client) published.push({ topic, text: payload.toString(), retain });
  });
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    aedes.handle(socket);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    published,
    events: () =>
      published.filter(({ topic }) => topic.endsWith('/event')).map(({ text }) => JSON.parse(text)),
    say: (kind: 'accepted' | 'devices', body: object) =>
      aedes.publish(
        {
          cmd: 'publish',
          topic: buildTopic({ of: 'gateway', gatewayId: 'g1', kind }),
          payload: Buffer.from(JSON.stringify(body)),
          qos: 1,
          retain: false,
          dup: false,
        },
        () => undefined,
      ),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
      await new Promise<void>((resolve) => {
        aedes.close(resolve);
      });
    },
  };
}

let folder: string;
let outbox: Outbox;
let uplink: Uplink | undefined;
let told: { event: string; details: Record<string, unknown> }[];
let devices: unknown[];
const brokers: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carebell-uplink-'));
  told = [];
  devices = [];
  outbox = createOutbox({
    files: await openOutboxFiles(folder),
    clock: systemClock(),
    maxBytes: 1e7,
    troubled: () => undefined,
    ready: () => uplink?.ready(outbox.hasAlarm()),
    askHub: () => undefined,
  });
  await outbox.open();
});
afterEach(async () => {
  await uplink?.stop();
  uplink = undefined;
  for (const broker of brokers.splice(0)) await broker.close();
  await outbox.close();
  rmSync(folder, { recursive: true });
});

async function broker(options?: AedesOptions, port?: number) {
  const opened = await openBroker(options, port);
  brokers.push(opened);
  return opened;
}

function connectTo(port: number): void {
  uplink = createUplink({
    hub: { url: `mqtt://127.0.0.1:${port}`, gatewayId: 'g1', secret: 's' },
    clock: systemClock(),
    outbox,
    random: () => 1,
    told: (event, details) => void told.push({ event, details: details as Record<string, unknown> }),
    changed: () => undefined,
    devices: (list) => void devices.push(list),
    command: () => undefined,
  });
  uplink.start();
}

const press = (id: string) => ({ id, kind: 'button.pressed', data: { key: 'help' } });

describe('the uplink', () => {
  it('says online, sends what waits with its age, and lets go of what is accepted', async () => {
    const hub = await broker();
    await outbox.add('b1', press('e1'));
    connectTo(hub.port);
    await vi.waitFor(() => expect(hub.events()).toMatchObject([{ id: 'e1', kind: 'button.pressed' }]));
    expect(hub.events()[0].ageMs).toBeLessThan(5_000);
    expect(hub.published[0]).toEqual({
      topic: buildTopic({ of: 'gateway', gatewayId: 'g1', kind: 'availability' }),
      text: 'online',
      retain: true,
    });
    expect(outbox.counts().waiting).toBe(1);
    hub.say('accepted', { ids: ['e1'] });
    await vi.waitFor(() => expect(outbox.counts()).toMatchObject({ waiting: 0, accepted: 1 }));
  });

  it('keeps the age that a device has counted itself, and a time of its own clock', async () => {
    const hub = await broker();
    connectTo(hub.port);
    await outbox.add('b1', { ...press('e1'), ageMs: 60_000 });
    await outbox.add('b1', { ...press('e2'), at: '2026-01-01T00:00:00Z' });
    await vi.waitFor(() => expect(hub.events()).toHaveLength(2));
    const [counted, dated] = hub.events();
    expect(counted.ageMs).toBeGreaterThanOrEqual(60_000);
    expect(dated).toEqual({ ...press('e2'), at: '2026-01-01T00:00:00Z' });
  });

  it('sends again, on the next connection, what was not accepted on the last', async () => {
    const first = await broker();
    connectTo(first.port);
    for (const id of ['e1', 'e2']) await outbox.add('b1', press(id));
    await vi.waitFor(() => expect(first.events()).toHaveLength(2));
    first.say('accepted', { ids: ['e1'] });
    await vi.waitFor(() => expect(outbox.counts().waiting).toBe(1));
    await first.close();
    brokers.length = 0;
    const second = await broker({}, first.port);
    await vi.waitFor(() => expect(second.events()).toMatchObject([{ id: 'e2' }]));
    expect(told.map(({ event }) => event)).toEqual([
      'hub.connected',
      'hub.connection-lost',
      ...told.slice(2, -1).map(() => 'hub.unreachable'),
      'hub.connected',
    ]);
  });

  it('says once that the hub refuses it, with what to look at, and does not hammer it', async () => {
    let attempts = 0;
    const hub = await broker({
      authenticate(_client, _name, _password, done) {
        attempts += 1;
        done(Object.assign(new Error('wrong'), { returnCode: 5 }), null);
      },
    });
    connectTo(hub.port);
    await vi.waitFor(() => expect(told.map(({ event }) => event)).toEqual(['hub.refused']));
    expect(told[0]?.details).toMatchObject({
      code: 5,
      gatewayId: 'g1',
      hint: expect.stringContaining('secret'),
    });
    expect(attempts).toBe(1);
  });

  it('takes the list of devices, and counts what it cannot read', async () => {
    const hub = await broker();
    connectTo(hub.port);
    await vi.waitFor(() => expect(told.map(({ event }) => event)).toContain('hub.connected'));
    const list = { devices: [{ id: 'b1', type: 'button', heardAs: null, signals: {} }] };
    hub.say('devices', { devices: 'all' });
    hub.say('devices', list);
    await vi.waitFor(() => expect(devices).toEqual([list]));
    expect(uplink?.counts().unreadable).toBe(1);
  });

  it('says offline when it stops', async () => {
    const hub = await broker();
    connectTo(hub.port);
    await vi.waitFor(() => expect(hub.published).toHaveLength(1));
    const said: string[] = [];
    const other = await connectAsync(`mqtt://127.0.0.1:${hub.port}`);
    other.on('message', (_topic, payload) => void said.push(payload.toString()));
    await other.subscribeAsync(buildTopic({ of: 'gateway', gatewayId: 'g1', kind: 'availability' }));
    await uplink?.stop();
    await vi.waitFor(() => expect(said).toEqual(['online', 'offline']));
    await other.endAsync();
  });
});
