import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

/** What an operator reads on the way through an alarm, in the order in which it comes up. */
const words = {
  'zh-CN': {
    raised: ['紧急', '紧急求助', '接警'],
    mine: '我在处理',
    closed: '已结案：王秀英，紧急求助',
    takenBack: '撤销结案',
    note: '女儿已到家',
    told: '有人正在处理',
    handOver: '尚未结案',
    found: '老人',
  },
  en: {
    raised: ['Emergency', 'Call for help', 'Acknowledge'],
    mine: 'I have it',
    closed: 'Closed: Call for help, 王秀英',
    takenBack: 'took the closing back',
    note: 'Her daughter is with her',
    told: 'Someone is on it',
    handOver: 'Still open',
    found: 'Residents',
  },
} as const;

describe.skipIf(chromium === undefined)('the way through an alarm, by keys alone', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let button: VirtualDevice;
  const opened: StationPage[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    button = await connectDevice(hub, community.button);
  });
  afterAll(async () => {
    for (const station of opened) await station.close();
    await button.end();
    await hub.stop();
    await browser.close();
  });

  async function loggedIn(name: string, language: keyof typeof words): Promise<StationPage> {
    const station = await openStationPage(browser, hub.url, { beforeLoad: speaking(language) });
    opened.push(station);
    await logInThrough(station, name);
    return station;
  }

  async function closeByKeys({ page }: StationPage, note: string): Promise<void> {
    await page.keyboard.press('c');
    await page.getByTestId('close-dialog').waitFor();
    const choice = page.getByTestId('disposition-helped-by-phone').locator('input');
    await eventually(async () => {
      await page.keyboard.press('1');
      expect(await choice.isChecked()).toBe(true);
    });
    await page.keyboard.press('v');
    await page.keyboard.press('Enter');
    await page.keyboard.type(note);
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('close-dialog').waitFor({ state: 'detached' });
  }

  it.each(['zh-CN', 'en'] as const)(
    'is taken, closed, taken back, followed, handed over and found again (%s)',
    async (language) => {
      const said = words[language];
      const mine = await loggedIn('li', language);
      const colleagues = await loggedIn('zhang', language);
      const { page } = mine;
      await button.send('button.pressed', { data: { key: 'help' } });
      const alarmId = await mine.onlyAlarm();
      for (const text of said.raised)
        await expect.poll(() => mine.alarm(alarmId).textContent()).toContain(text);

      await page.keyboard.press('a');
      await eventually(async () => expect(await mine.owner(alarmId).textContent()).toBe(said.mine));
      await closeByKeys(mine, said.note);
      for (const station of [mine, colleagues]) await station.page.getByTestId('queue-empty').waitFor();
      await expect.poll(() => page.getByTestId('closing-undo').textContent()).toContain(said.closed);

      await page.keyboard.press('z');
      for (const station of [mine, colleagues]) {
        expect(await station.onlyAlarm()).toBe(alarmId);
        await station.alarm(alarmId).and(station.page.locator('[data-phase="acknowledged"]')).waitFor();
      }
      await page.getByTestId('closing-undo').waitFor({ state: 'detached' });
      await eventually(() => expect(button.told.slice(-2)).toEqual(['closed', 'answered']));

      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const line = page.getByTestId('timeline-reopened');
      await line.waitFor();
      await expect.poll(() => line.textContent()).toContain(said.takenBack);
      await eventually(async () =>
        expect(await page.getByTestId('reassurance').textContent()).toContain(said.told),
      );

      await page.keyboard.press('Control+k');
      await page.getByTestId('palette-input').fill('王秀英');
      await page.locator('[role="option"]', { hasText: '王秀英' }).first().waitFor();
      await page.locator('.palette', { hasText: said.found }).waitFor();
      await page.keyboard.press('Escape');
      await page.evaluate(goTo('/hand-over'));
      await page.getByText(said.handOver).first().waitFor();

      await page.evaluate(goTo(`/alarms/${alarmId}`));
      await line.waitFor();
      await closeByKeys(mine, said.note);
      await page.getByTestId('reopen').waitFor();
      await page.getByTestId('reopen').focus();
      await page.keyboard.press('Enter');
      await eventually(async () => expect(await page.getByTestId('timeline-reopened').count()).toBe(2));
      await closeByKeys(mine, said.note);
      await colleagues.page.getByTestId('queue-empty').waitFor();
      await colleagues.page.goto(`${hub.url}/alarms/${alarmId}`);
      await colleagues.page.getByTestId('timeline-closed').first().waitFor();
      await expect.poll(() => colleagues.page.getByTestId('reopen').count()).toBe(0);
    },
  );
});
