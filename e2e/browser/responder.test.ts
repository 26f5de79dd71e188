import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ChannelView } from '@carebell/contracts/channels.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { openFarWebhook } from '../far-webhook.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { axeFindings, readAxe } from './axe-in-chromium.ts';
import { launchBrowser } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)("a responder's phone", () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let button: VirtualDevice;
  let far: Awaited<ReturnType<typeof openFarWebhook>>;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub();
    community = await settle(hub);
    far = await openFarWebhook();
    button = await connectDevice(hub, community.button);
    await hub.admin.create<ChannelView>('/channels', {
      organisationId: community.station.id,
      kind: 'webhook',
      name: 'hook',
      settings: { url: far.url },
      secrets: { signing: 'a secret of the two' },
    });
  });
  afterAll(async () => {
    await browser.close();
    await button.end();
    await hub.stop();
    await far.close();
  });

  async function linkFor(
    displayName: string,
    locale: 'zh-CN' | 'en',
  ): Promise<{ alarmId: string; link: string }> {
    await button.send('button.pressed', { data: { key: 'help' } });
    const alarmId = await eventually(async () => {
      const { body } = await community.operator.get<{ items: AlarmView[] }>('/alarms');
      expect(body.items.length).toBeGreaterThan(0);
      return body.items[0]?.id ?? '';
    });
    const path = `/alarms/${alarmId}/notifications`;
    const { notificationId } = await community.operator.create<{ notificationId: string }>(path, {
      recipient: { displayName, locale },
      channels: [{ kind: 'webhook', address: '' }],
    });
    const link = await eventually(() => {
      const mine = far.messages.find(({ id }) => id === notificationId);
      expect(mine?.link).toBeTypeOf('string');
      return mine?.link ?? '';
    });
    return { alarmId, link };
  }

  async function phone(link: string, hasScript: boolean): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 320, height: 568 },
      javaScriptEnabled: hasScript,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(link);
    return page;
  }

  it('without a script takes the call, is on the way, on site and done, and each press stands on the time line', async () => {
    const { alarmId, link } = await linkFor('李阿姨', 'zh-CN');
    const page = await phone(link, false);
    await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).toBe('王秀英');
    await expect.poll(() => page.getByText('钥匙在201室').count()).toBe(0);
    await page.getByRole('button', { name: '我来处理' }).click();
    await page.getByText('钥匙在201室李阿姨处').waitFor();
    await expect
      .poll(() => page.getByRole('link', { name: '拨打老人电话' }).getAttribute('href'))
      .toBe('tel:13900000502');
    for (const name of ['已在路上', '已到现场', '仍需帮助', '已处理完毕']) {
      await page.getByRole('button', { name }).click();
      await page.locator('button[aria-pressed="true"]', { hasText: name }).waitFor();
    }
    await expect.poll(() => page.getByText('钥匙在201室').count()).toBe(0);
    await eventually(async () => expect(button.told).toContain('on-the-way'));
    const { body } = await community.operator.get<AlarmDetail>(`/alarms/${alarmId}`);
    const said = body.timeline.flatMap((entry) =>
      entry.step === 'responder-reported' ? [entry.report] : [],
    );
    expect(said).toEqual(['taken', 'on-the-way', 'on-site', 'help-needed', 'done']);
    await page.context().close();
  });

  it('in English, 320 points wide, shows everything without sideways scrolling and nothing that axe minds', async () => {
    const { link } = await linkFor('Mr Zhang', 'en');
    const page = await phone(link, true);
    await page.getByRole('button', { name: 'I take it' }).click();
    await page.getByText('How to get in', { exact: true }).waitFor();
    await page.getByText('李阿姨: done').waitFor();
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(await axeFindings(page, await readAxe(browser))).toEqual([]);
    await page.context().close();
  });
});
