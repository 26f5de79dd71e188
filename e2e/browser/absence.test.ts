import type { Absence } from '@carebell/contracts/absence.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('an absence', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  const absences = async () =>
    (await community.operator.get<{ items: Absence[] }>(`/residents/${community.resident.id}/absences`)).body
      .items;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await browser.close();
  });

  it('is entered by keyboard from the page of an alarm, seen on the wall by everybody, and ended from the resident’s page', async () => {
    const { resident, button } = community;
    const station = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    const colleague = await openStationPage(browser, hub.url);
    await logInThrough(station, 'li');
    await logInThrough(colleague, 'zhang');
    const device = await connectDevice(hub, button);
    await device.send('button.pressed', { data: { key: 'help' } });
    const alarmId = await station.onlyAlarm();

    const { page } = station;
    await page.evaluate(goTo(`/alarms/${alarmId}`));
    await page.getByTestId('alarm-absence').waitFor();
    await page.keyboard.press('h');
    await page.getByTestId('absence-form').waitFor();
    await page.locator('input[value="in-hospital"]:focus').waitFor();
    await page.keyboard.press('3');
    await page.locator('input[value="on-holiday"]:focus').waitFor();
    await page.keyboard.press('2');
    // A press of Enter without saying until when is answered, and enters nothing.
    await page.keyboard.press('Enter');
    await page.getByTestId('absence-complaint').getByText('Say until when').waitFor();
    await page.getByTestId('absence-days-3').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('absence-note').focus();
    await page.keyboard.type('Ward 5');
    await page.keyboard.press('Enter');
    await page.getByTestId('absence-form').waitFor({ state: 'detached' });
    await station.alarm(alarmId).getByTestId('absence-mark').getByText('In hospital since').waitFor();
    await page.locator('[data-testid="alarm-absence"][data-absent="true"]').waitFor();
    expect(await absences()).toMatchObject([{ kind: 'in-hospital', phase: 'running', note: 'Ward 5' }]);

    // The colleague's wall says so on the row, and in the line of those who are away.
    await colleague.alarm(alarmId).locator('[data-testid="absence-mark"][data-kind="in-hospital"]').waitFor();
    await expect.poll(() => colleague.alarm(alarmId).getAttribute('data-phase')).toBe('raised');
    const line = colleague.page.getByTestId('away-line');
    await line.getByText(resident.name).waitFor();
    await line.locator('button').focus();
    await colleague.page.keyboard.press('Enter');
    await colleague.page.getByTestId(`away-${resident.id}`).getByText('住院').waitFor();

    await page.evaluate(goTo(`/residents/${resident.id}/absences`));
    await page.getByTestId('absence-mark').waitFor();
    await page.getByTestId('absence-end').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('absence-ended').getByText('li ended "In hospital"').waitFor();
    await page.getByTestId('past-absences').getByText('Ward 5').waitFor();
    expect(await absences()).toMatchObject([{ phase: 'over', endedBy: { displayName: 'li' } }]);
    await colleague.alarm(alarmId).getByTestId('absence-mark').waitFor({ state: 'detached' });
    await eventually(async () => expect(await line.count()).toBe(0), 30_000);
    await device.end();
    await station.close();
    await colleague.close();
  });
});
