import type { Browser } from 'playwright-core';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { linkTo } from '../cuttable-link.ts';
import type { CuttableLink } from '../cuttable-link.ts';
import { eventually } from '../eventually.ts';
import { closeAlarm } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const words = {
  'zh-CN': { since: /自 \d\d:\d\d:\d\d 起/, notSent: '没有发出，什么都没有改变' },
  en: { since: /since \d\d:\d\d:\d\d/, notSent: 'Not sent, and nothing has changed' },
} as const;

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('a screen whose link fades while its connection stands', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let link: CuttableLink;
  let button: VirtualDevice;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    link = await linkTo(hub.url);
    button = await connectDevice(hub, community.button);
  });
  afterAll(async () => {
    await button.end();
    await browser.close();
    await link.close();
    await hub.stop();
  });

  const isTrusted = ({ page }: StationPage) => page.locator('.station').getAttribute('data-trusted');

  it.each(['zh-CN', 'en'] as const)(
    'is stale, grey, says since when, and answers each key by saying that nothing was sent (%s)',
    async (language) => {
      const said = words[language];
      const station = await openStationPage(browser, link.url, { beforeLoad: speaking(language) });
      const { page } = station;
      await logInThrough(station, 'li');
      await button.send('button.pressed', { data: { key: 'help' } });
      const alarmId = await station.onlyAlarm();
      const isRaised = async () =>
        await expect.poll(() => station.alarm(alarmId).getAttribute('data-phase')).toBe('raised');

      link.cut();
      await station.feedStateBecomes('stale');
      expect(await isTrusted(station)).toBe('false');
      await expect.poll(() => page.locator('.banner[data-level="grave"]').textContent()).toMatch(said.since);
      const opacity = 'Number(getComputedStyle(document.querySelector(".station > main > *")).opacity)';
      expect(await page.evaluate<number>(opacity)).toBeLessThan(1);

      for (const key of ['a', 'Shift+A']) {
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press(key);
        await page.locator('.ant-message-error', { hasText: said.notSent }).waitFor();
        await isRaised();
      }
      await station.alarm(alarmId).getByTestId('acknowledge').click();
      await isRaised();
      await expect.poll(() => page.getByTestId('alarm-owner').count()).toBe(0);

      link.heal();
      await station.feedStateBecomes('live');
      expect(await isTrusted(station)).toBe('true');
      const { body } = await hub.admin.get<AlarmDetail>(`/alarms/${alarmId}`);
      expect(body).toMatchObject({ phase: 'raised', owner: null });
      await page.keyboard.press('a');
      await eventually(async () =>
        expect(await station.owner(alarmId).getAttribute('data-mine')).toBe('true'),
      );
      await closeAlarm(hub, alarmId);
      await page.getByTestId('queue-empty').waitFor();
      await station.close();
    },
  );

  it('says so too of a press that was on its way when the link went, and shows nothing as acknowledged', async () => {
    const station = await openStationPage(browser, link.url);
    await logInThrough(station, 'li');
    await button.send('button.pressed', { data: { key: 'help' } });
    const alarmId = await station.onlyAlarm();
    link.cut();
    await station.page.keyboard.press('a');
    await station.feedStateBecomes('stale');
    await eventually(async () =>
      expect(await station.alarm(alarmId).getAttribute('data-phase')).toBe('raised'),
    );
    await station.page.locator('.ant-message-error').waitFor();
    link.heal();
    await station.feedStateBecomes('live');
    await closeAlarm(hub, alarmId);
    await station.page.getByTestId('queue-empty').waitFor();
    await station.close();
  });
});
