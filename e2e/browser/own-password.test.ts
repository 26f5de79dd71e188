import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { axeFindings, readAxe } from './axe-in-chromium.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium') ?? '';

describe.skipIf(chromium === '')('the password of a person', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let station: StationPage;

  beforeAll(async () => {
    browser = await launchBrowser(chromium);
    hub = await startHub({ dashboardDir: builtDashboard() });
    await settle(hub);
    station = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
  });
  afterAll(async () => {
    await station.close();
    await hub.stop();
    await browser.close();
  });

  it('is changed by the one they have, in the settings; this browser stays logged in and no other', async () => {
    const { page } = station;
    const elsewhere = await logIn(hub.url, 'li', password);
    await logInThrough(station, 'li');
    await page.evaluate(goTo('/settings'));
    const problem = page.getByTestId('own-password-problem');
    const give = async (current: string, next: string): Promise<void> => {
      await page.getByTestId('own-password-current').fill(current);
      await page.getByTestId('own-password-next').fill(next);
      await page.keyboard.press('Enter');
    };
    await give('not the password', 'lanterns over the river');
    await expect.poll(() => problem.textContent()).toBe('This is not your password');
    await give(password, 'short');
    await expect.poll(() => problem.textContent()).toMatch(/12 characters/);
    expect(await misfitsOf(page)).toEqual([]);
    const grave = (await axeFindings(page, await readAxe(browser))).filter(({ impact }) =>
      /serious|critical/.test(impact ?? ''),
    );
    expect(grave).toEqual([]);

    await give(password, 'lanterns over the river');
    await page.getByText('Changed. Your other log-ins have ended').waitFor();
    expect((await elsewhere.get('/session')).status).toBe(401);
    await page.evaluate(goTo('/'));
    await page.locator('[data-testid="feed-state"][data-state="live"]').waitFor();
    expect(await logIn(hub.url, 'li', 'lanterns over the river')).toBeDefined();
  });
});
