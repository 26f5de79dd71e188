import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueDevice, password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { axeFindings, readAxe } from './axe-in-chromium.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('devices that live in a browser', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await browser.close();
  });

  /** An installer watches no alarms, so that there is no feed to wait for. */
  async function openVirtualDevices(language: 'zh-CN' | 'en'): Promise<StationPage> {
    const trainer = await openStationPage(browser, hub.url, { beforeLoad: speaking(language) });
    const { page } = trainer;
    await page.getByTestId('login-name').fill('zhao');
    await page.getByTestId('login-password').fill(password);
    await page.getByTestId('login-submit').click();
    await page.getByTestId('user-menu').waitFor();
    await page.evaluate(goTo('/virtual-devices'));
    await page.getByTestId('open-test-dwelling').click();
    await page.locator('[data-testid="virtual-terminal"][data-link="online"]').waitFor();
    return trainer;
  }

  const says = (page: Page) => page.getByTestId('terminal-face').getAttribute('data-says');
  const alarmsOf = async (deviceId: string) =>
    (await hub.admin.get<{ items: AlarmView[] }>(`/alarms?phase=all&deviceId=${deviceId}`)).body.items;

  it('a press on the page rings on the wall of another browser as a test, and its answer is read on the page', async () => {
    const trainer = await openVirtualDevices('en');
    const terminal = trainer.page.getByTestId('virtual-terminal');
    const wall = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    await logInThrough(wall, 'li');

    await terminal.getByTestId('key-help').click();
    const alarmId = await wall.onlyAlarm();
    await expect.poll(() => wall.alarm(alarmId).textContent()).toContain('TEST');
    await terminal.getByText('Your call has been received').waitFor();
    await wall.page.keyboard.press('a');
    await terminal.getByText('Someone is on it').waitFor();

    await terminal.getByRole('button', { name: 'Pull the plug' }).click();
    await trainer.page.locator('[data-testid="virtual-terminal"][data-link="off"]').waitFor();
    await wall.close();
    await trainer.close();
  });

  it('a tablet is set up once with a code, keeps a press without a network over a reload, and it arrives once', async () => {
    const { id } = await issueDevice(hub.admin, {
      type: 'terminal',
      dwellingId: community.dwelling.id,
      residentId: community.resident.id,
    });
    const { code } = await hub.admin.create<{ code: string }>(`/devices/${id}/claim`, {});
    const context = await browser.newContext({ viewport: { width: 800, height: 1280 } });
    await context.addInitScript({ content: speaking('en') });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${hub.url}/terminal#phone=02162598841`);
    await page.getByTestId('terminal-id').fill(id);
    await page.getByTestId('terminal-proof').fill(code);
    await page.getByTestId('terminal-begin').click();
    await page.locator('[data-testid="terminal-face"][data-link="online"]').waitFor();
    // The shell is kept by then, so that the tablet opens without the hub.
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');

    await context.setOffline(true);
    await page.reload();
    await page.getByTestId('key-help').click();
    await eventually(async () => expect(await says(page)).toBe('not-sent'));
    await page.getByText('Telephone 021 6259 8841').waitFor();
    await page.reload();
    await eventually(async () => expect(await says(page)).toBe('not-sent'));
    expect(await alarmsOf(id)).toEqual([]);

    await context.setOffline(false);
    await eventually(async () => expect(await says(page)).toBe('received'));
    expect(await alarmsOf(id)).toMatchObject([{ kind: 'help', presses: 1 }]);
    await page.reload();
    await page.locator('[data-testid="terminal-face"][data-link="online"]').waitFor();
    expect(await alarmsOf(id)).toMatchObject([{ presses: 1 }]);
    await context.close();
  });

  it.each(['zh-CN', 'en'] as const)(
    'both pages fit every screen and are read aloud in %s',
    async (language) => {
      const trainer = await openVirtualDevices(language);
      const axe = await readAxe(browser);
      expect(await misfitsOf(trainer.page)).toEqual([]);
      expect(await axeFindings(trainer.page, axe)).toEqual([]);
      await trainer.page.goto(`${hub.url}/terminal`);
      expect(await misfitsOf(trainer.page)).toEqual([]);
      await trainer.page.getByTestId('terminal-id').fill(community.button.id);
      await trainer.page.getByTestId('terminal-proof').fill(community.button.secret);
      await trainer.page.getByTestId('terminal-begin').click();
      await trainer.page.locator('[data-testid="terminal-face"][data-link="online"]').waitFor();
      expect(await misfitsOf(trainer.page)).toEqual([]);
      expect(await axeFindings(trainer.page, axe)).toEqual([]);
      await trainer.close();
    },
  );
});
