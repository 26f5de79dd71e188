import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { isRestored } from '@carebell/contracts/restored.ts';
import type { DeadLetter, HistoryStatus } from '@carebell/contracts/history.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { influxdIn } from '@carebell/server/compose.ts';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventuallyTold } from '../eventually.ts';
import { fickleProxy } from '../fickle-proxy.ts';
import type { Mood } from '../fickle-proxy.ts';
import { hubProcess } from '../hub-process.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectTo } from '../virtual-party.ts';

const program = serviceOrSkip('influxd') ?? '';
const quick = { everyMs: 50, firstPauseMs: 50, longestPauseMs: 200, atMost: 200, alarmAfterMs: 500 };

/** What the InfluxDB itself says that it holds. */
async function countIn(url: string, measurement: string): Promise<number> {
  const q = `SELECT count("seq") FROM "${measurement}"`;
  const question = new URLSearchParams({ db: 'carebell', q }).toString();
  const answer = await fetch(`${url}/query?${question}`);
  const { results } = (await answer.json()) as { results: { series?: { values: number[][] }[] }[] };
  return results[0]?.series?.[0]?.values[0]?.[1] ?? 0;
}

/** Publishes so many door events, and resolves at the last PUBACK. */
async function openDoor(client: MqttClient, deviceId: string, times: number): Promise<void> {
  const topic = buildTopic({ of: 'device', deviceId, kind: 'event' });
  await Promise.all(
    Array.from({ length: times }, (_, index) => {
      const kind = index % 2 === 0 ? 'door.opened' : 'door.closed';
      return client.publishAsync(topic, JSON.stringify({ id: randomUUID(), kind }), { qos: 1 });
    }),
  );
}

const isFollowed = (admin: Api): Promise<void> =>
  eventuallyTold(async () => {
    const { body } = await admin.get<HistoryStatus>('/history/status');
    expect(body).toMatchObject({ isWell: true, lagEntries: 0 });
  });

