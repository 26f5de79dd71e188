import type { ChainReport } from '@carebell/contracts/chain.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

/** The page goes on to speak with the hub, and paints nothing any more from the moment that `stopPainting` is called. */
const mayStopPainting = `
  const paint = requestAnimationFrame.bind(window);
  let isPainting = true;
  window.stopPainting = (isStopped) => { isPainting = !isStopped; };
  window.requestAnimationFrame = (action) => paint((at) => { if (isPainting) action(at); });
`;

describe.skipIf(chromium === undefined)('supervision on the screen', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  const chainClock = createMovingClock();

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard(), chainClock });
    community = await settle(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await browser.close();
  });

  const lastRun = async () => (await hub.admin.get<ChainReport>('/supervision/chain')).body.runs.at(-1);

  it('a page that paints answers the synthetic event; one that does not is told of on every page', async () => {
    const station = await openStationPage(browser, hub.url, {
      beforeLoad: `${speaking('en')}; ${mayStopPainting}`,
    });
    await logInThrough(station, 'li');
    chainClock.move(30_000);
    await eventually(async () => expect(await lastRun()).toMatchObject({ screens: 1, answered: 1 }));

    await station.page.evaluate('stopPainting(true)');
    chainClock.move(30_000);
    await eventually(async () => expect(await lastRun()).toMatchObject({ screens: 1, answered: 0 }));
    chainClock.move(10_000);
    await station.page.evaluate('stopPainting(false)');
    await station.page.locator('[data-testid="feed-state"][data-state="broken"]').waitFor();
    await station.page.getByText('no screen answers the hub’s own test').waitFor();

    chainClock.move(5_000);
    await station.feedStateBecomes('live');
    await station.close();
  });

  it('the page of supervision shows the chain, and a device its class and when it was heard', async () => {
    const device = await connectDevice(hub, community.button);
    await device.send('heartbeat');
    const station = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    await logInThrough(station, 'li');
    const { page } = station;
    await page.evaluate(goTo('/supervision/chain'));
    await page.locator('[data-testid="chain-state"][data-state="ok"]').waitFor();
    await page.evaluate(goTo('/supervision'));
    await page.getByTestId('supervision-counts').waitFor();
    await page.getByText('Not heard since it was entered').first().waitFor();
    await page.evaluate(goTo(`/devices/${community.button.id}/supervision`));
    const facts = page.getByTestId('supervised');
    await facts.getByText('25 hours (Zigbee, battery)').first().waitFor();
    await expect.poll(() => facts.getAttribute('data-hearing')).toBe('heard');
    await station.close();
    await device.end();
  });

  it('a period of its own and k of n missed are set in the form, which fits every screen', async () => {
    const station = await openStationPage(browser, hub.url, { beforeLoad: speaking('zh-CN') });
    await station.page.getByTestId('login-name').fill('zhao');
    await station.page.getByTestId('login-password').fill(password);
    await station.page.getByTestId('login-submit').click();
    await station.page.locator('nav').first().waitFor();
    const { page } = station;
    await page.evaluate(goTo(`/devices/${community.door.id}/supervision`));
    await page.getByTestId('supervision-change').click();
    const form = page.getByTestId('supervision-form');
    await page.getByTestId('supervision-class').selectOption('own');
    await form.locator('#supervision-period').fill('10');
    await form.getByLabel('漏报次数').fill('3');
    await page.getByText('漏报次数 1 至 10').waitFor();
    await expect.poll(() => page.getByTestId('supervision-save').isDisabled()).toBe(true);
    await form.getByLabel('最近次数').fill('4');
    await page.getByText('最早在最后消息之后 30 分钟 算失联').waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.getByTestId('supervision-save').click();
    await page.getByTestId('supervised-class').getByText('10 分钟').waitFor();
    const { body } = await hub.admin.get(`/supervision/device/${community.door.id}`);
    expect(body).toMatchObject({ setting: { class: 'own', periodSeconds: 600, missed: 3, of: 4 } });
    await station.close();
  });
});
