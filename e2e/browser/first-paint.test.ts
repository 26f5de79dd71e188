import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueDevice, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { launchBrowser, logInThrough, openStationPage } from './station-page.ts';

const slowdown = 4;
const rounds = 3;
const alarmsOnTheWall = 12;
/** What {@link fixedWork} takes on the machine on which the budget was set, slowed down as the page is. */
const usualWorkMs = 100;
const budgetMs = 1_500;
/** Other work on the machine weighs on a page more than on the fixed work; a start that has grown heavy is over this too. */
const allowance = 2;
const isWithinBudget = (ms: number) => ms <= allowance * budgetMs;

/** Milliseconds after the navigation began: the first content, and the largest, which is an alarm. */
type Painted = { first: number; largest: number };

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('the first paint of the wall', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  const devices: VirtualDevice[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    for (let index = 0; index < alarmsOnTheWall; index += 1) {
      const account = await issueDevice(hub.admin, { type: 'button', stationId: community.station.id });
      const device = await connectDevice(hub, account);
      devices.push(device);
      await device.send('button.pressed');
    }
  });
  afterAll(async () => {
    for (const device of devices) await device.end();
    await hub.stop();
    await browser.close();
  });

  it('comes soon on a processor that is four times slower, from an empty cache as from a full one', async () => {
    const station = await openStationPage(browser, hub.url);
    await logInThrough(station, 'li');
    const storageState = await station.page.context().storageState();
    await station.close();

    const paintedMs: Record<'cold' | 'warm', Painted[]> = { cold: [], warm: [] };
    const workMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, storageState });
      workMs.push(await slowed(context, (page) => page.evaluate<number>(fixedWork)));
      for (const cache of ['cold', 'warm'] as const) {
        paintedMs[cache].push(await slowed(context, (page) => paintedWall(page)));
      }
      await context.close();
    }

    const slowness = Math.max(1, median(workMs) / usualWorkMs);
    process.stdout.write(
      `first paint of the wall, ${slowdown}× slower, median of ${rounds} (the machine is ${slowness.toFixed(2)}× slower than usual):\n`,
    );
    for (const [cache, runs] of Object.entries(paintedMs)) {
      const [first, largest] = [median(runs.map((run) => run.first)), median(runs.map((run) => run.largest))];
      const usual = Math.round(largest / slowness);
      process.stdout.write(
        `  ${cache} cache: first ${first.toFixed(0)} ms, with its alarms ${largest.toFixed(0)} ms, usually ${usual} ms (budget ${budgetMs} ms)\n`,
      );
      expect([cache, usual]).toEqual([cache, expect.toSatisfy(isWithinBudget)]);
    }
  }, 180_000);

  /** On a page whose processor is slowed down as long as it is looked at. */
  async function slowed<T>(context: BrowserContext, look: (page: Page) => Promise<T>): Promise<T> {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.addInitScript({ content: watchPaints });
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    const seen = await look(page);
    await page.close();
    return seen;
  }

  async function paintedWall(page: Page): Promise<Painted> {
    await page.goto(hub.url, { waitUntil: 'commit' });
    await page.locator('html[data-alarms-painted]').waitFor();
    return page.evaluate<Painted>('globalThis.painted');
  }
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Takes about {@link usualWorkMs} on a machine on which nothing else runs: strings, objects and sorting, as pages do. */
const fixedWork = `(() => {
  const begin = performance.now();
  let kept = 0;
  for (let round = 0; round < 40; round += 1) {
    const rows = Array.from({ length: 2000 }, (_, at) => ({ key: (at * 7919) % 2003, text: 'row ' + at }));
    rows.sort((a, b) => a.key - b.key);
    kept += JSON.stringify(rows).length;
  }
  return kept > 0 ? performance.now() - begin : 0;
})()`;

const watchPaints = `
  globalThis.painted = {};
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') globalThis.painted.first = startTime;
  });
  watch('largest-contentful-paint', ({ startTime }) => { globalThis.painted.largest = startTime; });
  new MutationObserver((_, observer) => {
    if (document.querySelector('[data-testid^="alarm-"][data-phase]') === null) return;
    observer.disconnect();
    const painted = () => { document.documentElement.dataset.alarmsPainted = 'true'; };
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(painted)));
  }).observe(document, { subtree: true, childList: true });
`;
