import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Commissioning,
  CommissioningPoint,
  CommissioningRecord,
  SignedContent,
} from '@carebell/contracts/commissioning.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgeProcess } from '../bridge/bridge-process.ts';
import type { BridgeProcess } from '../bridge/bridge-process.ts';
import { cableAt } from '../bridge/cable.ts';
import type { Cable } from '../bridge/cable.ts';
import { password, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { signByHand } from './sign-by-hand.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium') ?? '';
const socat = serviceOrSkip('socat') ?? '';
const address = '康乐路8弄2号101室';
const door = 'rf433.ev1527.0d00e';
const motion = 'rf433.ev1527.03077';
/** Where the record is left for whoever wants to see it. */
const pictures = process.env['CAREBELL_TEST_PICTURES'];

describe.skipIf(chromium === '' || socat === '')('a new dwelling, from the door to the signature', () => {
  let folder: string;
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let wall: StationPage;
  let page: Page;
  let bridge: BridgeProcess | undefined;
  let cable: Cable;
  let gateway: SignedIn;
  let dwellingId = '';
  const accounts: Record<'button' | 'radar', SignedIn> = {
    button: { id: 'new-button', secret: '' },
    radar: { id: 'new-radar', secret: '' },
  };
  const devices: VirtualDevice[] = [];
  let told = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carebell-new-dwelling-'));
    browser = await launchBrowser(chromium);
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    cable = cableAt(socat, join(folder, 'rflink'));
    await cable.plugIn();
    wall = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    await logInThrough(wall, 'li');
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    ({ page } = await openStationPage(browser, hub.url, { ...phone, beforeLoad: speaking('en') }));
    await page.getByTestId('login-name').fill('zhao');
    await page.getByTestId('login-password').fill(password);
    await page.getByTestId('login-submit').click();
    await page.getByTestId('workbench').waitFor();
  }, 120_000);
  afterAll(async () => {
    for (const device of devices) await device.end();
    await bridge?.stop();
    await cable.pullOut();
    await hub.stop();
    await browser.close();
    rmSync(folder, { recursive: true });
  }, 180_000);

  const tap = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const submit = () => page.locator('main button[type="submit"]').click();

  /** Reads a secret that is shown once, as it is written down. */
  async function writtenDown(): Promise<string> {
    const secret = (await page.getByTestId('secret').textContent()) ?? '';
    await page.getByRole('dialog').getByRole('button').last().click();
    return secret;
  }

  /** What the receiver hears of a sensor: each telegram three times. */
  function radio(id: string, key: string): void {
    for (let repeat = 0; repeat < 3; repeat += 1) {
      told = (told + 1) % 256;
      cable.write(`20;${told.toString(16).padStart(2, '0')};EV1527;ID=${id};SWITCH=${key};CMD=ON;\r\n`);
    }
  }

  async function enterDevice(account: SignedIn, type: string): Promise<void> {
    await page.locator('[data-field="id"] input').fill(account.id);
    await submit();
    await tap(type);
    await submit();
    await tap('Living room');
    await submit();
    await submit();
    await submit();
    await tap('Show the secret to write it down');
    account.secret = await writtenDown();
    await tap('Next device');
  }

  async function adopt(code: string, type: string): Promise<void> {
    const form = page.getByTestId('adopt-form');
    await form.getByLabel('Type').selectOption(type);
    await form.getByLabel('Dwelling').fill('康乐路');
    await page.getByTitle(address).first().click();
    await form.locator('button[type="submit"]').click();
    await page.getByTestId('adopted').waitFor();
    const found = await hub.admin.get(`/devices/${code}`);
    expect(found.body).toMatchObject({ isRegistered: true, dwellingId, type });
  }

  const check = (deviceId: string, key: string, state: string): Promise<void> =>
    page.locator(`[data-testid="check-${deviceId}-${key}"][data-state="${state}"]`).waitFor();

  it('is registered with its gateway, a button and a fall detector', async () => {
    await page.evaluate(goTo('/workbench/register'));
    await tap('Enter a new dwelling');
    await page.locator('[data-field="address"] input, [data-field="address"] textarea').fill(address);
    await submit();
    await tap('Register a gateway');
    await page.locator('[data-field="id"] input').fill('new-gateway');
    await page.locator('[data-field="name"] input').fill('过道网关');
    await submit();
    gateway = { id: 'new-gateway', secret: await writtenDown() };

    // The button and the radar connect themselves.
    await page.getByRole('button', { name: 'Gateway', exact: true }).click();
    await tap(/^No gateway/);
    await enterDevice(accounts.button, 'Emergency button');
    await enterDevice(accounts.radar, 'Fall detector');
    const { body } = await hub.admin.get<{ dwellingId: string }>(`/devices/${accounts.button.id}`);
    dwellingId = body.dwellingId;
    expect(dwellingId).not.toBe(community.dwelling.id);
    for (const account of Object.values(accounts)) devices.push(await connectDevice(hub, account));
  }, 180_000);

  it('adopts the two radio sensors that its gateway hears', async () => {
    bridge = bridgeProcess({
      configPath: join(folder, 'bridge.json'),
      dataDir: join(folder, 'bridge'),
      hubUrl: `mqtt://127.0.0.1:${hub.mqttPort}`,
      gatewayId: gateway.id,
      secret: gateway.secret,
      ports: { radio: cable.path },
    });
    bridge.start();
    await cable.untilTold('10;VERSION;');
    for (const [code, key, type] of [
      [door, '0e', 'door-sensor'],
      [motion, '0a', 'motion-sensor'],
    ] as const) {
      await page.evaluate(goTo('/unknown-devices'));
      radio(code.slice('rf433.ev1527.'.length), key);
      await page.getByTestId(`unknown-${code}`).getByRole('link', { name: 'Enter this one' }).click();
      await adopt(code, type);
    }
    const behind = await hub.admin.get<{ items: unknown[] }>(`/devices?gatewayId=${gateway.id}`);
    expect(behind.body.items).toHaveLength(2);
  }, 180_000);

  it('is commissioned device by device, with the station’s screen at the other end', async () => {
    await page.evaluate(goTo(`/dwellings/${dwellingId}/commissioning`));
    await page.getByTestId('commission').click();
    await page.getByTestId('commissioning').waitFor();
    await wall.page.getByTestId('test-band').getByText(address).waitFor();
    const [button, radar] = devices;

    for (let press = 0; press < 3; press += 1)
      await button?.send('button.pressed', { data: { key: 'help' } });
    await check(accounts.button.id, 'presses', 'passed');
    await check(accounts.button.id, 'shown', 'passed');

    await radar?.send('fall.suspected');
    await radar?.send('fall.cleared');
    await radar?.send('fall.detected');
    await check(accounts.radar.id, 'fall', 'passed');
    await check(accounts.radar.id, 'shown', 'passed');
    await check(accounts.radar.id, 'alive', 'passed');

    radio('0d00e', '0e');
    await page.getByTestId(`check-${door}-events`).getByText('Close the door').waitFor();
    radio('0d00e', '07');
    await check(door, 'events', 'passed');
    radio('03077', '0a');
    await check(motion, 'events', 'passed');

    // These radios say nothing of their batteries, and not that a cover was closed again.
    for (const [deviceId, key] of [
      [accounts.button.id, 'battery'],
      [door, 'tamper'],
      [door, 'battery'],
      [motion, 'tamper'],
      [motion, 'battery'],
    ] as const) {
      await page.getByTestId(`skip-${deviceId}-${key}`).click();
      await page.getByTestId('skip-reason').fill('its radio does not say');
      await page.getByTestId('skip-submit').click();
      await check(deviceId, key, 'skipped');
    }
    await expect
      .poll(() => wall.page.locator('[data-testid^="alarm-"][data-test="true"]').count())
      .toBeGreaterThan(1);
  }, 180_000);

  it('is signed by both, and the record goes onto paper', async () => {
    await page.getByTestId('begin-signing').click();
    await page.getByTestId('witness-name').fill('陈建国');
    await signByHand(page, page.getByTestId('signature-installer'));
    await signByHand(page, page.getByTestId('signature-witness'));
    await page.getByTestId('sign-now').click();
    await page.locator('[data-testid="record-sheet"][data-holds="true"]').waitFor();
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    if (pictures !== undefined) writeFileSync(join(pictures, 'new-dwelling.pdf'), pdf);

    const path = `/commissionings?dwellingId=${dwellingId}`;
    const [line] = (await community.installer.get<{ items: Commissioning[] }>(path)).body.items;
    expect(line).toMatchObject({ state: 'signed', devices: 4, checks: { waiting: 0, skipped: 5 } });
    const record = await community.installer.get<CommissioningRecord>(`/commissionings/${line?.id}/record`);
    const content = JSON.parse(record.body.content ?? '') as SignedContent;
    expect(content).toMatchObject({ address, witness: { name: '陈建国', role: 'resident' } });
    const pressed = content.devices.find(({ deviceId }) => deviceId === accounts.button.id);
    const hops = pressed?.checks
      .find(({ key }) => key === 'shown')
      ?.evidence.shown?.hops.map(({ hop }) => hop);
    expect(hops).toEqual(expect.arrayContaining(['press', 'broker', 'journal', 'screen']));
    const heard = content.devices.find(({ deviceId }) => deviceId === door);
    expect(heard?.gatewayId).toBe(gateway.id);
    const points = `/commissioning-points?dwellingId=${dwellingId}`;
    const open = (await community.installer.get<{ items: CommissioningPoint[] }>(points)).body.items;
    expect(open).toHaveLength(5);
    await wall.page.getByTestId('test-band').waitFor({ state: 'detached' });
  }, 120_000);
});