describe.skipIf(program === '')('a hub with an InfluxDB', () => {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-influx-'));
  let influxd: Awaited<ReturnType<typeof influxdIn>>;
  let proxy: Awaited<ReturnType<typeof fickleProxy>>;
  let hub: ScenarioHub;
  let community: Community;
  let client: MqttClient;
  let sent = 0;

  beforeAll(async () => {
    influxd = await influxdIn(join(dir, 'influx'), program);
    await influxd.start();
    proxy = await fickleProxy(influxd.url);
    hub = await startHub(
      { followerLimits: quick, broker: { limits: { eventsPerMinute: 1_000_000 } } } as never,
      { CAREBELL_INFLUX_URL: `${proxy.url}/carebell` },
    );
    community = await settle(hub);
    client = await connectTo(hub, community.door);
  });
  afterAll(async () => {
    await client.endAsync(true);
    await hub.stop();
    await proxy.stop();
    await influxd.kill();
    rmSync(dir, { recursive: true });
  });

  const send = async (times: number): Promise<void> => {
    await openDoor(client, community.door.id, times);
    sent += times;
  };
  /** How many events it holds when the follower is at the end. */
  const stored = async (): Promise<number> => {
    await isFollowed(hub.admin);
    return countIn(influxd.url, 'event');
  };

  it('writes every event into it', async () => {
    await send(50);
    expect(await stored()).toBe(sent);
  });

  it('has every point there after it was stopped under load and started again', async () => {
    for (let round = 0; round < 2; round += 1) {
      await send(40);
      await influxd.kill();
      await send(60);
      await eventuallyTold(async () => {
        const { body } = await hub.admin.get<HistoryStatus>('/history/status');
        expect(body).toMatchObject({ isWell: false, problem: expect.any(String) });
        expect(body.lagEntries).toBeGreaterThan(0);
      });
      await influxd.start();
      expect(await stored()).toBe(sent);
    }
  });

  it('fills it again from the journal after it was wiped', async () => {
    await influxd.kill();
    influxd.wipe();
    await influxd.start();
    await send(1);
    expect(await stored()).toBe(sent);
  });

  it('fills it again after somebody dropped the database under it', async () => {
    await fetch(`${influxd.url}/query`, {
      method: 'POST',
      body: new URLSearchParams({ q: 'DROP DATABASE carebell' }),
    });
    await send(1);
    expect(await stored()).toBe(sent);
  });

  it.each<Mood>(['busy', 'disk-full', 'read-only', 'cuts-off', 'forbids', 'slow'])(
    'goes on taking presses while it is "%s", and has lost nothing afterwards',
    async (mood) => {
      const isSilent = mood === 'slow' || mood === 'cuts-off';
      proxy.become(mood);
      await send(20);
      await eventuallyTold(async () => expect(proxy.turnedAway()).toBeGreaterThan(isSilent ? 0 : 2));
      // Lists and pages come from the same thread.
      expect((await hub.admin.get('/residents')).status).toBe(200);
      const asked = hub.admin.get(`/history/events?deviceId=${community.door.id}`);
      if (!isSilent) expect(await asked).toMatchObject({ status: 503, body: { code: 'history-failed' } });
      proxy.become('well');
      await asked;
      expect(await stored()).toBe(sent);
    },
  );

  it(
    'raises one technical alarm when it has not been well for long, which says when it is',
    {
      timeout: 90_000,
    },
    async () => {
      const failing = async () =>
        (await hub.admin.get<{ items: AlarmView[] }>('/alarms')).body.items.filter(
          ({ kind }) => kind === 'history-failing',
        );
      for (let round = 0; round < 2; round += 1) {
        await influxd.kill();
        await send(1);
        await eventuallyTold(async () =>
          expect((await failing()).map((alarm) => isRestored(alarm))).toEqual([false]),
        );
        await influxd.start();
        await eventuallyTold(async () =>
          expect((await failing()).map((alarm) => isRestored(alarm))).toEqual([true]),
        );
      }
      expect(await stored()).toBe(sent);
    },
  );

  it('puts a point that it will never take aside with the reason, and the rest of the batch goes on', async () => {
    const line = 'reading,device=elsewhere battery="full"';
    await fetch(`${influxd.url}/write?db=carebell`, { method: 'POST', body: line });
    const topic = buildTopic({ of: 'device', deviceId: community.door.id, kind: 'reading' });
    const readings = [{ rssi: -60 }, { battery: 50 }, { rssi: -61, temperature: 20.5 }];
    await Promise.all(
      readings.map((reading) => client.publishAsync(topic, JSON.stringify(reading), { qos: 1 })),
    );
    await isFollowed(hub.admin);
    const { body } = await hub.admin.get<{ items: DeadLetter[] }>('/history/dead-letters');
    expect(body.items).toMatchObject([
      {
        measurement: 'reading',
        deviceId: community.door.id,
        reason: expect.stringContaining('field type conflict'),
      },
    ]);
    expect(body.items[0]?.line).toMatch(/^reading,.* battery=50 \d{19}$/);
    const kept = await hub.admin.get<{ items: object[] }>(`/history/readings?deviceId=${community.door.id}`);
    expect(kept.body.items).toHaveLength(2);
    await send(5);
    expect(await stored()).toBe(sent);
  });
});

describe.skipIf(program === '')('a hub that is killed while it writes into an InfluxDB', () => {
  it('has written every event, and none twice', { timeout: 120_000 }, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'carebell-influx-kill-'));
    const influxd = await influxdIn(join(dir, 'influx'), program);
    await influxd.start();
    const hub = await hubProcess(join(dir, 'data'), { CAREBELL_INFLUX_URL: `${influxd.url}/carebell` });
    await hub.start();
    const admin = await logIn(hub.url, 'admin', hub.adminPassword);
    const community = await settle({ url: hub.url, admin });
    for (let round = 0; round < 4; round += 1) {
      const client = await connectTo(hub, community.door, { reconnectPeriod: 0 });
      await openDoor(client, community.door.id, 15);
      // Sometimes before the follower's next second, sometimes within it.
      if (round % 2 === 1)
        await eventuallyTold(async () => expect(await countIn(influxd.url, 'event')).toBeGreaterThan(0));
      await client.endAsync(true);
      await hub.kill();
      await hub.start();
    }
    await isFollowed(await logIn(hub.url, 'admin', hub.adminPassword));
    expect(await countIn(influxd.url, 'event')).toBe(60);
    expect(hub.output()).not.toContain('error');
    await hub.stop();
    await influxd.kill();
    rmSync(dir, { recursive: true });
  });
});
