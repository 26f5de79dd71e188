import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { User } from '@carebell/contracts/registry.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueDevice, password, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { closeAlarm } from '../lookout.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { launchBrowser, logInThrough, openStationPage } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
const mosquittoPub = serviceOrSkip('mosquitto_pub');

describe.skipIf(chromium === undefined)('the wall in a browser', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  /** A button of its own for each test: one that calls again and again is an alarm in itself. */
  let account: SignedIn;
  let button: VirtualDevice;
  const opened: StationPage[] = [];

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
  });
  beforeEach(async () => {
    const home = { dwellingId: community.dwelling.id, residentId: community.resident.id };
    account = await issueDevice(hub.admin, { type: 'button', name: '床头按钮', room: '卧室', ...home });
    button = await connectDevice(hub, account);
  });
  afterEach(async () => {
    await button.end();
    for (const station of opened.splice(0)) await station.close();
  });
  afterAll(async () => {
    await hub.stop();
    await browser.close();
  });

  async function open(...[options]: [Parameters<typeof openStationPage>[2]?]): Promise<StationPage> {
    const station = await openStationPage(browser, hub.url, options);
    opened.push(station);
    return station;
  }

  async function loggedIn(name: string): Promise<StationPage> {
    const station = await open();
    await logInThrough(station, name);
    return station;
  }

  /** A press as any MQTT tool sends it. */
  async function press(): Promise<void> {
    const { id, secret } = account;
    const topic = buildTopic({ of: 'device', deviceId: id, kind: 'event' });
    const payload = JSON.stringify({ id: randomUUID(), kind: 'button.pressed', data: { key: 'help' } });
    if (mosquittoPub === undefined) {
      await button.client.publishAsync(topic, payload, { qos: 1 });
      return;
    }
    const address = [
      '-h',
      '127.0.0.1',
      '-p',
      String(hub.mqttPort),
      '-i',
      `${id}-shell`,
      '-u',
      id,
      '-P',
      secret,
    ];
    await promisify(execFile)(mosquittoPub, [...address, '-q', '1', '-t', topic, '-m', payload]);
  }

  it('shows a press, takes it by a key, tells the resident and the colleague, and closes it without a mouse', async () => {
    const [mine, colleagues] = [await loggedIn('li'), await loggedIn('zhang')];
    await press();
    const alarmId = await mine.onlyAlarm();
    const row = mine.alarm(alarmId);
    for (const text of ['王秀英', '安宁路100弄3号楼502室', '床头按钮']) {
      await expect.poll(() => row.textContent()).toContain(text);
    }
    await expect.poll(() => row.locator('a[href^="tel:"]').getAttribute('href')).toBe('tel:13900000502');
    await expect.poll(() => row.getAttribute('data-phase')).toBe('raised');
    expect(await colleagues.onlyAlarm()).toBe(alarmId);
    await eventually(() => expect(button.told).toEqual(['received']));

    await mine.page.keyboard.press('a');
    await eventually(async () => expect(await colleagues.owner(alarmId).textContent()).toContain('li'));
    await eventually(async () => expect(await mine.owner(alarmId).getAttribute('data-mine')).toBe('true'));
    await expect.poll(() => mine.alarm(alarmId).getAttribute('data-phase')).toBe('acknowledged');
    await eventually(() => expect(button.told).toEqual(['received', 'answered']));

    await mine.page.keyboard.press('c');
    await mine.page.getByTestId('close-dialog').waitFor();
    const choice = mine.page.getByTestId('disposition-helped-by-phone').locator('input');
    await eventually(async () => {
      await mine.page.keyboard.press('1');
      expect(await choice.isChecked()).toBe(true);
    });
    await mine.page.keyboard.press('v');
    await mine.page.keyboard.press('Enter');
    await mine.page.keyboard.type('Her daughter is with her');
    await expect
      .poll(() => mine.page.getByTestId('close-note').inputValue())
      .toBe('Her daughter is with her');
    await mine.page.keyboard.press('Control+Enter');
    for (const station of [mine, colleagues]) await station.page.getByTestId('queue-empty').waitFor();
    await eventually(() => expect(button.told).toEqual(['received', 'answered', 'closed']));

    await colleagues.page.goto(`${hub.url}/alarms/${alarmId}`);
    for (const [step, times] of [
      ['raised', 1],
      ['displayed', 1],
      ['acknowledged', 1],
      ['closed', 1],
      ['reassurance-queued', 3],
      ['reassurance-shown', 3],
    ] as const) {
      const lines = colleagues.page.getByTestId(`timeline-${step}`);
      await eventually(async () => expect([step, await lines.count()]).toEqual([step, times]));
    }
    await expect
      .poll(() => colleagues.page.getByTestId('timeline-closed').textContent())
      .toContain('Her daughter is with her');
    await expect
      .poll(() => colleagues.page.getByTestId('timeline-acknowledged').textContent())
      .toContain('li');
  });

  it('follows an alarm on its own page, where the same keys hold', async () => {
    const station = await loggedIn('li');
    await press();
    const alarmId = await station.onlyAlarm();
    await station.page.keyboard.press('ArrowDown');
    await station.page.keyboard.press('Enter');
    await station.page.waitForURL(`**/alarms/${alarmId}`);
    await station.page.getByTestId('timeline-raised').waitFor();
    await expect
      .poll(() => station.page.getByTestId('resident-phone').getAttribute('href'))
      .toBe('tel:13900000502');
    await station.page.keyboard.press('a');
    await station.page.getByTestId('timeline-acknowledged').waitFor();
    await closeAlarm(hub, alarmId);
    await station.page.getByTestId('timeline-closed').waitFor();
    await station.page.keyboard.press('Escape');
    await station.page.getByTestId('queue-empty').waitFor();
  });

  it('is shown to nobody whose password is wrong, and says why in both languages', async () => {
    const station = await open();
    const { page } = station;
    const problem = page.getByTestId('login-problem');
    await page.getByTestId('login-name').fill('li');
    await page.getByTestId('login-password').fill('a wrong password');
    await page.getByTestId('login-submit').click();
    await eventually(async () => expect(await problem.textContent()).toContain('密码不正确'));
    await expect.poll(() => page.getByTestId('login-password').inputValue()).toBe('');
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-CN');

    await page.getByText('English', { exact: true }).click();
    await eventually(async () => expect(await problem.textContent()).toContain('Wrong name or password'));
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
    await logInThrough(station, 'li');
    await expect.poll(() => page.getByTestId('queue-empty').textContent()).toContain('No open alarms');
    await press();
    const alarmId = await station.onlyAlarm();
    await expect.poll(() => station.alarm(alarmId).textContent()).toContain('Emergency');
    await closeAlarm(hub, alarmId);
    await page.reload();
    await station.feedStateBecomes('live');
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('goes back to the log-in, and says why, when the session has ended', async () => {
    const name = 'wu';
    const { user } = await hub.admin.create<{ user: User }>('/users', {
      name,
      displayName: name,
      role: 'operator',
      organisationId: community.station.id,
      password,
    });
    const station = await loggedIn(name);
    await press();
    const alarmId = await station.onlyAlarm();
    await hub.admin.patch(`/users/${user.id}`, { password: 'quite another password' });
    await station.page.getByTestId('login-name').waitFor();
    await expect.poll(() => station.page.locator('body').textContent()).toContain('登录已过期');
    await expect.poll(() => station.alarm(alarmId).count()).toBe(0);
    await logInThrough(station, name, 'quite another password');
    expect(await station.onlyAlarm()).toBe(alarmId);
    await closeAlarm(hub, alarmId);
  });

  it('reports an alarm as displayed from a visible page only', async () => {
    const hidden = await open({ beforeLoad: visibilityIs('hidden') });
    await logInThrough(hidden, 'li');
    await press();
    const alarmId = await hidden.onlyAlarm();
    const displayedAt = async () => (await hub.admin.get<AlarmDetail>(`/alarms/${alarmId}`)).body.displayedAt;
    // It has stood on the hidden page for as long as two frames and a message to the hub and back take.
    await hidden.page.evaluate(twoFrames);
    await hidden.page.keyboard.press('a');
    await eventually(async () => expect(await hidden.owner(alarmId).getAttribute('data-mine')).toBe('true'));
    expect(await displayedAt()).toBeNull();

    await hidden.page.evaluate(
      `${visibilityIs('visible')}; document.dispatchEvent(new Event('visibilitychange'));`,
    );
    await eventuallyTold(async () => expect(await displayedAt()).not.toBeNull());
    await closeAlarm(hub, alarmId);
  });

  it('with no page open nothing counts as displayed', async () => {
    await press();
    const list = () => hub.admin.get<{ items: AlarmDetail[] }>('/alarms');
    const [alarm] = await eventuallyTold(async () => {
      const { items } = (await list()).body;
      expect(items).toHaveLength(1);
      return items;
    });
    expect(alarm).toMatchObject({ displayedAt: null, displayDeadlineAt: expect.any(String) as string });
    await closeAlarm(hub, alarm?.id ?? '');
  });
});

/** Headless pages are always visible; this one says otherwise of itself. */
function visibilityIs(state: 'hidden' | 'visible'): string {
  return `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' })`;
}

const twoFrames =
  'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))';
