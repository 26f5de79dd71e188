import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import type { Hearing, Supervised } from '@carebell/contracts/supervision.ts';
import { compose as composeBridge } from '@carebell/gateway-firmware-bridge/compose.ts';
import { compose as composeSimulators } from '@carebell/simulators/compose.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgeProcess } from '../bridge/bridge-process.ts';
import type { BridgeProcess } from '../bridge/bridge-process.ts';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { openFarMailServer } from '../far-mail-server.ts';
import { hastyClock } from '../hasty-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { enterGateway } from '../virtual-gateway.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { openWalls } from './chain-walls.ts';
import type { ChainWalls } from './chain-walls.ts';
import { launchBrowser } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
const patienceMs = 120_000;
const transmitters = [0, 1, 2];

describe.skipIf(chromium === undefined)('a part outside the hub that is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carebell-outside-'));
  const simulators = composeSimulators({ hubUrl: 'mqtt://127.0.0.1:9' });
  const bridges: BridgeProcess[] = [];
  let aheadMs = 0;
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let walls: ChainWalls;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    const clock = { ...hastyClock, now: () => Date.now() + aheadMs };
    hub = await startHub({ clock, dashboardDir: builtDashboard() });
    community = await settle(hub);
    walls = await openWalls(browser, hub);
  }, patienceMs);
  afterAll(async () => {
    await Promise.all(bridges.map((bridge) => bridge.kill()));
    await simulators.stop();
    await browser.close();
    await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ofTwentySeconds = { class: 'own', periodSeconds: 20, missed: 1, of: 1 };
  const hubUrl = () => `mqtt://127.0.0.1:${hub.mqttPort}`;
  const openAlarms = async () => (await hub.admin.get<{ items: AlarmView[] }>('/alarms')).body.items;

  /** A real bridge on the line of a board that hears three transmitters of the class `deviceClass`. */
  async function runBridge(name: string, firstSender: number, deviceClass: string) {
    const account = await enterGateway(hub, community.station.id);
    await hub.admin.put(`/supervision/gateway/${account.id}`, { setting: ofTwentySeconds });
    const board = simulators.gateway('rflink', { tcp: 0 });
    const bridge = bridgeProcess({
      configPath: join(folder, `${name}.yaml`),
      dataDir: join(folder, name),
      hubUrl: hubUrl(),
      gatewayId: account.id,
      secret: account.secret,
      ports: { radio: await board.plugIn() },
    });
    bridges.push(bridge);
    bridge.start();
    const senders = transmitters.map((sender) => firstSender + sender);
    const ids = senders.map((sender) => `rf433.alecto-v1.${(0x200 + sender).toString(16)}`);
    for (const id of ids) {
      const place = { stationId: community.station.id, gatewayId: account.id };
      await hub.admin.create<{ device: Device }>('/devices', { id, type: 'other', ...place });
      await hub.admin.put(`/supervision/device/${id}`, { setting: { class: deviceClass } });
    }
    const speak = () => senders.forEach((sender) => board.perform('reading', sender));
    const are = (gateway: Hearing, devices: Hearing) =>
      eventuallyTold(async () => {
        const [heard, ...behind] = await Promise.all(
          [`gateway/${account.id}`, ...ids.map((id) => `device/${id}`)].map(
            async (path) => (await hub.admin.get<Supervised>(`/supervision/${path}`)).body.hearing,
          ),
        );
        expect({ gateway: heard, devices: [...new Set(behind)] }).toEqual({ gateway, devices: [devices] });
      }, 60_000);
    await eventually(() => expect(bridge.log().map(({ msg }) => msg)).toContain('link.opened'));
    speak();
    await are('heard', 'heard');
    return { bridge, speak, are };
  }

  it(
    'a bridge that is killed and one that stands still: one alarm each, and what they hear is unknown, not silent',
    { timeout: patienceMs },
    async () => {
      const [killed, frozen] = await Promise.all([
        runBridge('killed', 0, 'sp6'),
        runBridge('frozen', 3, 'sp5'),
      ]);
      killed.speak();
      const goneAtMs = performance.now();
      const took = () => Math.round(performance.now() - goneAtMs);
      frozen.bridge.freeze();
      await killed.bridge.kill();
      const silent = async (howMany: number) =>
        eventuallyTold(
          async () => expect(await walls.alarmsOf('gateway-silent')).toHaveLength(howMany),
          60_000,
        );
      await killed.are('heard', 'unknown');
      await silent(1);
      expect(took()).toBeLessThan(23_000);
      await frozen.are('silent', 'unknown');
      await walls.isOnTheWall(
        'gateway-silent',
        { 'zh-CN': '网关失联', en: 'Gateway silent' },
        { howMany: 2 },
      );
      expect(took()).toBeLessThan(47_000);
      expect((await openAlarms()).map(({ kind }) => kind)).toEqual(['gateway-silent', 'gateway-silent']);
      frozen.bridge.thaw();
      killed.bridge.start();
      await walls.isRestoredOnTheWall('gateway-silent', { howMany: 2 });
      await eventually(() => expect(killed.bridge.log().map(({ msg }) => msg)).toContain('link.opened'));
      killed.speak();
      await killed.are('heard', 'heard');
      await frozen.are('heard', 'heard');
      expect((await openAlarms()).map(({ kind }) => kind)).toEqual(['gateway-silent', 'gateway-silent']);
      await killed.bridge.stop();
      await frozen.bridge.stop();
    },
  );

  it('a receiver that is jammed, until the noise ends', { timeout: patienceMs }, async () => {
    const account = await enterGateway(hub, community.station.id);
    const damage = { noise: 0, truncate: 0 };
    const board = simulators.gateway('rflink', { tcp: 0 }, { damage });
    const bridge = composeBridge(
      {
        hub: { url: hubUrl(), gatewayId: account.id, secret: account.secret },
        ports: [{ name: 'radio', path: await board.plugIn(), driver: 'rflink', options: {} }],
        dataDir: join(folder, 'jammed'),
        outbox: { maxBytes: 8 * 1024 * 1024 },
        logLevel: 'silent',
      },
      { clock: bridgeClock },
    );
    await bridge.start();
    const air = setInterval(() => board.perform('reading', 7), 8);
    await eventually(() => expect(bridge.health()['port.radio.frames']).toBeGreaterThan(10));
    damage.noise = 1;
    damage.truncate = 1;
    await walls.isOnTheWall('receiver-deaf', { 'zh-CN': '接收器失聪', en: 'Receiver deaf' });
    damage.noise = 0;
    damage.truncate = 0;
    await walls.isRestoredOnTheWall('receiver-deaf');
    clearInterval(air);
    await bridge.stop();
  });

  it('a mail server, until a probe finds it there again', { timeout: patienceMs }, async () => {
    const before = await openFarMailServer();
    const { port } = before;
    const { id } = await hub.admin.create<ChannelView>('/channels', {
      organisationId: community.station.id,
      kind: 'e-mail',
      name: '站邮件',
      settings: { host: '127.0.0.1', port, security: 'none', from: '安铃 <hub@example.org>' },
      secrets: {},
    });
    await before.close();
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    await button.end();
    const help = await eventuallyTold(async () => {
      const [alarm] = await walls.alarmsOf('help');
      if (alarm === undefined) throw new Error('no alarm yet');
      return alarm;
    });
    for (let mail = 1; mail <= 5; mail += 1)
      await community.operator.create(`/alarms/${help.id}/notifications`, {
        recipient: { displayName: '李阿姨' },
        channels: [{ kind: 'e-mail', address: `li-${mail}@example.org` }],
      });
    await walls.isOnTheWall('channel-suspended', {
      'zh-CN': '通知渠道中断',
      en: 'Notification channel dead',
    });
    const again = await openFarMailServer(port);
    expect(again.mails).toEqual([]);
    const { body } = await hub.admin.get<{ items: ChannelView[] }>('/channels');
    const probeAt = body.items.find((channel) => channel.id === id)?.health.probeAt;
    expect(Date.parse(probeAt ?? '') - Date.now()).toBeGreaterThan(90_000);
    aheadMs += 120_000;
    await walls.isRestoredOnTheWall('channel-suspended');
    await eventually(() => expect(again.mails.length).toBeGreaterThanOrEqual(5));
    await again.close();
  });
});

/** The bridge's own time, in which a report of its health comes each second and a half, as often as noise makes sixty frames. */
const bridgeClock = {
  ...hastyClock,
  sinceBoot: () => Math.round(performance.now()),
  bootId: 'this one',
  every(periodMs: number, action: () => void) {
    const timer = setInterval(action, Math.min(periodMs, 1_500));
    return () => {
      clearInterval(timer);
    };
  },
};
