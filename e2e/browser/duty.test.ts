import type { DutyWeek } from '@carebell/contracts/duty.ts';
import type { Duty } from '@carebell/contracts/escalation.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { builtDashboard } from './built-dashboard.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('the rota of a station', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let station: StationPage;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    const user = { name: 'gu.ning', displayName: '顾宁', role: 'administrator', organisationId: 'root' };
    await hub.admin.create('/users', { ...user, password });
    station = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    ({ page } = station);
    await logInThrough(station, 'gu.ning');
    await page.evaluate(goTo(`/organisations/${community.station.id}/duty`));
  });
  afterAll(async () => {
    await station.close();
    await hub.stop();
    await browser.close();
  });

  const weekOf = async (query: string): Promise<DutyWeek> =>
    (await hub.admin.get<DutyWeek>(`/organisations/${community.station.id}/duty/week${query}`)).body;
  /** The next one: nothing of it is over. */
  let monday = '';
  const week = () => weekOf(`?from=${monday}`);
  /** Goes on by Tab until the focus is there, as a person without a mouse does. */
  async function tabTo(testId: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      const focused = await page.evaluate<string | undefined>('document.activeElement?.dataset.testid');
      if (focused === testId) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to ${testId}`);
  }

  it('is entered by the keyboard alone, and its gaps stand there until they are filled', async () => {
    await page.getByTestId('duty-none').waitFor();
    monday = new Date((await weekOf('')).midnights[7] ?? '').toISOString();
    monday = new Date(Date.parse(monday) + 12 * 3_600_000).toISOString().slice(0, 10);
    await tabTo('week-after');
    await page.keyboard.press('Enter');
    await page.waitForURL(/week=/);
    await tabTo('new-shift');
    await page.keyboard.press('Enter');
    await page.getByTestId('shift-form').waitFor();
    await tabTo('shift-who');
    await page.keyboard.type('li');
    await tabTo('shift-begins');
    await page.keyboard.type('0800AM');
    await tabTo('shift-ends');
    await page.keyboard.type('0200AM');
    await tabTo('shift-day');
    for (let chosen = 0; chosen < 7;) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.type')) !== 'checkbox') continue;
      await page.keyboard.press('Space');
      chosen += 1;
    }
    await tabTo('save-shift');
    await page.keyboard.press('Enter');
    await page.getByTestId('shift-form').waitFor({ state: 'detached' });
    const { shifts } = await week();
    expect(shifts).toMatchObject([{ begins: '08:00', ends: '02:00' }]);
    expect(shifts[0]?.weekdays).toEqual([1, 2, 3, 4, 5, 6, 7]);

    const gaps = page.getByTestId('duty-gaps');
    await gaps.getByText('02:00–08:00').first().waitFor();
    await expect.poll(() => gaps.textContent()).toContain('Nobody on duty');
    const gap = page.locator('.duty-piece[data-gap="true"]').last();
    await expect.poll(() => gap.textContent()).toContain('nobody on duty');
    const before = (await week()).gaps.length;
    await gap.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('shift-form').waitFor();
    await expect.poll(() => page.getByTestId('shift-begins').inputValue()).toBe('02:00');
    await tabTo('shift-who');
    await page.keyboard.type('zhang');
    await tabTo('save-shift');
    await page.keyboard.press('Enter');
    await page.getByTestId('shift-form').waitFor({ state: 'detached' });
    expect((await week()).gaps).toHaveLength(before - 1);
  });

  it('goes from shift to shift by arrows, changes one day of a repeated one, and says what overlaps', async () => {
    const own = page.locator('.duty-piece[data-gap="false"]');
    await own.first().focus();
    await page.keyboard.press('ArrowRight');
    const day = await page.evaluate<string>('document.activeElement.dataset.day');
    expect(Number(day)).toBeGreaterThan(0);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.evaluate('document.activeElement.className')).toBe('duty-piece');

    const { turns } = await week();
    const zhangs = turns.find(({ displayName }) => displayName === 'zhang');
    await page.getByRole('button', { name: 'zhang' }).last().focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('shift-form').waitFor();
    await page.getByTestId('shift-who').selectOption({ label: 'li' });
    await page.getByTestId('shift-ends').fill('09:00');
    await page.getByTestId('save-shift').click();
    await page.getByRole('alert').getByText('has a shift then').waitFor();
    expect((await week()).turns).toContainEqual(zhangs);
    await page.keyboard.press('Escape');
    await page.getByTestId('shift-form').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: '08:00 –' }).last().focus();
    await page.keyboard.press('Enter');
    await tabTo('remove-day');
    await page.keyboard.press('Enter');
    await page.getByTestId('shift-form').waitFor({ state: 'detached' });
    const [shift] = (await week()).shifts.filter(({ weekdays }) => weekdays.length > 0);
    expect(shift?.exceptDays).toHaveLength(1);
  });

  it('gives way to who is entered by hand', async () => {
    await page.getByTestId('duty-by-hand').click();
    await page.getByLabel('zhang', { exact: true }).check();
    await page.getByRole('button', { name: 'On duty from now' }).click();
    await page.locator('[data-testid="duty-now"][data-source="entered"]').waitFor();
    const path = `/organisations/${community.station.id}/duty`;
    const { people } = (await hub.admin.get<Duty>(path)).body;
    expect(people.map(({ displayName }) => displayName)).toEqual(['zhang']);
  });
});
