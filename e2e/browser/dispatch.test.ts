import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { DispatchPerson } from '@carebell/contracts/dispatch.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { User } from '@carebell/contracts/registry.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { openFarSmsGateway } from '../far-sms-gateway.ts';
import type { ShortMessage } from '../far-sms-gateway.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { axeFindings, readAxe } from './axe-in-chromium.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('a responder, sent by one key', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let button: VirtualDevice;
  let far: Awaited<ReturnType<typeof openFarSmsGateway>>;
  let channel: ChannelView;
  let mine: StationPage;
  let alarmId: string;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    far = await openFarSmsGateway();
    channel = await hub.admin.create<ChannelView>('/channels', far.channel(community.district.id));
    const { id: organisationId } = community.station;
    const walker = { name: 'zhou', displayName: '周响应', role: 'responder', organisationId, password };
    const { user } = await hub.admin.create<{ user: User }>('/users', walker);
    const addresses = [{ kind: 'sms', address: '13700137000' }];
    await hub.admin.patch(`/users/${user.id}/addresses`, { addresses });
    button = await connectDevice(hub, community.button);
    mine = await openStationPage(browser, hub.url);
    await logInThrough(mine, 'li');
  });
  afterAll(async () => {
    await mine.close();
    await button.end();
    await hub.stop();
    await far.close();
    await browser.close();
  });

  const key = (name: string) => mine.page.keyboard.press(name);
  const detail = async () => (await community.operator.get<AlarmDetail>(`/alarms/${alarmId}`)).body;
  const lineOf = (name: string) =>
    mine.page.locator('[data-testid="dispatch-people"] > li').filter({ hasText: name });
  const isTold = (name: string, told: string) =>
    lineOf(name)
      .and(mine.page.locator(`[data-told="${told}"]`))
      .waitFor();
  const messageTo = (mobile: string, after = 0): Promise<ShortMessage> =>
    eventually(() => {
      const found = far.messages.slice(after).find((message) => message.mobile === mobile);
      expect(found).toBeDefined();
      return found!;
    });
  const linkIn = ({ content }: ShortMessage): string => /http\S+\/r\/[\w.-]+/.exec(content)?.[0] ?? '';
  const asked = async () =>
    (await detail()).timeline.flatMap((entry) =>
      entry.step === 'responder-asked' ? [`${entry.responder.displayName} ${entry.way}`] : [],
    );
  /** A digit at once after the card came counts for the step before: it is pressed until it is taken. */
  async function choose(name: string, digit: string, told: string): Promise<void> {
    await eventually(async () => {
      await key(digit);
      expect(await lineOf(name).getAttribute('data-told')).toBe(told);
    });
  }
  async function digitOf(name: string): Promise<string> {
    const { items } = (
      await community.operator.get<{ items: DispatchPerson[] }>(`/alarms/${alarmId}/responders`)
    ).body;
    return String(items.findIndex(({ displayName }) => displayName === name) + 1);
  }

  it('gets the link by short message, takes it, goes and arrives; the operator sees each', async () => {
    await button.send('button.pressed', { data: { key: 'help' } });
    alarmId = await mine.onlyAlarm();
    await key('ArrowDown');
    await key('Enter');
    await mine.page.getByTestId('guide').waitFor();
    await key('a');
    await eventually(async () => expect(await mine.owner(alarmId).getAttribute('data-mine')).toBe('true'));
    await key('s');
    await lineOf('周响应').waitFor();
    await expect.poll(() => lineOf('zhang').getAttribute('data-way')).toBe('phone');
    await expect.poll(() => lineOf('王丽').textContent()).toContain('⚷');

    await lineOf('周响应').getByTestId('dispatch-send').focus();
    await choose('周响应', await digitOf('周响应'), 'on-its-way');
    const message = await messageTo('13700137000');
    expect(await far.reportDelivered(`${hub.url}${channel.reportPath}`, message)).toBeLessThan(300);
    await isTold('周响应', 'delivered');
    // The same key once more is the same asking.
    await key(await digitOf('周响应'));
    await mine.page.getByText('没有再发').waitFor();
    expect(far.messages.filter(({ mobile }) => mobile === '13700137000')).toHaveLength(1);

    const phone: Page = await (
      await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    ).newPage();
    await phone.goto(linkIn(message));
    await expect.poll(() => phone.getByRole('heading', { level: 1 }).textContent()).toBe('王秀英');
    for (const [name, told] of [
      ['我来处理', 'taken'],
      ['已在路上', 'on-the-way'],
      ['已到现场', 'on-site'],
    ] as const) {
      await phone.getByRole('button', { name }).click();
      await isTold('周响应', told);
      await mine.page.locator(`[data-testid="told-people"] [data-report="${told}"]`).waitFor();
    }
    await phone.context().close();
    expect(await asked()).toEqual(['周响应 link']);
    expect((await detail()).proofs).toEqual(['on-site']);
  });

  it('may be asked in a call, and a link is taken back', async () => {
    await key('p');
    await choose('zhang', await digitOf('zhang'), 'asked-by-phone');
    await key('p');
    await choose('王丽', await digitOf('王丽'), 'on-its-way');
    const link = linkIn(await messageTo('13900000503'));
    expect((await fetch(link)).status).toBe(200);
    await lineOf('王丽').getByTestId('dispatch-withdraw').click();
    await isTold('王丽', 'withdrawn');
    expect((await fetch(link)).status).toBe(404);
    await mine.page.getByTestId('timeline-link-withdrawn').waitFor();
    // Of the step of the script that sends somebody it is known that it was done.
    const done = (await detail()).timeline.filter(({ step }) => step === 'script-step-done');
    expect(done).toMatchObject([{ key: 'dispatch', answer: 'done' }]);
  });

  it('fits every screen in both languages, and nothing minds a reader', async () => {
    const english = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    await logInThrough(english, 'li');
    await english.page.goto(`${hub.url}/alarms/${alarmId}`);
    await english.page.getByTestId('send-somebody').click();
    await english.page.getByTestId('dispatch-people').getByText('周响应').waitFor();
    for (const page of [mine.page, english.page]) {
      expect(await misfitsOf(page)).toEqual([]);
      expect(await axeFindings(page, await readAxe(browser))).toEqual([]);
    }
    await english.close();
  });
});
