import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { goTo, launchBrowser, logInThrough, openStationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('a page of the dashboard', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let button: VirtualDevice;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
  });
  afterAll(async () => {
    await button.end();
    await hub.stop();
    await browser.close();
  });

  it('with the messages of a device is not blank after the page of its alarm was open', async () => {
    const station = await openStationPage(browser, hub.url);
    const { page } = station;
    await logInThrough(station, 'li');
    await station.onlyAlarm();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByTestId('device-activity').waitFor();
    await page.evaluate(goTo(`/devices/${community.button.id}`));
    await page.getByRole('tab').last().click();
    await page.locator('[role="tabpanel"] time').first().waitFor();
    await expect.poll(() => page.getByTestId('page-broken').count()).toBe(0);
    await station.close();
  });

  it('that cannot be loaded says so in its place, and the wall is one key away', async () => {
    const station = await openStationPage(browser, hub.url);
    const { page } = station;
    await page.route('**/assets/HandOverPage-*.js', (route) => route.abort());
    await logInThrough(station, 'li');
    await page.locator('nav a[href="/hand-over"]').click();
    await page.getByTestId('page-broken').waitFor();
    await station.feedStateBecomes('live');
    await page.getByTestId('waiting-elsewhere').waitFor();
    await page.locator('nav a[href="/"]').click();
    expect(await station.onlyAlarm()).not.toBe('');
    await expect.poll(() => page.getByTestId('page-broken').count()).toBe(0);
    await station.close();
  });
});
