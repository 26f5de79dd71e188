import type { Job } from '@carebell/contracts/maintenance.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium') ?? '';
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

describe.skipIf(chromium === '')('the work list on an installer’s phone', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let station: StationPage;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser(chromium);
    hub = await startHub({ dashboardDir: builtDashboard(), clock: hastyClock });
    community = await settle(hub);
    station = await openStationPage(browser, hub.url, { ...phone, beforeLoad: speaking('en') });
    page = station.page;
    await page.getByTestId('login-name').fill('zhao');
    await page.getByTestId('login-password').fill(password);
    await page.getByTestId('login-submit').click();
    await page.getByTestId('user-menu').waitFor();
    await page.evaluate(goTo('/maintenance'));
    await page.getByTestId('jobs').waitFor();
  });
  afterAll(async () => {
    await station.close();
    await hub.stop();
    await browser.close();
  });

  const job = (kind: string) => page.getByTestId(`job-${kind}-${community.button.id}`);

  it('shows what was never heard by street and dwelling, and fits every screen', async () => {
    await page.getByText('和平街道 / 和平一站').waitFor();
    await page.getByText(community.dwelling.address).first().waitFor();
    await job('never-heard').waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.setViewportSize(phone.viewport);
  });

  it('is taken, noted, and done when the hub has heard the device', async () => {
    await job('never-heard').getByRole('button', { name: 'I do it' }).click();
    await job('never-heard').getByText('Taken by zhao').waitFor();
    await job('never-heard').getByRole('button', { name: 'Note' }).click();
    await job('never-heard').getByLabel('Note').fill('钥匙在门卫');
    await job('never-heard').getByRole('button', { name: 'Save' }).click();
    await job('never-heard').getByText('钥匙在门卫').waitFor();

    const device = await connectDevice(hub, community.button);
    await device.send('heartbeat');
    await page.getByText('Done', { exact: true }).click();
    await page.getByText('Seen by the hub: it was heard').waitFor({ timeout: 40_000 });
    const { body } = await hub.admin.get<{ items: Job[] }>('/maintenance?state=done');
    expect(body.items).toMatchObject([{ kind: 'never-heard', taken: { by: { displayName: 'zhao' } } }]);
    await device.end();
  });

  it('says which versions of firmware there are, and a manager wishes another', async () => {
    await hub.admin.create('/users', {
      name: 'guan',
      displayName: 'guan',
      role: 'station-manager',
      organisationId: community.station.id,
      password,
    });
    const manager = await logIn(hub.url, 'guan', password);
    const device = await connectDevice(hub, community.button);
    const topic = buildTopic({ of: 'device', deviceId: community.button.id, kind: 'reading' });
    await device.client.publishAsync(topic, JSON.stringify({ firmware: '2.4.1', battery: 88 }), { qos: 1 });
    await page.evaluate(goTo('/maintenance/firmware'));
    await eventually(async () => {
      await page.reload();
      await page.getByTestId('versions').getByText('2.4.1').waitFor({ timeout: 2_000 });
    });
    expect(await misfitsOf(page)).toEqual([]);
    await page.setViewportSize(phone.viewport);
    const wish = { organisationId: community.station.id, type: 'button', version: '2.5.0' };
    expect((await manager.put('/maintenance/firmware', wish)).status).toBe(200);
    await page.evaluate(goTo('/maintenance?kind=firmware'));
    await job('firmware').getByText('2.4.1, should be 2.5.0').waitFor();
    await device.end();
  });
});
