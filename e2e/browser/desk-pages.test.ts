import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { EscalationPolicies } from '@carebell/contracts/escalation.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { openFarWebhook } from '../far-webhook.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('the pages behind the alarm desk', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    const user = { name: 'gu.ning', displayName: '顾宁', role: 'administrator', organisationId: 'root' };
    await hub.admin.create('/users', { ...user, password });
  });
  afterAll(async () => {
    await hub.stop();
    await browser.close();
  });

  async function on(path: string, name: string, work: (page: Page) => Promise<void>): Promise<void> {
    const station = await openStationPage(browser, hub.url, { beforeLoad: speaking('en') });
    await logInThrough(station, name);
    await station.page.evaluate(goTo(path));
    await work(station.page);
    await station.close();
  }

  it('show a policy as a time line while it is written, refuse an unsafe one at its field, and keep it', async () => {
    const { id } = community.station;
    await on(`/organisations/${id}/escalation`, 'gu.ning', async (page) => {
      await page.getByTestId('new-policies').click();
      await page.keyboard.type('Calls of Peace One');
      const firstStep = page.locator('[data-step="1"]');
      await firstStep.locator('input').first().fill('300');
      const preview = page.getByTestId('policy-preview');
      await preview.locator('[data-at="300000"]').getByText('Step 1: station').waitFor();
      await expect.poll(() => firstStep.locator('.field-error').textContent()).toContain('within 1 min');
      await firstStep.locator('input').first().fill('5');
      await firstStep.locator('.field-error').waitFor({ state: 'detached' });
      await page.getByTestId('save-policy').click();
      await page.getByTestId('own-policies').getByText('Calls of Peace One').waitFor();
    });
    const path = `/organisations/${id}/escalation-policies`;
    const { policies } = (await hub.admin.get<EscalationPolicies>(path)).body;
    expect(policies).toMatchObject([{ name: 'Calls of Peace One', steps: [{ afterMs: 5_000 }, {}, {}, {}] }]);
  });

  it('set up a webhook, try it, and show what it answered', async () => {
    const far = await openFarWebhook();
    await on('/channels/new', 'gu.ning', async (page) => {
      await page.locator('main .ant-select').first().click();
      await page.getByTitle('webhook').last().click();
      await page.locator('[data-field="name"] input').fill('Street office');
      await page.locator('[data-field="url"] input').fill(far.url);
      await page.locator('[data-field="secret-signing"] input').fill('long enough to sign with');
      await page.getByTestId('save-channel').click();
      await page.getByTestId('send-test').click();
      const outcome = page.getByTestId('test-outcome');
      await expect.poll(() => outcome.textContent()).toContain('Delivered');
      far.fail(true);
      await page.getByTestId('send-test').click();
      await page.locator('[data-testid="test-outcome"][data-good="false"]').waitFor();
      await expect.poll(() => outcome.textContent()).toContain('the provider failed');
      await page.locator('[data-testid="channel-state"][data-state="failing"]').waitFor();
      expect(await page.content()).not.toContain('long enough to sign with');
    });
    expect(far.messages).toHaveLength(1);
    await far.close();
  });

  it('hand all open alarms of an operator to another, by keys', async () => {
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    const alarm = await eventually(async () => {
      const [found] = (await community.operator.get<{ items: AlarmView[] }>('/alarms')).body.items;
      expect(found).toBeDefined();
      return found;
    });
    await community.operator.post(`/alarms/${alarm?.id}/acknowledge`);
    await on('/hand-over', 'li', async (page) => {
      const form = page.getByTestId('hand-over-all');
      await form.getByText('Hand over 1').waitFor();
      await form.getByRole('combobox').focus();
      await page.keyboard.press('Enter');
      await page.getByTitle('zhang').waitFor();
      await page.keyboard.press('Enter');
      await form.getByTestId('hand-over-submit').focus();
      await page.keyboard.press('Enter');
      await form.getByText('1 handed over to').waitFor();
    });
    const { owner } = (await hub.admin.get<AlarmView>(`/alarms/${alarm?.id}`)).body;
    expect(owner?.displayName).toBe('zhang');
    await button.end();
  });
});
