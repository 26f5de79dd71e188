import type { Drill } from '@carebell/contracts/drill.ts';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { Gateway, User } from '@carebell/contracts/registry.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { eventuallyTold } from '../eventually.ts';
import { answeredCall, livedWeeks } from '../lived-weeks.ts';
import { serviceOrSkip } from '../services.ts';
import { connectGateway, enterGateway } from '../virtual-gateway.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { axeFindings, readAxe } from './axe-in-chromium.ts';
import type { Violation } from './axe-in-chromium.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { anyAlarm, escape, pagesBesideTheWall } from './pages-beside-the-wall.ts';
import type { Stop } from './pages-beside-the-wall.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';

/** The three looks, as a system asks a page for them. */
const looks = {
  day: { colorScheme: 'light', contrast: 'no-preference' },
  night: { colorScheme: 'dark', contrast: 'no-preference' },
  'high-contrast': { colorScheme: 'dark', contrast: 'more' },
} as const;
/** What a look can break; the rest is the same in each. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];
/** Every page in both languages and all looks. All rules once for each language, those of colour once for each look. */
const matrix = {
  'zh-CN': { day: undefined, 'high-contrast': rulesOfColour },
  en: { night: undefined },
} as const satisfies Record<string, Partial<Record<keyof typeof looks, readonly string[] | undefined>>>;
const grave: ReadonlySet<string> = new Set(['serious', 'critical']);

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('axe', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let axe: string;
  let stops: Record<string, Stop>;
  const devices: VirtualDevice[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    axe = await readAxe(browser);
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    stops = await furnish();
  });
  afterAll(async () => {
    for (const device of devices) await device.end();
    await hub.stop();
    await browser.close();
  });

  /** A station with something of everything on its pages. */
  async function furnish(): Promise<Record<string, Stop>> {
    const { admin } = hub;
    await livedWeeks(hub, community);
    await answeredCall(hub, community);
    const alarms: AlarmView[] = [];
    for (const [account, kind] of [
      [community.button, 'button.pressed'],
      [community.fallDetector, 'fall.suspected'],
      [community.door, 'tamper.opened'],
    ] as const) {
      const device = await connectDevice(hub, account);
      devices.push(device);
      await device.send(kind);
      alarms.push(await openAlarmOf(account.id));
    }
    await devices[2]?.send('battery.low');
    const [help, fall, tamper] = alarms;
    await admin.post(`/alarms/${fall?.id}/acknowledge`);
    await admin.post(`/alarms/${tamper?.id}/acknowledge`);
    await admin.post(`/alarms/${tamper?.id}/close`, { disposition: 'false-alarm', note: 'Only dusted' });
    await admin.post(`/alarms/${help?.id}/close`, {});
    const organisationId = 'root';
    const { user } = await admin.create<{ user: User }>('/users', {
      name: 'gu.ning',
      displayName: '顾宁',
      role: 'administrator',
      organisationId,
      password,
    });
    const { gateway } = await admin.create<{ gateway: Gateway }>('/gateways', {
      name: '青山网关',
      stationId: community.station.id,
    });
    const hearing = await enterGateway(hub, community.station.id);
    const ear = await connectGateway(hub, hearing);
    await ear.send('rf433.ev1527.7a410', 'code.received', { data: { signal: 'key.4', rssi: -70 } });
    await ear.end();
    // Nobody listens there, so that a page shows a channel that fails.
    const channel = await admin.create<ChannelView>('/channels', {
      organisationId: community.street.id,
      kind: 'sms',
      name: '街道短信',
      settings: { url: 'http://127.0.0.1:1/send?to={phone}' },
    });
    const answering = (await admin.get<{ items: User[] }>('/users?limit=500')).body.items;
    await admin.create(`/organisations/${community.station.id}/duty/shifts`, {
      userId: answering.find(({ name }) => name === 'li')?.id ?? '',
      firstDay: '2026-01-01',
      weekdays: [1, 2, 3, 4, 5],
      begins: '08:00',
      ends: '02:00',
    });
    await admin.create('/requests', { kind: 'taxi', residentId: community.resident.id, note: '带轮椅' });
    await logInBadly();

    const practice = { stationId: community.station.id, kind: 'smoke' };
    const begun = { dwellingId: community.dwelling.id };
    const commissioning = await admin.create<{ id: string }>('/commissionings', begun);
    const drill = await admin.create<Drill>('/drills', practice);
    const guNing = await logIn(hub.url, 'gu.ning', password);
    await guNing.post(`/alarms/${drill.alarmId}/acknowledge`);
    const resident = `/residents/${community.resident.id}`;
    const until = new Date(Date.now() + 86_400_000).toISOString();
    await admin.create(`${resident}/absences`, { kind: 'in-hospital', until, note: '六院' });
    const open = anyAlarm;
    return {
      wall: { path: '/', ready: open },
      'close dialog': {
        path: `/alarms/${fall?.id}`,
        ready: '[data-testid="timeline-acknowledged"]',
        open: async (page) => {
          await page.keyboard.press('c');
          await page.getByTestId('close-dialog').waitFor();
          await page.keyboard.press('-');
          await page.keyboard.press('Control+Enter');
          await page.locator('[data-testid="close-complaint"]:not(:empty)').waitFor();
        },
        leave: escape,
      },
      alarm: { path: `/alarms/${help?.id}`, ready: '[data-testid="timeline-raised"]' },
      'case file': {
        path: `/alarms/${tamper?.id}/case-file`,
        ready: '[data-testid="chain-verdict"]',
      },
      numbers: {
        path: '/numbers',
        ready: '[data-testid="number-within60s"]',
        open: (page) => page.locator('[data-testid="definition-within60s"] summary').click(),
      },
      records: { path: '/records', ready: '[data-testid="records"] td' },
      drills: { path: '/drills', ready: '[data-testid="drills"] td' },
      'wall with a drill': { path: '/', ready: '[data-testid="drill-band"]' },
      'alarm of a drill': { path: `/alarms/${drill.alarmId}`, ready: '[data-testid="drill-notice"]' },
      'call-back': {
        path: `/alarms/${drill.alarmId}`,
        ready: '[data-testid="answer-reached"]:enabled',
        open: (page) => page.keyboard.press('b'),
        leave: escape,
      },
      'closing an emergency': {
        path: `/alarms/${drill.alarmId}`,
        ready: '[data-testid="answer-reached"]:enabled',
        open: async (page) => {
          await page.keyboard.press('c');
          await page.getByTestId('close-proof').waitFor();
          await page.keyboard.press('1');
          // Nothing is sent while the feed is out of touch for a moment.
          await eventuallyTold(async () => {
            await page.keyboard.press('Control+Enter');
            await page.locator('[data-testid="close-complaint"]:not(:empty)').waitFor({ timeout: 2_000 });
          });
        },
        leave: escape,
      },
      'absence dialog': {
        path: `/alarms/${help?.id}`,
        ready: '[data-testid="alarm-absence"][data-absent="true"]',
        open: async (page) => {
          await page.keyboard.press('h');
          await page.getByTestId('absence-form').waitFor();
        },
        leave: escape,
      },
      'absences of a resident': { path: `${resident}/absences`, ready: '[data-testid="absence-running"]' },
      'wall with who is away': {
        path: '/',
        ready: '[data-testid="away-line"]',
        open: (page) => page.getByTestId('away-line').locator('button').click(),
        leave: (page) => page.getByTestId('away-line').locator('button').click(),
      },
      'closed alarm': { path: `/alarms/${tamper?.id}`, ready: '[data-testid="timeline-closed"]' },
      keys: { path: '/', ready: open, open: (page) => page.keyboard.press('?'), leave: escape },
      palette: {
        path: '/',
        ready: open,
        open: async (page) => {
          await page.keyboard.press('Control+k');
          await page.getByTestId('palette-input').fill('王');
          await page.locator('[role="option"]').nth(1).waitFor();
        },
        leave: escape,
      },
      sound: {
        path: '/',
        ready: open,
        open: (page) => page.getByTestId('sound-state').click(),
        leave: escape,
      },
      'user menu': {
        path: '/',
        ready: open,
        open: (page) => page.getByTestId('user-menu').click(),
        leave: escape,
      },
      'sound check': {
        path: '/',
        ready: open,
        open: async (page) => {
          await page.getByTestId('sound-unconfirmed').getByRole('button').click();
          await page.getByTestId('audio-check').waitFor();
        },
        leave: escape,
      },
      ...pagesBesideTheWall({ community, hearing, gateway, commissioning, channel, user }),
    };
  }

  function openAlarmOf(deviceId: string): Promise<AlarmView> {
    return eventuallyTold(async () => {
      const { items } = (await hub.admin.get<{ items: AlarmView[] }>('/alarms')).body;
      const alarm = items.find((open) => open.deviceId === deviceId);
      if (alarm === undefined) throw new Error(`no open alarm of ${deviceId}`);
      return alarm;
    });
  }

  /** A refusal, so that the page of them is not empty. */
  async function logInBadly(): Promise<void> {
    await expect(logIn(hub.url, 'li', 'a wrong password')).rejects.toThrow('401');
    await eventuallyTold(async () => {
      const { items } = (await hub.admin.get<{ items: unknown[] }>('/refusals')).body;
      expect(items.length).toBeGreaterThan(0);
    });
  }

  it.each(Object.entries(matrix))(
    'finds nothing serious on any page, and each fits a phone, a laptop and a large screen (%s)',
    async (language, rules) => {
      const station = await openStationPage(browser, hub.url, {
        beforeLoad: speaking(language as keyof typeof matrix),
      });
      const { page } = station;
      const found = new Map<string, string[]>();
      const note = (finding: string, where: string) =>
        found.set(finding, [...(found.get(finding) ?? []), where]);
      const look = async (name: string) => {
        for (const misfit of await misfitsOf(page)) note(misfit, name);
        for (const [wanted, media] of Object.entries(looks)) {
          if (!(wanted in rules)) continue;
          await page.emulateMedia(media);
          await page.locator(`html[data-theme="${wanted}"]`).waitFor();
          const narrowed = rules[wanted as keyof typeof rules];
          for (const finding of told(await axeFindings(page, axe, narrowed))) {
            note(finding, `${name} (${wanted})`);
          }
        }
      };
      await look('log-in');
      await logInThrough(station, 'gu.ning');
      for (const [name, { path, ready, open, leave }] of Object.entries(stops)) {
        await page.evaluate(goTo(path));
        await page.locator(ready).first().waitFor();
        await open?.(page);
        await look(name);
        await leave?.(page);
      }
      await station.close();
      const report = [...found].map(([finding, where]) => `${finding}\n    on: ${where.join(', ')}`);
      expect(report.join('\n\n')).toBe('');
    },
    // So many pages in three looks and three sizes, on a machine that does other things too.
    400_000,
  );
});

/** The serious ones, each place for itself. */
function told(violations: readonly Violation[]): string[] {
  return violations
    .filter(({ impact }) => grave.has(impact))
    .flatMap(({ rule, impact, places }) =>
      places.map(({ selector, html, why }) => `${impact} ${rule} at ${selector}\n    ${html}\n    ${why}`),
    );
}
