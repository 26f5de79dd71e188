import type { Board } from '@carebell/contracts/boards.ts';
import type { CareBedDetail } from '@carebell/contracts/care-beds.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
const grid = '第 1 网格';
const languages = ['zh-CN', 'en'] as const;

describe.skipIf(chromium === undefined)('the levels above a station', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let official: Api;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    const { dwelling, station, district } = community;
    await hub.admin.patch(`/dwellings/${dwelling.id}`, { grid, latitude: 31.04, longitude: 121.01 });
    await hub.admin.patch(`/stations/${station.id}`, { latitude: 31.05, longitude: 121 });
    const user = { name: 'official', displayName: 'official', role: 'district-supervisor', password };
    await hub.admin.create('/users', { ...user, organisationId: district.id });
    official = await logIn(hub.url, 'official', password);
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    await button.end();
  });
  afterAll(async () => {
    await hub.stop();
    await browser.close();
  });

  const board = async (path: string) => (await official.get<Board>(`/boards/${path}`)).body;

  it('a district official goes down to a resident by keys alone, with the same numbers at each level', async () => {
    const { district, street, station, resident } = community;
    const levels = [
      await board(district.id),
      await board(street.id),
      await board(station.id),
      await board(`${station.id}/grids/${encodeURIComponent(grid)}`),
    ];
    expect(
      levels.map(({ numbers }) => [numbers.cases.cases, numbers.devices.all, numbers.residents]),
    ).toEqual(levels.map(() => [1, 3, 1]));
    const screen = await openStationPage(browser, hub.url, { beforeLoad: speaking('zh-CN') });
    await logInThrough(screen, 'official');
    const { page } = screen;
    await page.evaluate(goTo('/boards'));
    for (const name of [street.name, station.name, grid]) {
      const link = page.getByTestId('board-parts').getByRole('link', { name, exact: true });
      await link.waitFor();
      const cases = await page.getByTestId('number-cases').locator('.target-value').textContent();
      expect(cases).toBe('1');
      await link.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name }).waitFor();
    }
    const who = page.getByTestId('board-residents').getByRole('link', { name: resident.name });
    await who.waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 1, name: station.name }).waitFor();
    await page.getByTestId('definition-heard').locator('summary').first().click();
    await page.getByText('正在监督的设备中').waitFor();
    await screen.close();
  });

  it('the big screen fills 1920 × 1080 without a scroll, is dark, and names nobody', async () => {
    const screen = await openStationPage(browser, hub.url, { beforeLoad: speaking('zh-CN') });
    await screen.page.setViewportSize({ width: 1920, height: 1080 });
    await logInThrough(screen, 'official');
    const { page } = screen;
    await page.evaluate(goTo('/big-screen'));
    await page
      .locator('[data-testid="big-tally"] [data-priority="emergency"][data-waiting="true"]')
      .waitFor();
    await page.locator('.big-middle canvas.map-marks').waitFor();
    const seen = await page.evaluate<{ scrolls: string[]; page: string; text: string }>(`(() => {
      const main = document.querySelector('.big-screen');
      const whole = [document.documentElement, main, ...main.querySelectorAll('section, dl, ul, li, div')];
      return {
        scrolls: whole
          .filter((one) => one.scrollHeight > one.clientHeight + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowY))
          .map((one) => one.className),
        page: getComputedStyle(main).backgroundColor,
        text: main.textContent,
      };
    })()`);
    expect(seen).toMatchObject({ scrolls: [], page: 'rgb(10, 17, 18)' });
    for (const { name } of [community.resident, { name: community.dwelling.address }])
      expect(seen.text).not.toContain(name);
    const size = await page.evaluate<number[]>(
      '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
    );
    expect(size).toEqual([1920, 1080]);
    await screen.close();
  });

  it('the map leads from the list to the home that it shows', async () => {
    const screen = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    await logInThrough(screen, 'official');
    const { page } = screen;
    await page.evaluate(goTo(`/map/${community.district.id}`));
    const told = page.getByTestId('map-told').getByRole('button');
    await told.focus();
    await page.keyboard.press('Enter');
    const chosen = page.getByTestId('map-chosen');
    await chosen.getByRole('link', { name: community.resident.name }).waitFor();
    await expect.poll(() => chosen.getByRole('link', { name: 'Answer the alarm' }).count()).toBe(1);
    expect(await misfitsOf(page)).toEqual([]);
    await screen.close();
  });

  it.each(languages)(
    'a home care bed says what it is short of, and fits every screen in %s',
    async (language) => {
      const carer = {
        name: '陈芳',
        relation: '护理员',
        phone: '13900000888',
        begins: '08:00',
        ends: '18:00',
      };
      const open = await official.get<{ items: { id: string }[] }>('/care-beds');
      const { id } =
        open.body.items[0] ??
        (await official.create<CareBedDetail>('/care-beds', {
          residentId: community.resident.id,
          carers: [carer],
        }));
      const screen = await openStationPage(browser, hub.url, { beforeLoad: speaking(language) });
      await logInThrough(screen, 'official');
      const { page } = screen;
      await page.evaluate(goTo('/care-beds'));
      await page.getByTestId('care-beds').getByRole('link', { name: community.resident.name }).waitFor();
      expect(await misfitsOf(page)).toEqual([]);
      await page.evaluate(goTo(`/care-beds/${id}`));
      await page.getByTestId('bed-carers').getByText(carer.name).waitFor();
      await expect.poll(() => page.getByTestId('bed-now').locator('.bed-lack').count()).toBe(3);
      expect(await misfitsOf(page)).toEqual([]);
      await screen.close();
    },
  );
});
