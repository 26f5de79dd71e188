import type { AuditEntry } from '@carebell/contracts/audit.ts';
import type { ResidentRules, Rule } from '@carebell/contracts/detection.ts';
import type { HistoryStatus } from '@carebell/contracts/history.ts';
import type { Resident, User } from '@carebell/contracts/registry.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueDevice, password, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { livedWeeks } from '../lived-weeks.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { axeFindings, readAxe } from './axe-in-chromium.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('noticing without a press', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let bed: SignedIn;
  let sleeper: Resident;
  const opened: StationPage[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard(), clock: hastyClock });
    community = await settle(hub);
    const { admin } = hub;
    await admin.create<{ user: User }>('/users', {
      name: 'gu',
      displayName: '顾宁',
      role: 'station-manager',
      organisationId: community.station.id,
      password,
    });
    sleeper = await admin.create<Resident>('/residents', {
      dwellingId: community.dwelling.id,
      name: '沈玉珍',
      riskGroups: ['dementia'],
    });
    const place = { dwellingId: community.dwelling.id, residentId: sleeper.id };
    bed = await issueDevice(admin, { ...place, type: 'bed-sensor', name: '床垫', room: '卧室' });
    await livedWeeks(hub, community);
    await eventuallyTold(async () => {
      const { lagEntries } = (await admin.get<HistoryStatus>('/history/status')).body;
      if (lagEntries > 0) throw new Error(`the history lacks ${lagEntries} entries`);
    });
  });
  afterAll(async () => {
    for (const station of opened) await station.close();
    await hub.stop();
    await browser.close();
  });

  async function opens(name: string, path: string): Promise<Page> {
    const station = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    opened.push(station);
    await logInThrough(station, name);
    await station.page.goto(`${hub.url}${path}`);
    return station.page;
  }
  const rulesOf = async (id: string) => (await hub.admin.get<ResidentRules>(`/residents/${id}/rules`)).body;
  const stationRules = () => `/organisations/${community.station.id}/rules`;
  const rule = (page: Page) => page.getByTestId('rule-inactivity-day');
  const minutes = (page: Page) => page.locator('[data-field="afterMinutes"] input').first();

  /** How often the changed rule would have spoken, once the trial of what stands in the form is there. */
  const found = (page: Page, wanted: (n: number) => boolean) =>
    eventually(async () => {
      expect(await page.getByTestId('trial').getAttribute('aria-busy')).toBe('false');
      const cell = page.locator('[data-rule="inactivity-day"]').getByTestId('found');
      const n = (await cell.count()) === 0 ? 0 : Number(await cell.textContent());
      expect(wanted(n)).toBe(true);
      return n;
    }, 30_000);

  it(
    'a rule that is changed shows at once what it would have raised, and after saving where it comes from',
    { timeout: 120_000 },
    async () => {
      const page = await opens('gu', stationRules());
      await rule(page).getByText('Usual · Lives alone').waitFor();
      await rule(page).getByRole('button').click();
      await minutes(page).fill('25');
      const many = await found(page, (n) => n > 5);
      await page.locator('[data-testid="trial-finding"][data-is="new"]').first().waitFor();
      await minutes(page).fill('45');
      const few = await found(page, (n) => n < many);
      await page.getByTestId('days-14').click();
      await found(page, (n) => n > few);
      await minutes(page).fill('2');
      await page.getByText('At least 10 min').waitFor();
      await expect.poll(() => page.getByTestId('save-rule').isDisabled()).toBe(true);
      expect(await misfitsOf(page)).toEqual([]);
      await minutes(page).fill('45');
      await page.getByTestId('save-rule').click();
      await rule(page).getByText('This place').waitFor();
      await rule(page).getByText('Instead of: No sign of life for 3 h 30 min').waitFor();
      const { effective } = await rulesOf(community.resident.id);
      expect(effective).toContainEqual(
        expect.objectContaining({ id: 'inactivity-day', afterMinutes: 45 }) as Rule,
      );
      expect((await rulesOf(sleeper.id)).effective).not.toContainEqual(
        expect.objectContaining({ afterMinutes: 45 }) as Rule,
      );
      const records = (await hub.admin.get<{ items: AuditEntry[] }>('/audit?topic=policies')).body.items;
      expect(records[0]).toMatchObject({ kind: 'rules-changed', fields: ['inactivity-day.added'] });
    },
  );

  it(
    'somebody else’s change is not overwritten, and one’s own is not lost',
    { timeout: 120_000 },
    async () => {
      const page = await opens('gu', `/residents/${community.resident.id}/rules`);
      await rule(page).getByText('Station · 和平一站').waitFor();
      await rule(page).getByRole('button').click();
      await minutes(page).fill('300');
      await hub.admin.put(`/residents/${community.resident.id}/rules`, {
        rules: [{ id: 'not-up', isOff: true }],
      });
      await page.getByTestId('save-rule').click();
      await page.getByText('Somebody else has just changed these rules').waitFor();
      const save = page.getByTestId('save-rule');
      // Until the list as it is then has come, the hub refuses it again.
      await eventually(async () => {
        if (await save.isVisible()) await save.click({ timeout: 2_000 });
        expect(await rule(page).getByText('This resident').count()).toBe(1);
      }, 40_000);
      const { rules } = await rulesOf(community.resident.id);
      expect(rules).toMatchObject([
        { id: 'not-up', isOff: true },
        { id: 'inactivity-day', afterMinutes: 300 },
      ]);
      await rule(page)
        .getByRole('button', { name: /Restore/ })
        .click();
      await page.getByTestId('restore-confirm').click();
      await rule(page).getByText('Station · 和平一站').waitFor();
    },
  );

  it(
    'what would no longer be raised is listed too, and what cannot be tried says so',
    { timeout: 120_000 },
    async () => {
      const page = await opens('gu', stationRules());
      await rule(page).getByRole('button').first().click();
      await page.getByRole('switch').click();
      await page.getByText('No longer').first().waitFor();
      await found(page, (n) => n === 0);
      const admin = await hub.admin.create<{ user: User }>('/users', {
        name: 'su',
        displayName: 'su',
        role: 'station-manager',
        organisationId: community.otherStation.id,
        password,
      });
      expect(admin.user.name).toBe('su');
      const other = await opens('su', `/organisations/${community.otherStation.id}/rules`);
      await rule(other).getByRole('button').first().click();
      await other.getByTestId('trial-nothing').waitFor();
    },
  );

  it('the night watch shows who has left the bed, and since when', { timeout: 120_000 }, async () => {
    const device = await connectDevice(hub, bed);
    await device.send('bed.entered');
    const page = await opens('li', '/night');
    const row = page.getByTestId(`night-${sleeper.id}`);
    await row.and(page.locator('[data-place="in-bed"]')).waitFor();
    expect(page.url()).toContain(`/night/${community.station.id}`);
    await device.send('bed.left');
    await row.and(page.locator('[data-place="out-of-bed"]')).waitFor();
    // Out of bed stands above everybody who is in bed.
    await page.keyboard.press('j');
    await eventually(async () => {
      const first = page.locator('.night-row').first();
      expect(await first.getAttribute('aria-current')).toBe('true');
      expect(['out-of-bed', 'out-of-home']).toContain(await first.getAttribute('data-place'));
    });
    expect(await misfitsOf(page)).toEqual([]);
    await device.end();
  });

  it(
    'its pages are read aloud and fit, in both languages and by day and night',
    { timeout: 120_000 },
    async () => {
      const axe = await readAxe(browser);
      const looks = [
        ['zh-CN', 'light'],
        ['en', 'dark'],
      ] as const;
      for (const [language, colorScheme] of looks) {
        const station = await openStationPage(browser, hub.url, {
          beforeLoad: speaking(language),
          colorScheme,
        });
        opened.push(station);
        await logInThrough(station, 'gu');
        const { page } = station;
        const wrong: string[] = [];
        const look = async (path: string, ready: string, open?: () => Promise<void>) => {
          await page.evaluate(goTo(path));
          await page.locator(ready).first().waitFor();
          await open?.();
          for (const { rule: name, places } of await axeFindings(page, axe))
            wrong.push(...places.map(({ selector, why }) => `${path} ${name} ${selector} ${why}`));
          wrong.push(...(await misfitsOf(page)).map((misfit) => `${path} ${misfit}`));
        };
        await look(stationRules(), '[data-testid="rule-not-up"]');
        await look(stationRules(), '[data-testid="rule-not-up"]', async () => {
          await page.getByTestId('rule-not-up').getByRole('button').first().click();
          await page.getByTestId('trial-done').waitFor({ timeout: 60_000 });
        });
        await look(`/residents/${community.resident.id}/rules`, '[data-testid="rule-not-up"]');
        await look(`/night/${community.station.id}`, '.night-row .night-strip');
        expect(wrong).toEqual([]);
      }
    },
  );

  it('an alarm that a rule raised says why on the wall', { timeout: 120_000 }, async () => {
    await hub.admin.put(`/residents/${community.resident.id}/rules`, {
      rules: [{ id: 'door-open', kind: 'door-open', afterMinutes: 1 }],
    });
    const ago = (seconds: number) => ({ at: new Date(Date.now() - seconds * 1_000).toISOString() });
    const door = await connectDevice(hub, community.door);
    await door.send('door.closed', ago(115));
    await door.send('door.opened', ago(110));
    const page = await opens('li', '/');
    const row = page.locator('[data-kind="door-open"][data-testid^="alarm-"]');
    await row
      .getByTestId('reason-short')
      .getByText(/\d min, since \d\d:\d\d/)
      .waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.goto(`${hub.url}/wall-screen`);
    await page.getByTestId('reason-short').first().waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await door.end();
  });
});
