import type { Activity, HistoryStatus, Nights, ResponseTimes } from '@carebell/contracts/history.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { linkTo } from '../cuttable-link.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { answeredCall, livedWeeks } from '../lived-weeks.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { builtDashboard } from './built-dashboard.ts';
import { launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
const dayMs = 24 * 3_600_000;
const cards = ['history-day', 'history-fortnight', 'history-nights'];

describe.skipIf(chromium === undefined)('how a resident lives', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  const opened: StationPage[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    await livedWeeks(hub, community);
    await answeredCall(hub, community);
    await eventuallyTold(async () => {
      const { lagEntries } = (await hub.admin.get<HistoryStatus>('/history/status')).body;
      if (lagEntries > 0) throw new Error(`the history lacks ${lagEntries} entries`);
    });
  });
  afterAll(async () => {
    for (const station of opened) await station.close();
    await hub.stop();
    await browser.close();
  });

  /** A browser that stands in another time zone than the hub. */
  async function opens(
    path: string,
    colorScheme: 'light' | 'dark' = 'light',
    url = hub.url,
  ): Promise<StationPage> {
    const station = await openStationPage(browser, url, {
      beforeLoad: speaking('en'),
      timezoneId: 'America/New_York',
      colorScheme,
    });
    opened.push(station);
    await logInThrough(station, 'li');
    await station.page.goto(`${url}${path}`);
    return station;
  }
  const life = () => `/residents/${community.resident.id}/life`;

  /** How many colours are on a painted chart, and the one there is most of. */
  function painted({ page }: StationPage, card: string): Promise<{ colours: number; most: string }> {
    return page.evaluate(`(() => {
      const canvas = document.querySelector('[data-testid="${card}"] canvas');
      if (canvas === null || canvas.width === 0) return { colours: 0, most: '' };
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const counts = new Map();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] < 255) continue;
        const colour = [data[at], data[at + 1], data[at + 2]].join(' ');
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
      }
      return { colours: counts.size, most: [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '' };
    })()`);
  }

  /** The rows of a card's table, as texts. */
  async function tableOf({ page }: StationPage, card: string): Promise<string[][]> {
    const rows = page.getByTestId(card).locator('tbody tr');
    await rows.first().waitFor();
    return page.evaluate(
      `[...document.querySelectorAll('[data-testid="${card}"] tbody tr')].map((row) =>
        [...row.cells].map((cell) => cell.textContent.trim()))`,
    );
  }

  it('is painted, by day and by night in other colours', async () => {
    const [byDay, byNight] = [await opens(life()), await opens(life(), 'dark')];
    for (const card of [...cards, 'history-devices']) {
      const looks = await eventually(async () => {
        const found = [await painted(byDay, card), await painted(byNight, card)] as const;
        for (const { colours } of found) expect(colours).toBeGreaterThan(2);
        return found;
      });
      expect(looks[0].most).not.toBe(looks[1].most);
    }
  });

  it('stands in tables too, with the numbers of the hub, on the clock of the hub', async () => {
    const station = await opens(life());
    // Before the switch is pressed they are there for screen readers.
    const heard = await tableOf(station, 'history-fortnight');
    await station.page.getByTestId('view-table').click();
    const shown = await tableOf(station, 'history-fortnight');
    expect(shown).toEqual(heard);
    await expect.poll(() => station.page.locator('[data-testid="history-fortnight"] canvas').count()).toBe(0);

    const from = new Date(Date.now() - 13 * dayMs - ((Date.now() + 8 * 3_600_000) % dayMs)).toISOString();
    const path = `/history/activity?residentId=${community.resident.id}&every=1h&from=${from}`;
    const activity = (await hub.admin.get<Activity>(path)).body;
    const sums = new Map<string, number>();
    for (const { at, value } of activity.rows.flatMap(({ values }) => values)) {
      const wall = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
      const key = `${wall.slice(5, 10)} ${Number(wall.slice(11, 13))}`;
      sums.set(key, (sums.get(key) ?? 0) + value);
    }
    expect(shown).toHaveLength(14);
    const inTable = shown.flatMap(([date, ...hours]) =>
      hours.flatMap((count, hour) =>
        count === '0' || count === '' ? [] : [[`${date} ${hour}`, Number(count)] as const],
      ),
    );
    expect(new Map(inTable)).toEqual(sums);
    expect(sums.size).toBeGreaterThan(50);
  });

  it('tells the nights and when a battery will be empty', async () => {
    const station = await opens(`${life()}?view=table`);
    const shown = await tableOf(station, 'history-nights');
    const from = new Date(Date.now() - 14 * dayMs).toISOString();
    const path = `/history/nights?residentId=${community.resident.id}&from=${from}`;
    const { nights } = (await hub.admin.get<Nights>(path)).body;
    expect(
      shown.map(([, out, minutes]) => [out?.split(', ').filter(Boolean).length, Number(minutes)]),
    ).toEqual(
      nights
        .toSorted((a, b) => b.night.localeCompare(a.night))
        .map(({ exits, outOfBedMinutes }) => [exits.length, outOfBedMinutes]),
    );
    expect(shown.some(([, out]) => out?.includes('02:1'))).toBe(true);
    // 2 % a day from 60 %.
    await station.page.getByText(/Empty in about (29|30|31) days/).waitFor();
  });

  it('says what it is missing: an error with a way to ask again, and two weeks without a sign', async () => {
    const station = await opens('/');
    const { page } = station;
    await page.route('**/history/nights*', (route) =>
      route.fulfill({ status: 403, contentType: 'application/json', body: '{}' }),
    );
    await page.evaluate(
      `history.pushState(null, '', '${life()}'); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await page.getByTestId('history-nights').getByRole('alert').waitFor();
    await page.unroute('**/history/nights*');
    await page.getByTestId('history-nights').getByRole('button').click();
    await page.getByTestId('history-nights').locator('canvas').waitFor();

    const stranger = await hub.admin.create<{ id: string }>('/residents', {
      dwellingId: community.dwelling.id,
      name: '陈新',
    });
    await page.goto(`${hub.url}/residents/${stranger.id}/life`);
    await page.getByText('The devices have reported no activity in 14 days').waitFor();
    await expect.poll(() => page.locator('canvas').count()).toBe(0);
  });

  it('keeps its numbers when the hub is gone, and says how old they are', async () => {
    const link = await linkTo(hub.url);
    const { page } = await opens(life(), 'light', link.url);
    await page.locator('[data-testid="history-fortnight"] canvas').waitFor();
    await expect.poll(() => page.getByTestId('history-stale').count()).toBe(0);
    link.cut();
    const note = page.getByTestId('history-fortnight').getByTestId('history-stale');
    await note.waitFor();
    await expect.poll(() => note.textContent()).toMatch(/Numbers of \d\d:\d\d:\d\d/);
    await expect.poll(() => page.locator('[data-testid="history-fortnight"] canvas').count()).toBe(1);
    link.heal();
    await note.waitFor({ state: 'detached' });
    await link.close();
  });

  it('is opened and switched by keys alone', async () => {
    const { page } = await opens(`/residents/${community.resident.id}`);
    await page.getByRole('tab', { name: 'Person' }).focus();
    const focused = page.locator(':focus');
    for (let presses = 0; presses < 10; presses += 1) {
      if ((await focused.textContent())?.endsWith('Daily life')) break;
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Enter');
    await page.getByTestId('history-day').waitFor();
    await page.locator('.history-tools input').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('[data-testid="history-day"] .history-table').waitFor();
    expect(page.url()).toContain('/life?view=table');
  });

  it('and how a station is doing: events a minute, and times of response equal to those of the hub', async () => {
    const station = await opens(`/organisations/${community.station.id}/figures`);
    await eventually(async () => {
      expect((await painted(station, 'history-pace')).colours).toBeGreaterThan(2);
      expect((await painted(station, 'history-responses')).colours).toBeGreaterThan(2);
    });
    const path = `/history/response-times?stationId=${community.station.id}`;
    const { all } = (await hub.admin.get<ResponseTimes>(path)).body;
    const shown = await tableOf(station, 'history-responses');
    expect(shown.map(([hop, count]) => [hop?.split(' → ')[1], Number(count)])).toContainEqual([
      'closed',
      all.hops.closed?.count,
    ]);
    expect(shown).toHaveLength(Object.keys(all.hops).length);
  });
});
