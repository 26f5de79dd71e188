import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Organisation } from '@carebell/contracts/registry.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { hubProcess } from '../hub-process.ts';
import type { HubProcess } from '../hub-process.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { launchBrowser, logInThrough, openStationPage } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('a wall whose hub is gone', () => {
  let browser: Browser;
  let dataDir: string;
  let hub: HubProcess;
  let community: Community;
  let station: StationPage;
  const devices: VirtualDevice[] = [];

  beforeAll(async () => {
    builtDashboard();
    browser = await launchBrowser(chromium ?? '');
    dataDir = mkdtempSync(join(tmpdir(), 'carebell-trust-'));
    hub = await hubProcess(dataDir);
    await hub.start();
    community = await settle(await asScenario());
    station = await openStationPage(browser, hub.url);
    await logInThrough(station, 'li');
  });
  afterAll(async () => {
    for (const device of devices) await device.end();
    await browser.close();
    await hub.stop();
    rmSync(dataDir, { recursive: true });
  });

  async function asScenario() {
    const admin = await logIn(hub.url, 'admin', hub.adminPassword);
    return { ...hub, dataDir, admin, restart: () => hub.start(), stop: () => hub.stop() };
  }

  async function pressed(account: Community['button'], kind: string): Promise<void> {
    const device = await connectDevice(await asScenario(), account);
    devices.push(device);
    await device.send(kind);
  }

  /** An operator of another district, to whom no alarm of this one is ever widened. */
  async function enterFarAway(): Promise<void> {
    const { admin } = await asScenario();
    const far = { level: 'station', name: '远方驿站', parentId: 'root' };
    const { id } = await admin.create<Organisation>('/organisations', far);
    const user = { name: 'sun', displayName: 'sun', role: 'operator', organisationId: id, password };
    await admin.create('/users', user);
  }

  const isTrusted = () => station.page.locator('[data-trusted]').getAttribute('data-trusted');

  it.each([
    ['stops', () => hub.stop()],
    ['is killed', () => hub.kill()],
  ])('says so and is grey when the hub %s, and shows what it missed when the hub is back', async (_, end) => {
    const rows = station.page.locator('[data-testid^="alarm-"][data-phase]');
    const before = await rows.count();
    await pressed(
      before === 0 ? community.button : community.door,
      before === 0 ? 'button.pressed' : 'tamper.opened',
    );
    await eventually(async () => expect(await rows.count()).toBe(before + 1));
    expect(await isTrusted()).toBe('true');

    await end();
    await station.feedStateBecomes('disconnected');
    await eventually(async () => expect(await isTrusted()).toBe('false'));
    // What was known stays in sight: better grey than gone.
    await expect.poll(() => rows.count()).toBe(before + 1);
    const banner = station.page.getByRole('alert').first();
    await expect.poll(() => banner.textContent()).not.toBe('');

    await hub.start();
    await pressed(community.fallDetector, before === 0 ? 'fall.detected' : 'battery.low');
    await station.feedStateBecomes('live');
    await eventually(async () => expect(await rows.count()).toBe(before + 2));
    expect(await isTrusted()).toBe('true');
  });

  it('an empty wall does not claim that all is well while the hub is gone', async () => {
    await enterFarAway();
    const other = await openStationPage(browser, hub.url);
    await logInThrough(other, 'sun');
    const empty = other.page.getByTestId('queue-empty');
    await empty.waitFor();
    await expect.poll(() => empty.getAttribute('data-trusted')).toBe('true');
    await hub.stop();
    await eventually(async () => expect(await empty.getAttribute('data-trusted')).toBe('false'));
    await other.feedStateBecomes('disconnected');
    await hub.start();
    await other.feedStateBecomes('live');
    await eventually(async () => expect(await empty.getAttribute('data-trusted')).toBe('true'));
    await other.close();
  });
});
