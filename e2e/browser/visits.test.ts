import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Dwelling, Resident, User } from '@carebell/contracts/registry.ts';
import type { Campaign } from '@carebell/contracts/visit-campaigns.ts';
import type { VisitRate } from '@carebell/contracts/visit-rate.ts';
import type { ShownVisitSettings } from '@carebell/contracts/visit-settings.ts';
import type { Visit, VisitFollowUp } from '@carebell/contracts/visits.ts';
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
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe.skipIf(chromium === undefined)('a visitor with a phone', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let neighbour: Resident;
  const visitsOf = async (id: string) =>
    (await community.operator.get<{ items: Visit[] }>(`/residents/${id}/visits`)).body.items;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    const { station } = community;
    for (const [name, role] of [
      ['sun', 'responder'],
      ['wu', 'station-manager'],
    ] as const)
      await hub.admin.create<{ user: User }>('/users', {
        name,
        displayName: name,
        role,
        organisationId: station.id,
        password,
      });
    const home = await hub.admin.create<Dwelling>('/dwellings', {
      stationId: station.id,
      address: '安宁路100弄3号楼503室',
      grid: '第三网格',
    });
    neighbour = await hub.admin.create<Resident>('/residents', {
      dwellingId: home.id,
      name: '赵德海',
      phone: '13900000511',
      riskGroups: ['advanced-age', 'dementia'],
    });
  });
  afterAll(async () => {
    await hub.stop();
    await browser.close();
  });

  it('sees whom to visit, checks in by the test key while the help key rings, and writes down what was found', async () => {
    const { resident, button } = community;
    const station = await openStationPage(browser, hub.url, phone);
    await logInThrough(station, 'sun');
    const { page } = station;
    await page.locator('.top-bar-nav a[href="/visits"]').click();
    const line = page.getByTestId(`due-${resident.id}`);
    await line.getByText('独居').waitFor();
    await expect.poll(() => line.locator('a[href="tel:13900000502"]').count()).toBe(1);
    await page.getByTestId(`record-${resident.id}`).click();
    await page.getByTestId('await-press').click();
    await page.getByText('正在等测试键').waitFor();

    const device = await connectDevice(hub, button);
    await device.send('button.pressed', { data: { key: 'help' } });
    const alarms = await eventually(async () => {
      const { body } = await community.operator.get<{ items: AlarmView[] }>('/alarms');
      expect(body.items).toHaveLength(1);
      return body.items;
    });
    expect(alarms[0]).toMatchObject({ kind: 'help', phase: 'raised', residentId: resident.id });
    await expect.poll(() => page.getByTestId('check-in-press').count()).toBe(0);
    await device.send('test.pressed', {});
    await page.getByTestId('check-in-press').waitFor();

    await page.getByText('和往常一样').click();
    await page.getByText('用电', { exact: true }).click();
    await page.getByTestId('visit-note').fill('插座发热');
    await page.getByTestId('wants-follow-up').check();
    await page.getByTestId('follow-up-text').fill('换插座');
    await page.getByTestId('save-visit').click();
    await page.getByTestId('visit-form').waitFor({ state: 'detached' });
    await line.waitFor({ state: 'detached' });
    expect(await visitsOf(resident.id)).toMatchObject([
      {
        kind: 'in-person',
        result: 'met',
        checkIn: 'button',
        visitor: { displayName: 'sun' },
        findings: { condition: 'as-usual', hazards: ['electricity'], note: '插座发热' },
      },
    ]);

    await page.getByTestId('visit-tab-followUps').click();
    await page.getByTestId('visit-follow-ups').getByText('换插座').waitFor();
    await page.getByRole('button', { name: '办妥了' }).click();
    await page.getByTestId('visit-follow-ups-empty').waitFor();
    const left = await community.operator.get<{ items: VisitFollowUp[] }>('/visit-follow-ups');
    expect(left.body.items).toEqual([]);
    await device.end();
    await station.close();
  }, 90_000);

  it('keeps a visit on the phone while there is no network, also through a reload, and it is entered once', async () => {
    const station = await openStationPage(browser, hub.url, { ...phone, beforeLoad: speaking('en') });
    await logInThrough(station, 'sun');
    const { page } = station;
    await page.evaluate(goTo('/visits'));
    await page.getByTestId(`record-${neighbour.id}`).click();
    await page.getByTestId('visit-form').waitFor();
    await page.context().setOffline(true);
    await page.getByText('Not met').click();
    await page.getByText('nobody at home').click();
    await page.getByTestId('save-visit').click();
    await page.getByTestId('visits-kept').getByText('1 visits are kept').waitFor();
    expect(await visitsOf(neighbour.id)).toEqual([]);
    await expect.poll(() => page.getByTestId(`record-${neighbour.id}`).isDisabled()).toBe(true);
    await page.context().setOffline(false);
    await page.getByTestId('visits-kept').waitFor({ state: 'detached' });
    await eventually(async () =>
      expect(await visitsOf(neighbour.id)).toMatchObject([{ result: 'not-met', reason: 'nobody-home' }]),
    );
    await page.reload();
    await page.getByTestId(`due-${neighbour.id}`).waitFor();
    expect(await visitsOf(neighbour.id)).toHaveLength(1);
    await station.close();
  }, 90_000);

  it('and the manager sees the rate, who is missing and why, and calls everybody in a heat wave; all fits the phone', async () => {
    const station = await openStationPage(browser, hub.url);
    await logInThrough(station, 'wu');
    const { page } = station;
    const fits = async (path: string, ready: string) => {
      await page.evaluate(goTo(path));
      await page.locator(ready).first().waitFor();
      expect([path, await misfitsOf(page)]).toEqual([path, []]);
    };
    await fits('/visit-rate', '[data-testid="rate-people"]');
    const rate = (await community.operator.get<VisitRate>('/visit-rate')).body;
    expect(rate.all).toMatchObject({ due: 2, done: 1, byKind: { 'in-person': 1 }, checkedIn: 1 });
    await page.getByTestId('rate-people').getByText('家中无人').waitFor();
    await page.getByTestId('rate-grids').getByText('第三网格').waitFor();
    await fits('/visits', `[data-testid="due-${neighbour.id}"]`);
    await page.getByTestId(`record-${neighbour.id}`).click();
    await page.getByTestId('visit-form').waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await fits(`/residents/${neighbour.id}/visits`, '[data-testid="visit-history"]');
    await fits(`/organisations/${community.station.id}/visits`, '[data-testid="visit-settings"]');
    await page.getByTestId('frequency-others').selectOption('monthly');
    await page.getByTestId('digest-own').check();
    await page.getByTestId('digest-from').fill('08:30');
    expect(await misfitsOf(page)).toEqual([]);
    await page.getByTestId('save-settings').click();
    await page.getByText('已保存').waitFor();
    const settings = await community.operator.get<ShownVisitSettings>(
      `/organisations/${community.station.id}/visit-settings`,
    );
    expect(settings.body.own).toEqual({
      frequencies: { others: 'monthly' },
      digestHours: { from: '08:30', until: '18:00' },
    });

    await fits('/visit-campaigns', '[data-testid="new-campaign"]');
    await page.getByTestId('new-campaign').click();
    await page.getByTestId('campaign-name').fill('七月高温');
    await page.getByTestId('begin-campaign').click();
    const call = page.getByTestId(`call-${neighbour.id}`);
    await call.getByRole('button', { name: '需要帮助' }).click();
    await page.getByTestId('calls-called').getByText('赵德海').waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.getByTestId('end-campaign').click();
    await page.locator('.ant-modal-confirm .ant-btn-primary').click();
    await page.getByText('已结束').first().waitFor();
    const campaigns = await community.operator.get<{ items: Campaign[] }>('/visit-campaigns');
    expect(campaigns.body.items).toMatchObject([
      { phase: 'ended', numbers: { residents: 2, done: 1, byResult: { 'needs-help': 1 } } },
    ]);
    await station.close();
  }, 120_000);
});
