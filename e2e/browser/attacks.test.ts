import type { Resident } from '@carebell/contracts/registry.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueDevice, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { launchBrowser, logInThrough, openStationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('names that are programs', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;

  beforeAll(async () => {
    builtDashboard();
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub();
    community = await settle(hub);
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
  });

  it.each([
    '<img src=x onerror="window.stolen=1">',
    '"><script>window.stolen=1</script>',
    "javascript:window.stolen=1//'",
    '{{constructor.constructor("window.stolen=1")()}}',
  ])('are shown on the wall as they were entered and never run: %s', async (name) => {
    const resident = await hub.admin.create<Resident>('/residents', {
      dwellingId: community.dwelling.id,
      name,
      handlingNotes: name,
      medicalNotes: name,
    });
    const button = await issueDevice(hub.admin, {
      type: 'button',
      name,
      room: name.slice(0, 60),
      dwellingId: community.dwelling.id,
      residentId: resident.id,
    });
    const device = await connectDevice(hub, button);
    const station = await openStationPage(browser, hub.url);
    const complaints: string[] = [];
    station.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) complaints.push(message.text());
    });
    await logInThrough(station, 'li');
    await device.send('button.pressed', { data: { key: 'help' } });
    const row = station.page.locator('[data-testid^="alarm-"][data-phase]').filter({ hasText: name });
    await row.first().waitFor();
    await row.first().click();
    await station.page.getByText(name).first().waitFor();
    await expect.poll(() => station.page.evaluate('window.stolen')).toBeUndefined();
    await expect.poll(() => station.page.locator('img[src="x"]').count()).toBe(0);
    // Nothing even tried: what the page's policy would have stopped is not what stopped it.
    expect(complaints).toEqual([]);
    await device.end();
    await station.close();
  });
});
