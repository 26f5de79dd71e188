import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ChainReport } from '@carebell/contracts/chain.ts';
import { isRestored } from '@carebell/contracts/restored.ts';
import { createMovingClock, influxdIn } from '@carebell/server/compose.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { issueDevice, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { linkTo } from '../cuttable-link.ts';
import type { CuttableLink } from '../cuttable-link.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { closeAlarm } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { enterGateway } from '../virtual-gateway.ts';
import { connectDevice, connectTo } from '../virtual-party.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { builtDashboard } from './built-dashboard.ts';
import { openWalls, wallLanguages } from './chain-walls.ts';
import type { ChainWalls } from './chain-walls.ts';
import { misfitsOf } from './fits.ts';
import { launchBrowser } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
const influxd = serviceOrSkip('influxd');
const patienceMs = 90_000;

/** Free for whoever takes it next; the hub's own port is known only when it has started. */
async function freePort(): Promise<number> {
  const link = await linkTo('http://127.0.0.1:1');
  await link.close();
  return Number(new URL(link.url).port);
}

describe.skipIf(chromium === undefined)('a part of the chain that is killed', () => {
  const dir = mkdtempSync(join(tmpdir(), 'carebell-parts-'));
  const chainClock = createMovingClock();
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let entrance: CuttableLink;
  let influx: Awaited<ReturnType<typeof influxdIn>> | undefined;
  let walls: ChainWalls;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    const mqttPort = await freePort();
    entrance = await linkTo(`http://127.0.0.1:${mqttPort}`);
    if (influxd !== undefined) {
      influx = await influxdIn(join(dir, 'influx'), influxd);
      await influx.start();
    }
    hub = await startHub(
      {
        chainClock,
        dashboardDir: builtDashboard(),
        followerLimits: { everyMs: 50, firstPauseMs: 50, longestPauseMs: 200, alarmAfterMs: 500 },
      },
      {
        CAREBELL_MQTT_PORT: String(mqttPort),
        CAREBELL_CHAIN_MQTT: `127.0.0.1:${new URL(entrance.url).port}`,
        ...(influx === undefined ? {} : { CAREBELL_INFLUX_URL: `${influx.url}/carebell` }),
      },
    );
    community = await settle(hub);
    walls = await openWalls(browser, hub);
  }, patienceMs);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await entrance.close();
    await influx?.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  /** The next try comes after five seconds; its way is real, and takes what it takes. */
  const arrivesAgain = (): Promise<void> =>
    vi.waitFor(
      async () => {
        chainClock.move(5_000);
        await eventuallyTold(async () => expect((await walls.ready()).status).toBe(200), 4_000);
      },
      { timeout: 40_000, interval: 100 },
    );
  it(
    'the MQTT port: the chain is broken at the broker, on every screen and by /readyz',
    { timeout: patienceMs },
    async () => {
      await eventuallyTold(async () => expect((await walls.ready()).status).toBe(200));
      entrance.cut();
      chainClock.move(30_000);
      chainClock.move(10_000);
      await walls.feedState('broken');
      await walls.banner({ 'zh-CN': '收不到自己的 MQTT 测试消息', en: 'does not hear its own test by MQTT' });
      await walls.isOnTheWall('chain-broken', { 'zh-CN': '报警链路中断', en: 'Alarm chain broken' });
      expect(await walls.ready()).toMatchObject({
        status: 503,
        text: expect.stringContaining('\\"broker\\"'),
      });
      entrance.heal();
      await arrivesAgain();
      await walls.feedState('live');
      await walls.isRestoredOnTheWall('chain-broken');
      const [alarm] = await walls.alarmsOf('chain-broken');
      await closeAlarm(hub, alarm?.id ?? '');
    },
  );

  it(
    'the store: screens say so at once, then that the chain ends at the journal; its alarms come with the first commit',
    { timeout: patienceMs },
    async () => {
      await eventuallyTold(async () => expect((await walls.ready()).status).toBe(200));
      const store = new DatabaseSync(join(hub.dataDir, 'carebell.db'), { timeout: 5_000 });
      store.exec('BEGIN EXCLUSIVE');
      chainClock.move(30_000);
      await walls.banner({ 'zh-CN': '无法存储报警', en: 'cannot store' });
      for (const language of wallLanguages)
        await walls.pages[language].page
          .locator('.row[data-kind="store-failing"][data-stored="false"]')
          .waitFor();
      await walls.picture('store-failing');
      const unready = await walls.ready();
      expect(unready).toMatchObject({ status: 503, text: expect.stringContaining('the store fails') });
      const run = async () => (await hub.admin.get<ChainReport>('/supervision/chain')).body.runs.at(-1);
      await eventuallyTold(async () => expect(Object.keys((await run())?.hops ?? {})).toEqual(['broker']));
      chainClock.move(10_000);
      await walls.feedState('broken');
      await walls.banner({ 'zh-CN': '测试消息无法保存', en: 'own test is not stored' });
      expect(await walls.ready()).toMatchObject({
        status: 503,
        text: expect.stringContaining('\\"journal\\"'),
      });
      await walls.picture('journal');
      // What cannot be stored cannot be raised: its alarm comes with the store, and says how long it was.
      expect(await walls.alarmsOf('chain-broken')).toEqual([]);
      store.exec('ROLLBACK');
      store.close();
      await walls.isRestoredOnTheWall('store-failing');
      chainClock.move(1_000);
      await walls.isOnTheWall('chain-broken', { 'zh-CN': '报警链路中断', en: 'Alarm chain broken' });
      await arrivesAgain();
      await walls.feedState('live');
      await walls.isRestoredOnTheWall('chain-broken');
    },
  );

  it('a device and a gateway, of the class of twenty seconds', { timeout: patienceMs }, async () => {
    const button = await issueDevice(hub.admin, {
      type: 'button',
      name: '床头',
      stationId: community.station.id,
    });
    const gateway = await enterGateway(hub, community.station.id);
    await hub.admin.put(`/supervision/device/${button.id}`, { setting: { class: 'sp6' } });
    await hub.admin.put(`/supervision/gateway/${gateway.id}`, {
      setting: { class: 'own', periodSeconds: 20, missed: 1, of: 1 },
    });
    const health = buildTopic({ of: 'gateway', gatewayId: gateway.id, kind: 'health' });
    const signIn = async () => {
      const [device, link] = await Promise.all([connectDevice(hub, button), connectTo(hub, gateway)]);
      await device.send('heartbeat');
      await link.publishAsync(health, '{}', { qos: 0 });
      return { device, link };
    };
    const first = await signIn();
    for (const path of [`device/${button.id}`, `gateway/${gateway.id}`])
      await eventuallyTold(async () =>
        expect((await hub.admin.get(`/supervision/${path}`)).body).toMatchObject({ hearing: 'heard' }),
      );
    const goneAtMs = performance.now();
    first.device.client.stream.destroy();
    await first.device.end();
    await first.link.endAsync(true);
    await walls.isOnTheWall('device-silent', { 'zh-CN': '设备失联', en: 'Device silent' });
    await walls.isOnTheWall('gateway-silent', { 'zh-CN': '网关失联', en: 'Gateway silent' });
    const tookMs = performance.now() - goneAtMs;
    expect(tookMs).toBeLessThan(40_000);
    const again = await signIn();
    await walls.isRestoredOnTheWall('device-silent');
    await walls.isRestoredOnTheWall('gateway-silent');

    await again.link.publishAsync(health, JSON.stringify({ 'port.radio.deaf': true }), { qos: 0 });
    await walls.isOnTheWall('receiver-deaf', { 'zh-CN': '接收器', en: 'Receiver deaf' });
    await again.link.publishAsync(health, JSON.stringify({ 'port.radio.deaf': false }), { qos: 0 });
    await walls.isRestoredOnTheWall('receiver-deaf');
    await again.device.end();
    await again.link.endAsync(true);
  });

  it.skipIf(influxd === undefined)('InfluxDB', { timeout: patienceMs }, async () => {
    expect(influx).toBeDefined();
    await influx?.kill();
    await walls.isOnTheWall('history-failing', { 'zh-CN': '历史库故障', en: 'History failing' });
    await influx?.start();
    await walls.isRestoredOnTheWall('history-failing');
  });

  it(
    'what is restored is closed together with one key, each with its outcome',
    { timeout: patienceMs },
    async () => {
      const { page } = walls.pages.en;
      const restored = (await hub.admin.get<{ items: AlarmView[] }>('/alarms')).body.items.filter(isRestored);
      expect(restored.length).toBeGreaterThanOrEqual(5);
      await page.getByTestId('restored-link').waitFor();
      for (const language of wallLanguages) expect(await misfitsOf(walls.pages[language].page)).toEqual([]);
      await page.keyboard.press('r');
      const dialog = page.getByTestId('restored-dialog');
      await dialog.waitFor();
      await walls.picture('restored-dialog');
      expect(await misfitsOf(page)).toEqual([]);
      await dialog.locator('li select').first().selectOption('false-alarm');
      await page.getByTestId('restored-submit').click();
      for (const language of wallLanguages)
        await eventually(async () =>
          expect(await walls.pages[language].page.locator('[data-mark="restored"]').count()).toBe(0),
        );
      const closed = await Promise.all(
        restored.map(async ({ id }) => (await hub.admin.get<AlarmView>(`/alarms/${id}`)).body),
      );
      expect(closed.map(({ phase }) => phase)).toEqual(closed.map(() => 'closed'));
      const repaired = closed.filter(({ disposition }) => disposition === 'equipment-repaired');
      expect(repaired).toHaveLength(closed.length - 1);
      expect(closed.map(({ disposition }) => disposition)).toContain('false-alarm');
      expect(closed.map(({ owner }) => owner?.displayName)).toEqual(closed.map(() => 'zhang'));
    },
  );
});
