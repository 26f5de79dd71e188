import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openStationPage } from '../browser/station-page.ts';
import { smallPicture } from '../small-picture.ts';

const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url));

export const desk = { viewport: { width: 1366, height: 768 } };
export const wall = { viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' } as const;
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

export type Shot = {
  path: string;
  /** What must stand on the page before it is taken. */
  ready: string;
  /** What is opened or written before. */
  before?: (page: Page) => Promise<void>;
  /** The whole page, however long, instead of what a screen shows of it. */
  isWhole?: boolean;
};

export type Camera = {
  page: Page;
  take(name: string, shot: Shot): Promise<void>;
  close(): Promise<void>;
};

/** Somebody's browser on a hub, who has confirmed that the screen can be heard. */
export async function openCamera(
  browser: Browser,
  url: string,
  who: { name: string; password: string },
  options: BrowserContextOptions = desk,
): Promise<Camera> {
  const station = await openStationPage(browser, url, {
    colorScheme: 'light',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    ...options,
  });
  const { page } = station;
  await page.getByTestId('login-name').fill(who.name);
  await page.getByTestId('login-password').fill(who.password);
  await page.getByTestId('login-submit').click();
  await page.locator('.top-bar-nav').waitFor();
  // Installers watch no alarms, and hear none.
  if ((await page.getByTestId('feed-state').count()) > 0) {
    await station.feedStateBecomes('live');
    const unconfirmed = page.getByTestId('sound-unconfirmed');
    await unconfirmed.getByRole('button').click();
    await page.getByTestId('audio-heard').click();
    await unconfirmed.waitFor({ state: 'detached' });
  }
  return {
    page,
    async take(name, { path, ready, before, isWhole = false }) {
      await page.goto(`${url}${path}`);
      await page.locator(ready).first().waitFor();
      await before?.(page);
      await page.waitForLoadState('networkidle');
      if (isWhole) await showWhole(page);
      keep(name, await page.screenshot({ animations: 'disabled' }));
      if (options.viewport) await page.setViewportSize(options.viewport);
    },
    close: () => station.close(),
  };
}

export function keep(name: string, png: Buffer): void {
  writeFileSync(`${folder}${name}.png`, smallPicture(png));
}

async function showWhole(page: Page): Promise<void> {
  const size = await page.evaluate<{ width: number; height: number }>(
    '({ width: innerWidth, height: innerHeight + document.querySelector("main").scrollHeight - document.querySelector("main").clientHeight })',
  );
  await page.setViewportSize(size);
  // Charts are painted anew for the new size.
  await page.waitForLoadState('networkidle');
}
