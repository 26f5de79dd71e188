import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AlarmKind } from '@carebell/contracts/alarm-kinds.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { isRestored } from '@carebell/contracts/restored.ts';
import { createMovingClock, influxdIn } from '@carebell/server/compose.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { issueDevice, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { linkTo } from '../cuttable-link.ts';
import type { CuttableLink } from '../cuttable-link.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { enterGateway } from '../virtual-gateway.ts';
import { connectDevice, connectTo } from '../virtual-party.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
const influxd = serviceOrSkip('influxd');
const pictures = process.env['CAREBELL_PICTURES'];
const patienceMs = 90_000;
const languages = ['zh-CN', 'en'] as const;

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
  let walls: Record<(typeof languages)[number], StationPage>;

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
    const open = async (language: (typeof languages)[number], name: string) => {
      const station = await openStationPage(browser, hub.url, { beforeLoad: speaking(language) });
      await logInThrough(station, name);
      return station;
    };
    walls = { 'zh-CN': await open('zh-CN', 'li'), en: await open('en', 'zhang') };
  }, patienceMs);
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    await entrance.close();
    await influx?.kill();
    rmSync(dir, { recursive: true, force: true });
  });

  const alarmsOf = async (kind: AlarmKind): Promise<AlarmView[]> =>
    (await hub.admin.get<{ items: AlarmView[] }>('/alarms')).body.items.filter((one) => one.kind === kind);
  const ready = async () => {
    const answer = await fetch(`${hub.url}/readyz`);
    return { status: answer.status, text: await answer.text() };
  };
  async function picture(name: string): Promise<void> {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    for (const language of languages)
      await walls[language].page.screenshot({ path: join(pictures, `${name}-${language}.png`) });
  }

  /** Stands on both walls with these words, once, and not as restored. */
  async function isOnTheWall(kind: AlarmKind, words: Record<(typeof languages)[number], string>) {
    for (const language of languages) {
      const row = walls[language].page.locator(`.row[data-kind="${kind}"]`);
      await row.locator('.row-kind', { hasText: words[language] }).waitFor({ timeout: 40_000 });
      expect(await row.count()).toBe(1);
      expect(await row.locator('[data-mark="restored"]').count()).toBe(0);
    }
    const [alarm, ...others] = await alarmsOf(kind);
    expect(others).toEqual([]);
    expect(alarm).toMatchObject({ priority: 'technical', presses: 1, cancelledAt: null });
    await picture(kind);
  }
  /** Says on both walls since when it is restored, and stays open. */
  async function isRestoredOnTheWall(kind: AlarmKind): Promise<void> {
    for (const [language, words] of [
      ['zh-CN', /✓ 已于 \d\d:\d\d:\d\d 恢复/],
      ['en', /✓ Restored since \d\d:\d\d:\d\d/],
    ] as const) {
      const mark = walls[language].page.locator(`.row[data-kind="${kind}"] [data-mark="restored"]`);
      await mark.waitFor({ timeout: 40_000 });
      expect(await mark.textContent()).toMatch(words);
    }
    const [alarm] = await alarmsOf(kind);
    expect(alarm).toMatchObject({ phase: 'raised', presses: 1 });
    await picture(`${kind}-restored`);
  }
  /** The next try comes after five seconds; its way is real, and takes what it takes. */
  const arrivesAgain = (): Promise<void> =>
    vi.waitFor(
      async () => {
        chainClock.move(5_000);
        await eventuallyTold(async () => expect((await ready()).status).toBe(200), 4_000);
      },
      { timeout: 40_000, interval: 100 },
    );
  const feedState = (state: string) =>
    Promise.all(
      languages.map((language) =>
        walls[language].page.locator(`[data-testid="feed-state"][data-state="${state}"]`).waitFor(),
      ),
    );
  const banner = (texts: Record<(typeof languages)[number], string>) =>
    Promise.all(
      languages.map((language) =>
        walls[language].page.locator('.banner', { hasText: texts[language] }).waitFor(),
      ),
    );

  it(
    'the MQTT port: the chain is broken at the broker, on every screen and by /readyz',
    { timeout: patienceMs },
    async () => {
      await eventuallyTold(async () => expect((await ready()).status).toBe(200));
      entrance.cut();
      chainClock.move(30_000);
      chainClock.move(10_000);
      await feedState('broken');
      await banner({ 'zh-CN': '收不到自己的 MQTT 测试消息', en: 'does not hear its own test by MQTT' });
      await isOnTheWall('chain-broken', { 'zh-CN': '报警链路中断', en: 'Alarm chain broken' });
      expect(await ready()).toMatchObject({ status: 503, text: expect.stringContaining('\\"broker\\"') });
      entrance.heal();
      await arrivesAgain();
      await feedState('live');
      await isRestoredOnTheWall('chain-broken');
    },
  );

  it(
    'the store: screens say so at once, its alarm comes with the first commit, and calls for help are shown meanwhile',
    { timeout: patienceMs },
    async () => {
      const store = new DatabaseSync(join(hub.dataDir, 'carebell.db'), { timeout: 5_000 });
      store.exec('BEGIN EXCLUSIVE');
      chainClock.move(30_000);
      chainClock.move(10_000);
      await banner({ 'zh-CN': '无法存储报警', en: 'cannot store' });
      for (const language of languages)
        await walls[language].page.locator('.row[data-kind="store-failing"][data-stored="false"]').waitFor();
      await picture('store-failing');
      await eventuallyTold(async () => expect((await ready()).status).toBe(503));
      store.exec('ROLLBACK');
      store.close();
      await arrivesAgain();
      await isRestoredOnTheWall('store-failing');
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
    await isOnTheWall('device-silent', { 'zh-CN': '设备失联', en: 'Device silent' });
    await isOnTheWall('gateway-silent', { 'zh-CN': '网关失联', en: 'Gateway silent' });
    const tookMs = performance.now() - goneAtMs;
    expect(tookMs).toBeLessThan(40_000);
    const again = await signIn();
    await isRestoredOnTheWall('device-silent');
    await isRestoredOnTheWall('gateway-silent');

    await again.link.publishAsync(health, JSON.stringify({ 'port.radio.deaf': true }), { qos: 0 });
    await isOnTheWall('receiver-deaf', { 'zh-CN': '接收器', en: 'Receiver deaf' });
    await again.link.publishAsync(health, JSON.stringify({ 'port.radio.deaf': false }), { qos: 0 });
    await isRestoredOnTheWall('receiver-deaf');
    await again.device.end();
    await again.link.endAsync(true);
  });

  it.skipIf(influxd === undefined)('InfluxDB', { timeout: patienceMs }, async () => {
    expect(influx).toBeDefined();
    await influx?.kill();
    await isOnTheWall('history-failing', { 'zh-CN': '历史库故障', en: 'History failing' });
    await influx?.start();
    await isRestoredOnTheWall('history-failing');
  });

  it(
    'what is restored is closed together with one key, each with its outcome',
    { timeout: patienceMs },
    async () => {
      const { page } = walls.en;
      const restored = (await hub.admin.get<{ items: AlarmView[] }>('/alarms')).body.items.filter(isRestored);
      expect(restored.length).toBeGreaterThanOrEqual(5);
      await page.getByTestId('restored-link').waitFor();
      for (const language of languages) expect(await misfitsOf(walls[language].page)).toEqual([]);
      await page.keyboard.press('r');
      const dialog = page.getByTestId('restored-dialog');
      await dialog.waitFor();
      await picture('restored-dialog');
      expect(await misfitsOf(page)).toEqual([]);
      await dialog.locator('li select').first().selectOption('false-alarm');
      await page.getByTestId('restored-submit').click();
      for (const language of languages)
        await eventually(async () =>
          expect(await walls[language].page.locator('[data-mark="restored"]').count()).toBe(0),
        );
      const closed = await Promise.all(
        restored.map(async ({ id }) => (await hub.admin.get<AlarmView>(`/alarms/${id}`)).body),
      );
      expect(closed.map(({ phase }) => phase)).toEqual(closed.map(() => 'closed'));
      expect(closed.map(({ disposition }) => disposition).toSorted()).toEqual(
        ['false-alarm', ...closed.slice(1).map(() => 'equipment-repaired')].toSorted(),
      );
      expect(closed.map(({ owner }) => owner?.displayName)).toEqual(closed.map(() => 'zhang'));
    },
  );
});
