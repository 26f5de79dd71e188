import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '@carebell/contracts/registry.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bridgeProcess } from '../bridge/bridge-process.ts';
import type { BridgeProcess } from '../bridge/bridge-process.ts';
import { cableAt } from '../bridge/cable.ts';
import type { Cable } from '../bridge/cable.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { closeAlarm, openLookout } from '../lookout.ts';
import type { Lookout } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { enterGateway } from '../virtual-gateway.ts';
import { connectTo } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium') ?? '';
const socat = serviceOrSkip('socat') ?? '';
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

describe.skipIf(chromium === '' || socat === '')('an installer with a phone and a device in hand', () => {
  let folder: string;
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let lookout: Lookout;
  let bridge: BridgeProcess;
  let cable: Cable;
  let station: StationPage;
  let page: Page;
  let presses = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carebell-adopting-'));
    browser = await launchBrowser(chromium);
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    lookout = await openLookout(hub, community);
    const gateway = await enterGateway(hub, community.station.id);
    await hub.admin.patch(`/gateways/${gateway.id}`, {
      name: '三号楼网关',
      dwellingId: community.dwelling.id,
    });
    cable = cableAt(socat, join(folder, 'rflink'));
    await cable.plugIn();
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
    station = await openStationPage(browser, hub.url, { ...phone, beforeLoad: speaking('en') });
    page = station.page;
    await page.getByTestId('login-name').fill('zhao');
    await page.getByTestId('login-password').fill(password);
    await page.getByTestId('login-submit').click();
    await page.getByTestId('user-menu').waitFor();
    await page.evaluate(goTo('/unknown-devices'));
    await page.getByTestId('press-now').waitFor();
  });
  afterAll(async () => {
    await station.close();
    await bridge.stop();
    await cable.pullOut();
    lookout.close();
    await hub.stop();
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** The firmware says what its receiver has heard, as often as a button sends it. */
  function radio(protocol: string, id: string, what: string): void {
    for (let repeat = 0; repeat < 3; repeat += 1) {
      presses = (presses + 1) % 256;
      cable.write(`20;${presses.toString(16).padStart(2, '0')};${protocol};ID=${id};${what};\r\n`);
    }
  }
  const press = (id: string, key: string) => radio('EV1527', id, `SWITCH=${key};CMD=ON`);
  const card = (code: string) => page.getByTestId(`unknown-${code}`);

  it('sees a neighbour’s device come up by itself, and puts it aside and back', async () => {
    press('0beef', '02');
    const neighbour = card('rf433.ev1527.0beef');
    await neighbour.getByText('a code only').waitFor();
    await neighbour.getByText('三号楼网关').waitFor();
    await neighbour.getByRole('button', { name: 'Not ours' }).click();
    await neighbour.waitFor({ state: 'detached' });
    await page.getByText('Not ours', { exact: true }).first().click();
    await neighbour.getByText('zhao marked it as not ours.').waitFor();
    await neighbour.getByRole('button', { name: 'Put back' }).click();
    await neighbour.waitFor({ state: 'detached' });
    await page.getByText('To be entered').click();
    await neighbour.waitFor();
    expect(lookout.screen.alarms.size).toBe(0);
  });

  it('presses the button: it stands on top, is entered in one step, and its next press has the resident’s name', async () => {
    await page.getByTestId('press-now').click();
    await page.getByText('Listening').waitFor();
    press('7a410', '04');
    const likely = page.getByTestId('listen').getByTestId('unknown-rf433.ev1527.7a410');
    await likely.waitFor();
    await expect.poll(() => likely.getAttribute('data-likely')).toBe('true');
    await likely.getByRole('link', { name: 'Enter this one' }).click();

    const form = page.getByTestId('adopt-form');
    await form.getByText('key.4').waitFor();
    press('7a410', '01');
    await form.getByText('key.1').waitFor();
    await form.getByLabel('key.1').selectOption('button.pressed:meal');
    await form.getByLabel('Dwelling').fill('502');
    await page.getByTitle(community.dwelling.address).click();
    await form.getByLabel('Place').fill('卫生间');
    await form.getByRole('button', { name: 'Enter this one' }).click();
    await page.getByTestId('adopted').waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.setViewportSize(phone.viewport);

    const { body } = await hub.admin.get<Device>('/devices/rf433.ev1527.7a410');
    expect(body).toMatchObject({
      type: 'button',
      room: '卫生间',
      residentId: community.resident.id,
      signals: { 'key.1': { kind: 'button.pressed', key: 'meal' } },
    });
    press('7a410', '04');
    const alarm = await lookout.alarmOf('rf433.ev1527.7a410');
    expect(alarm).toMatchObject({
      kind: 'help',
      residentName: '王秀英',
      address: community.dwelling.address,
    });
    await page.getByTestId('adopted').getByText('key.1').first().waitFor();
    await closeAlarm(hub, alarm.id);
  });

  it('enters a detector whose alarm rang before anybody knew it, and the alarm has a name then', async () => {
    radio('SmokeAlert', '123456', 'SMOKEALERT=ON');
    const alarm = await lookout.alarmOf('rf433.smokealert.123456');
    expect(alarm).toMatchObject({
      isDeviceRegistered: false,
      heardAt: { address: community.dwelling.address },
    });
    await page.evaluate(goTo('/unknown-devices'));
    const detector = card('rf433.smokealert.123456');
    await detector.getByText('It raised an alarm that is still open').waitFor();
    await detector.getByRole('link', { name: 'Enter this one' }).click();
    const form = page.getByTestId('adopt-form');
    await expect.poll(() => form.getByLabel('Type').inputValue()).toBe('smoke-detector');
    await form.getByLabel('Dwelling').fill('502');
    await page.getByTitle(community.dwelling.address).click();
    await form.getByRole('button', { name: 'Enter this one' }).click();
    await page.getByText('The alarm from before is this resident’s now').waitFor();
    await eventually(async () => {
      const { body } = await hub.admin.get<{ residentName: string }>(`/alarms/${alarm.id}`);
      expect(body.residentName).toBe('王秀英');
    });
    await closeAlarm(hub, alarm.id);
  });

  it('sees who knocks over MQTT without being entered, and never with a password', async () => {
    await expect(connectTo(hub, { id: 'spare-button', secret: 'a secret nobody told' })).rejects.toThrow(
      'Connection refused',
    );
    await page.evaluate(goTo('/unknown-devices'));
    const refused = page.getByTestId('refused-connections');
    await refused.locator('summary').click();
    await refused.getByText('spare-button').waitFor();
    expect(await page.content()).not.toContain('a secret nobody told');
  });
});
