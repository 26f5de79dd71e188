import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceType } from '@carebell/contracts/registry.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueDevice, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { rulesHaveSeenAll } from '../detection-pace.ts';
import { eventually } from '../eventually.ts';
import { createLeapingClock } from '../leaping-clock.ts';
import type { LeapingClock } from '../leaping-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
/** A folder for pictures of what was seen, for whoever wants to look. */
const pictures = process.env['CAREBELL_TEST_PICTURES'];
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const patienceMs = 240_000;
/** One o'clock at night in Shanghai. */
const oneAtNight = Date.UTC(2026, 2, 14, 17);

type Stage = {
  hub: ScenarioHub;
  clock: LeapingClock;
  community: Community;
  zh: StationPage;
  en: StationPage;
  devices: Record<string, VirtualDevice>;
};

describe.skipIf(chromium === undefined)(
  'what the hub notices by itself, from the sensor to the screen',
  () => {
    let browser: Browser;
    let stage: Stage;

    beforeAll(async () => {
      browser = await launchBrowser(chromium ?? '');
      const clock = createLeapingClock(oneAtNight);
      const hub = await startHub({
        clock,
        dashboardDir: builtDashboard(),
        // Hours pass in a moment, and no work may seem overdue for it.
        gateLimits: { lateAfterMs: 24 * hourMs, overdueAfterMs: 24 * hourMs },
      });
      const community = await settle(hub);
      await hub.admin.patch(`/residents/${community.resident.id}`, { riskGroups: ['dementia'] });
      const devices: Stage['devices'] = {};
      const signIn = async (name: string, type: DeviceType, room: string) => {
        const account = await issueDevice(hub.admin, { type, room, dwellingId: community.dwelling.id });
        devices[name] = await connectDevice(hub, account, { keepalive: 0 });
      };
      await signIn('living', 'motion-sensor', '客厅');
      await signIn('bathroom', 'motion-sensor', '卫生间');
      await signIn('bed', 'bed-sensor', '卧室');
      devices['door'] = await connectDevice(hub, community.door, { keepalive: 0 });
      devices['fall'] = await connectDevice(hub, community.fallDetector, { keepalive: 0 });
      devices['button'] = await connectDevice(hub, community.button, { keepalive: 0 });
      const open = async (language: 'zh-CN' | 'en', name: string) => {
        const station = await openStationPage(browser, hub.url, { beforeLoad: speaking(language) });
        await logInThrough(station, name);
        return station;
      };
      stage = {
        hub,
        clock,
        community,
        devices,
        zh: await open('zh-CN', 'li'),
        en: await open('en', 'zhang'),
      };
    }, patienceMs);
    afterAll(async () => {
      await Promise.all(Object.values(stage.devices).map(({ end }) => end()));
      await stage.zh.close();
      await stage.en.close();
      await stage.hub.stop();
      stage.clock.stop();
      await browser.close();
    });

    const says = (name: string, kind: string) =>
      stage.devices[name]!.send(kind, { at: new Date(stage.clock.now()).toISOString() });

    /** In steps of four minutes, in each of which every device says that it is well. */
    async function pass(minutes: number): Promise<void> {
      const untilMs = stage.clock.now() + minutes * minuteMs;
      while (stage.clock.now() < untilMs) {
        stage.clock.leap(Math.min(4 * minuteMs, untilMs - stage.clock.now()));
        await Promise.all(Object.keys(stage.devices).map((name) => says(name, 'heartbeat')));
        stage.clock.leap(1_000);
        await rulesHaveSeenAll(stage.hub);
      }
    }
    const passUntil = (clockTime: string): Promise<void> => {
      const [hours = 0, minutes = 0] = clockTime.split(':').map(Number);
      const nowMinutes = ((stage.clock.now() + 8 * hourMs) % (24 * hourMs)) / minuteMs;
      const left = hours * 60 + minutes - nowMinutes;
      return pass(left < 0 ? left + 24 * 60 : left);
    };

    const row = (station: StationPage, kind: string) =>
      station.page.locator(`.row[data-kind="${kind}"]:not([data-phase="closed"])`);

    /** The alarm of this kind on both walls, and its page in both languages, on which this sentence stands. */
    async function isSeen(
      kind: string,
      sentences: { 'zh-CN': RegExp; en: RegExp },
      priority: string,
    ): Promise<string> {
      const { zh, en } = stage;
      await row(zh, kind).waitFor();
      await row(en, kind).waitFor();
      await expect.poll(() => row(zh, kind).getAttribute('data-priority')).toBe(priority);
      await picture(`${kind}-wall`);
      const id = ((await row(zh, kind).getAttribute('data-testid')) ?? '').replace(/^alarm-/, '');
      for (const [station, sentence] of [
        [zh, sentences['zh-CN']],
        [en, sentences.en],
      ] as const) {
        await station.page.evaluate(goTo(`/alarms/${id}`));
        await eventually(async () =>
          expect(await station.page.getByTestId('reason').textContent()).toMatch(sentence),
        );
        await station.page.getByTestId('timeline').waitFor();
      }
      await picture(`${kind}-page`);
      return id;
    }
    async function backToTheWall(): Promise<void> {
      for (const { page } of [stage.zh, stage.en]) await page.evaluate(goTo('/'));
    }
    async function picture(name: string): Promise<void> {
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      for (const language of ['zh', 'en'] as const)
        await stage[language].page.screenshot({ path: join(pictures, `${name}-${language}.png`) });
    }
    async function close(alarmId: string): Promise<void> {
      await stage.hub.admin.post(`/alarms/${alarmId}/acknowledge`);
      const body = { disposition: 'helped-on-site', proof: 'on-site' };
      expect(await stage.hub.admin.post(`/alarms/${alarmId}/close`, body)).toMatchObject({ status: 200 });
    }

    it(
      'who gets up at night and does not come back to bed is missed there',
      { timeout: patienceMs },
      async () => {
        await says('living', 'motion.detected');
        await says('bed', 'bed.entered');
        await passUntil('01:20');
        await says('bed', 'bed.left');
        await pass(36);
        await expect.poll(() => row(stage.zh, 'out-of-bed').count()).toBe(0);
        await pass(6);
        const sentences = { 'zh-CN': /离床，到 .+未回床/, en: /Left the bed at .+ has not come back/ };
        await close(await isSeen('out-of-bed', sentences, 'urgent'));
        await backToTheWall();
        await says('bed', 'bed.entered');
      },
    );

    it(
      'an outer door that opens at night is an emergency at once, with its sentence',
      { timeout: patienceMs },
      async () => {
        await passUntil('02:10');
        await says('bed', 'bed.left');
        const openedAtMs = performance.now();
        await says('door', 'door.opened');
        await row(stage.zh, 'wandering').waitFor();
        expect(performance.now() - openedAtMs).toBeLessThan(10_000);
        const sentences = { 'zh-CN': /夜间 02:10 门（玄关）被打开/, en: /02:10/ };
        const id = await isSeen('wandering', sentences, 'emergency');
        await says('door', 'door.closed');
        await says('bed', 'bed.entered');
        await close(id);
        await backToTheWall();
      },
    );

    it('who has not got up by ten is on the wall then, and not before', { timeout: patienceMs }, async () => {
      await passUntil('09:58');
      await expect.poll(() => row(stage.zh, 'not-up').count()).toBe(0);
      await passUntil('10:01');
      const id = await isSeen('not-up', { 'zh-CN': /10:00/, en: /10:00/ }, 'urgent');
      await close(id);
      await backToTheWall();
      await says('bed', 'bed.left');
      for (let round = 0; round < 3; round += 1) {
        await says('living', 'motion.detected');
        await pass(10);
      }
    });

    it('who lies on the floor of the bathroom is missed elsewhere', { timeout: patienceMs }, async () => {
      await says('bathroom', 'motion.detected');
      await pass(72);
      await expect.poll(() => row(stage.zh, 'bathroom-long').count()).toBe(0);
      await pass(4);
      const sentences = { 'zh-CN': /进入卫生间后再没有在别处出现/, en: /Went into the bathroom at/ };
      await close(await isSeen('bathroom-long', sentences, 'urgent'));
      await backToTheWall();
      await says('living', 'motion.detected');
    });

    describe('a fall that a detector suspects', () => {
      const idOf = async (kind: string): Promise<string> =>
        ((await row(stage.zh, kind).getAttribute('data-testid')) ?? '').replace(/^alarm-/, '');
      const timelineSays = async (alarmId: string, ...texts: { zh: string; en: string }[]): Promise<void> => {
        for (const language of ['zh', 'en'] as const) {
          const { page } = stage[language];
          await page.evaluate(goTo(`/alarms/${alarmId}`));
          for (const text of texts)
            await page.getByTestId('timeline').getByText(text[language]).first().waitFor();
        }
      };

      it(
        'stays suspected and open when the resident cancels by button in the grace time',
        { timeout: patienceMs },
        async () => {
          await says('fall', 'fall.suspected');
          await row(stage.en, 'fall-suspected').waitFor();
          await says('button', 'button.cancelled');
          for (const station of [stage.zh, stage.en])
            await row(station, 'fall-suspected').locator('[data-mark="cancelled"]').waitFor();
          await picture('fall-cancelled-wall');
          stage.clock.leap(40_000);
          const alarmId = await idOf('fall-suspected');
          await timelineSays(alarmId, { zh: '老人可在 30 秒内取消', en: 'The resident has 30 s to cancel' });
          await picture('fall-cancelled-page');
          await expect
            .poll(() => stage.zh.page.locator('.alarm-head').getAttribute('data-kind'))
            .toBe('fall-suspected');
          await close(alarmId);
          await backToTheWall();
        },
      );

      it(
        'is a fall when nobody cancels, and says when the resident still lies',
        { timeout: patienceMs },
        async () => {
          await says('fall', 'fall.suspected');
          await row(stage.en, 'fall-suspected').waitFor();
          await picture('fall-suspected-wall');
          stage.clock.leap(31_000);
          await row(stage.zh, 'fall').waitFor();
          await expect.poll(() => row(stage.zh, 'fall').getAttribute('data-priority')).toBe('emergency');
          await picture('fall-wall');
          await pass(6);
          await timelineSays(await idOf('fall'), {
            zh: '分钟内无活动，可能仍倒地',
            en: 'still lying?',
          });
          await picture('fall-page');
        },
      );
    });
  },
);
