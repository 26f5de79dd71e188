import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { password } from '../community.ts';
import { eventually } from '../eventually.ts';

export function launchBrowser(executablePath: string, more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
      ...more,
    ],
  });
}

/** One person's browser on the hub, with the page that a care station looks at. */
export type StationPage = {
  page: Page;
  /** The row of an alarm on the wall, or the head of its own page. */
  alarm(alarmId: string): Locator;
  owner(alarmId: string): Locator;
  /** Waits for the only alarm on the wall and answers its identifier. */
  onlyAlarm(): Promise<string>;
  feedStateBecomes(state: 'live' | 'stale' | 'disconnected'): Promise<void>;
  close(): Promise<void>;
};

export async function openStationPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions & { beforeLoad?: string } = {},
): Promise<StationPage> {
  const { beforeLoad, ...contextOptions } = options;
  // Keeping all files of the dashboard for the next visit is a quarter of the work of a page that is opened once.
  const once = { viewport: { width: 1366, height: 768 }, serviceWorkers: 'block' } as const;
  const context = await browser.newContext({ ...once, ...contextOptions });
  const page = await context.newPage();
  // Everything that is waited for on a page is a state, and on a busy machine it may be slow to come.
  page.setDefaultTimeout(40_000);
  if (beforeLoad !== undefined) await page.addInitScript({ content: beforeLoad });
  await page.goto(url);
  const alarms = page.locator('[data-testid^="alarm-"][data-phase]');
  const alarm = (alarmId: string) => alarms.and(page.getByTestId(`alarm-${alarmId}`));
  return {
    page,
    alarm,
    owner: (alarmId) => alarm(alarmId).getByTestId('alarm-owner'),
    onlyAlarm: () =>
      eventually(async () => {
        expect(await alarms.count()).toBe(1);
        return ((await alarms.getAttribute('data-testid')) ?? '').replace(/^alarm-/, '');
      }),
    feedStateBecomes: (state) => page.locator(`[data-testid="feed-state"][data-state="${state}"]`).waitFor(),
    close: () => context.close(),
  };
}

/** Types name and password, as a person does, and waits for the live feed. */
export async function logInThrough(
  { page, feedStateBecomes }: StationPage,
  name: string,
  secret = password,
): Promise<void> {
  await page.getByTestId('login-name').fill(name);
  await page.getByTestId('login-password').fill(secret);
  await page.getByTestId('login-submit').click();
  await feedStateBecomes('live');
}

/** A script for `beforeLoad`: this browser has been set to the language before. */
export function speaking(language: 'zh-CN' | 'en'): string {
  const settings = JSON.stringify(JSON.stringify({ language }));
  return `if (localStorage.getItem('carebell.settings') === null) localStorage.setItem('carebell.settings', ${settings})`;
}

/** A script that goes to another page as a link does, without loading the dashboard anew. */
export function goTo(path: string): string {
  return `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'));`;
}
