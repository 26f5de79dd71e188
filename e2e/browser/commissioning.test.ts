import { writeFileSync } from 'node:fs';
import type { Commissioning, CommissioningRecord, Retest } from '@carebell/contracts/commissioning.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { signByHand } from './sign-by-hand.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
/** Where pictures are left for whoever wants to see them. */
const pictures = process.env['CAREBELL_TEST_PICTURES'];

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

describe.skipIf(chromium === undefined)('commissioning on a phone', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let wall: StationPage;
  let button: VirtualDevice;
  const others: VirtualDevice[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    button = await connectDevice(hub, community.button);
    others.push(await connectDevice(hub, community.fallDetector), await connectDevice(hub, community.door));
    wall = await openStationPage(browser, hub.url, { beforeLoad: speaking('zh-CN') });
    await logInThrough(wall, 'li');
  });
  afterAll(async () => {
    for (const device of [button, ...others]) await device.end();
    await hub.stop();
    await browser.close();
  });

  /** Whoever installs reads no alarms, and has no feed. */
  async function openPhone(language: 'zh-CN' | 'en'): Promise<Page> {
    const { page } = await openStationPage(browser, hub.url, { ...phone, beforeLoad: speaking(language) });
    await page.getByTestId('login-name').fill('zhao');
    await page.getByTestId('login-password').fill('a long enough password');
    await page.getByTestId('login-submit').click();
    await page.getByTestId('workbench').waitFor();
    return page;
  }

  const check = (page: Page, deviceId: string, key: string, state: string): Promise<void> =>
    page.locator(`[data-testid="check-${deviceId}-${key}"][data-state="${state}"]`).waitFor();

  it('ticks off what the hub hears, survives a lost connection and another phone, and ends signed', async () => {
    const page = await openPhone('zh-CN');
    await picture(page, 'workbench');
    await page.evaluate(goTo(`/dwellings/${community.dwelling.id}/commissioning`));
    await page.getByTestId('commission').click();
    await page.getByTestId('commissioning').waitFor();
    const id = (await page.evaluate<string>('location.pathname')).split('/').at(-1) ?? '';
    await page.getByTestId('commissioning-test').waitFor();
    await picture(page, 'commissioning-begun');
    // The band is on the wall before anybody presses.
    await wall.page.getByTestId('test-band').waitFor();

    const { id: buttonId } = community.button;
    for (let n = 0; n < 3; n += 1) await button.send('button.pressed', { data: { key: 'help' } });
    await check(page, buttonId, 'presses', 'passed');
    await wall.page.locator('[data-testid^="alarm-"][data-test="true"]').first().waitFor();
    await wall.page.getByTestId('test-mark').first().waitFor();
    await check(page, buttonId, 'shown', 'passed');
    await picture(wall.page, 'wall');

    // Out of reach of the network, what is done goes on counting.
    await page.context().setOffline(true);
    await page.getByTestId('commissioning-stale').waitFor();
    const door = others[1];
    for (const kind of ['door.opened', 'door.closed', 'tamper.opened', 'tamper.closed'])
      await door?.send(kind);
    await page.context().setOffline(false);
    await check(page, community.door.id, 'tamper', 'passed');
    await page.getByTestId('commissioning-stale').waitFor({ state: 'detached' });
    await picture(page, 'commissioning-half');

    await page.context().close();
    const second = await openPhone('en');
    await second.getByTestId(`commissioning-${id}`).click();
    await check(second, community.door.id, 'events', 'passed');
    const radar = others[0];
    await radar?.send('fall.suspected');
    await radar?.send('fall.cleared');
    await radar?.send('fall.detected');
    await check(second, community.fallDetector.id, 'fall', 'passed');

    for (const [deviceId, key] of [
      [buttonId, 'battery'],
      [community.door.id, 'battery'],
    ] as const) {
      await second.getByTestId(`skip-${deviceId}-${key}`).click();
      await second.getByTestId('skip-reason').fill('reports no battery level');
      await second.getByTestId('skip-submit').click();
      await check(second, deviceId, key, 'skipped');
    }
    await check(second, community.fallDetector.id, 'shown', 'passed');
    await picture(second, 'commissioning-done');

    await second.getByTestId('begin-signing').click();
    await second.getByTestId('witness-name').fill('王秀英');
    await signByHand(second, second.getByTestId('signature-installer'));
    await signByHand(second, second.getByTestId('signature-witness'));
    await picture(second, 'signing');
    await second.getByTestId('sign-now').click();
    await second.locator('[data-testid="record-sheet"][data-holds="true"]').waitFor();
    await picture(second, 'record');

    const record = await community.installer.get<CommissioningRecord>(`/commissionings/${id}/record`);
    expect(record.body.holds).toBe(true);
    const pdf = await second.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    if (pictures !== undefined) writeFileSync(`${pictures}/record.pdf`, pdf);
    const stand = await community.installer.get<Commissioning>(`/commissionings/${id}`);
    expect(stand.body).toMatchObject({ state: 'signed', test: null });
    await wall.page.getByTestId('test-band').waitFor({ state: 'detached' });
    await second.context().close();
  }, 120_000);

  it('asks for a test again after the secret was renewed, on the pages of the device and the dwelling', async () => {
    const retests = async () =>
      (await community.installer.get<{ items: Retest[] }>('/commissioning-retests')).body.items;
    await community.installer.post(`/devices/${community.door.id}/secret`);
    await eventually(async () => expect(await retests()).toMatchObject([{ deviceId: community.door.id }]));
    const page = await openPhone('en');
    await page.evaluate(goTo(`/devices/${community.door.id}`));
    await page.getByTestId('retests').getByText('its secret was renewed').waitFor();
    await page.evaluate(goTo(`/dwellings/${community.dwelling.id}/commissioning`));
    await page.getByTestId('retests').waitFor();
    await page.context().close();
  });

  it('puts a device under test by one touch, and has no page wider than a phone nor a target too small for gloves', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const page = await openPhone(language);
      await page.evaluate(goTo(`/devices/${community.button.id}`));
      if (language === 'zh-CN') await page.getByTestId('test-begin').click();
      await page.getByTestId('test-here').waitFor();
      for (const path of [
        '/workbench',
        '/test-modes',
        '/commissionings',
        `/dwellings/${community.dwelling.id}/commissioning`,
      ]) {
        await page.evaluate(goTo(path));
        await page.locator('.big-button').first().waitFor();
        expect(await misfitsOf(page), `${path} in ${language}`).toEqual([]);
        expect(await smallTargets(page), `${path} in ${language}`).toEqual([]);
        await picture(page, `${path.replaceAll('/', '_')}-${language}`);
      }
      await page.context().close();
    }
  }, 120_000);
});

/** What a gloved hand would miss: less than 56 pixels high. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('.big-button, .workbench-action')]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 56)
    .map((element) => element.textContent)`);
}
