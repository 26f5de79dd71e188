import type { User } from '@carebell/contracts/registry.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOfApp } from '../authenticator-app.ts';
import { password, settle } from '../community.ts';
import { openScreen } from '../screen.ts';
import { logIn } from '../api.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { axeFindings, readAxe } from './axe-in-chromium.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium') ?? '';
const stepMs = 30_000;

describe.skipIf(chromium === '')('log-in with a code', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let station: StationPage;
  let page: Page;
  let axe: string;
  let secret = '';
  let recoveryCodes: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(chromium);
    axe = await readAxe(browser);
    hub = await startHub({ dashboardDir: builtDashboard() });
    await settle(hub);
    station = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    page = station.page;
  });
  afterAll(async () => {
    await station.close();
    await hub.stop();
    await browser.close();
  });

  const inState = (state: string) =>
    page.locator(`[data-testid="second-factor"][data-state="${state}"]`).waitFor();

  async function isSound(): Promise<void> {
    expect(await misfitsOf(page)).toEqual([]);
    const grave = (await axeFindings(page, axe)).filter(({ impact }) =>
      /serious|critical/.test(impact ?? ''),
    );
    expect(grave).toEqual([]);
  }

  /** As far as the question for the code. */
  async function givePassword(): Promise<void> {
    await page.getByTestId('login-name').fill('li');
    await page.getByTestId('login-password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByTestId('login-code').waitFor();
  }

  async function logOut(): Promise<void> {
    await page.context().clearCookies({ name: 'carebell_session' });
    await page.goto(hub.url);
  }

  it('is set up by the password, a scanned or typed secret and a code, and gives ten recovery codes', async () => {
    await logInThrough(station, 'li');
    await page.evaluate(goTo('/settings'));
    await inState('off');
    await page.getByTestId('proof-password').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('This is not your password').waitFor();
    await page.getByTestId('proof-password').fill(password);
    await page.keyboard.press('Enter');
    secret = await page.getByTestId('totp-secret').innerText();
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    await isSound();
    await page.getByTestId('proof-code').fill('12 34');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid="proof-problem"]:not(:empty)').waitFor();
    await page.getByTestId('proof-code').fill(codeOfApp(secret, Date.now()));
    await page.keyboard.press('Enter');
    await page.getByTestId('recovery-codes').waitFor();
    recoveryCodes = await page.getByTestId('recovery-codes').locator('code').allInnerTexts();
    expect(new Set(recoveryCodes).size).toBe(10);
    await isSound();
    await page.keyboard.press('Escape');
    await page.getByTestId('recovery-kept').click();
    await inState('on');
    await page.getByText('Recovery codes left: 10').waitFor();
    await isSound();
  });

  it('asks for the code after the password, says when it is wrong, and takes the next one', async () => {
    await logOut();
    await givePassword();
    await expect
      .poll(() => page.getByTestId('login-code').getAttribute('autocomplete'))
      .toBe('one-time-code');
    await page.locator('[data-testid="login-code"]:focus').waitFor();
    await isSound();
    await page.getByTestId('login-code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('The code is wrong or was used before').waitFor();
    // The one before has confirmed it and is taken no more; the next one is good half a minute early.
    await page.getByTestId('login-code').fill(codeOfApp(secret, Date.now() + stepMs));
    await page.keyboard.press('Enter');
    await station.feedStateBecomes('live');
  });

  it('takes a recovery code when the phone is not at hand', async () => {
    await logOut();
    await givePassword();
    await page.getByTestId('login-recovery').click();
    await page.getByTestId('login-code').fill(recoveryCodes[0]?.toLowerCase() ?? '');
    await page.keyboard.press('Enter');
    await station.feedStateBecomes('live');
    await page.evaluate(goTo('/settings'));
    await page.getByText('Recovery codes left: 9').waitFor();
    await expect.poll(() => page.getByTestId('second-factor').getAttribute('data-state')).toBe('on');
  });

  it('goes back to the name and the password when the time for the code is over', async () => {
    await logOut();
    await givePassword();
    await page.context().clearCookies({ name: 'carebell_second_step' });
    await page.getByTestId('login-code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('That took too long').waitFor();
    await page.locator('[data-testid="login-name"]:focus').waitFor();
    await expect.poll(() => page.getByTestId('login-code').count()).toBe(0);
  });

  it('is taken away on the page of the user, and the password alone is enough again', async () => {
    const { items } = (await hub.admin.get<{ items: User[] }>('/users?limit=500')).body;
    const li = items.find(({ name }) => name === 'li');
    expect(li?.hasSecondFactor).toBe(true);
    await hub.admin.create('/users', {
      name: 'gu.ning',
      displayName: '顾宁',
      role: 'administrator',
      organisationId: 'root',
      password,
    });
    const office = await openStationPage(browser, hub.url, { beforeLoad: speaking('zh-CN') });
    await logInThrough(office, 'gu.ning');
    await office.page.evaluate(goTo(`/users/${li?.id}/second-factor`));
    await office.page.getByTestId('reset-second-factor').click();
    await office.page
      .getByRole('dialog')
      .getByRole('button', { name: /解\s?除/ })
      .click();
    await office.page.getByText('已解除，').waitFor();
    await office.page.evaluate(goTo('/records?topic=users'));
    await office.page.getByText('为他人解除登录验证码').waitFor();
    await office.close();
    await logOut();
    await logInThrough(station, 'li');
  });
});

describe.skipIf(chromium === '')('a role that must log in with a code', () => {
  it('sees nothing but its setting up before, and its page afterwards', async () => {
    const browser = await launchBrowser(chromium);
    const settings = { CAREBELL_REQUIRE_TOTP: 'operator' };
    const hub = await startHub({ dashboardDir: builtDashboard() }, settings);
    await settle(hub);
    const li = await logIn(hub.url, 'li', password);
    await expect(openScreen(hub, li)).rejects.toThrow('this role does not watch alarms');
    const station = await openStationPage(browser, hub.url, { beforeLoad: speaking('zh-CN') });
    const { page } = station;
    await page.getByTestId('login-name').fill('li');
    await page.getByTestId('login-password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByTestId('set-up-first').waitFor();
    await page.getByTestId('proof-password').fill(password);
    await page.keyboard.press('Enter');
    const secret = await page.getByTestId('totp-secret').innerText();
    expect(await misfitsOf(page)).toEqual([]);
    const axe = await readAxe(browser);
    const grave = (await axeFindings(page, axe)).filter(({ impact }) =>
      /serious|critical/.test(impact ?? ''),
    );
    expect(grave).toEqual([]);
    await page.getByTestId('proof-code').fill(codeOfApp(secret, Date.now()));
    await page.keyboard.press('Enter');
    await page.getByTestId('recovery-kept').click();
    await station.feedStateBecomes('live');
    await page.evaluate(goTo('/settings'));
    await page.getByText('您的角色须用验证码登录，不能停用').waitFor();
    await station.close();
    await hub.stop();
    await browser.close();
  });
});
