import type { RequestPage } from '@carebell/contracts/service-requests.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');
const limits = { takenMs: 300_000, arrangedMs: 1_200_000, doneMs: 7_200_000, answerMs: 600_000 };
const taxi = {
  kind: 'taxi',
  name: { 'zh-CN': '叫车', en: 'Taxi' },
  fields: [{ key: 'destination', label: { 'zh-CN': '去哪里', en: 'Where to' }, isRequired: true }],
  providers: [{ id: 'cab', name: '申城出租', phone: '021 62580000' }],
  limits,
};

describe.skipIf(chromium === undefined)('the queue of service requests', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let button: VirtualDevice;
  let station: StationPage;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    button = await connectDevice(hub, community.button);
    await hub.admin.put(`/organisations/${community.street.id}/services`, { services: [taxi] });
    await hub.admin.create('/users', {
      name: 'gu.ning',
      displayName: '顾宁',
      role: 'administrator',
      organisationId: 'root',
      password,
    });
    station = await openStationPage(browser, hub.url);
    await logInThrough(station, 'li');
  });
  afterAll(async () => {
    await station.close();
    await button.end();
    await hub.stop();
    await browser.close();
  });

  const press = (key: string) => button.send('button.pressed', { data: { key } });
  const requests = async (view: string) =>
    (await community.operator.get<RequestPage>(`/requests?view=${view}`)).body.items;

  it('stands on the wall below every alarm, under a heading of its own', async () => {
    const { page } = station;
    await press('taxi');
    await page.getByTestId('requests-heading').waitFor();
    await press('help');
    await eventually(async () => {
      const rows = page.locator('[data-testid^="alarm-"][data-phase]');
      const kinds = await Promise.all((await rows.all()).map((row) => row.getAttribute('data-priority')));
      expect(kinds).toEqual(['emergency', 'service']);
    });
  });

  it('is worked by the keyboard: chosen, taken, opened; and the resident is told', async () => {
    const { page } = station;
    await page.evaluate(goTo('/requests'));
    const [asked] = await eventually(async () => {
      const found = await requests('new');
      expect(found).toHaveLength(1);
      return found;
    });
    const line = page.getByTestId(`request-${asked?.id}`);
    await line.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('a');
    await page.locator(`[data-testid="request-${asked?.id}"][data-phase="taken"]`).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('request-timeline').waitFor();
    await page.getByTestId('step-resident-told').first().waitFor();
    expect(button.told).toContain('answered');
  });

  it('is offered to a provider who was called, arranged, done, and the resident asked how it was', async () => {
    const { page } = station;
    await page.getByTestId('said-destination').fill('华山医院');
    await page.getByTestId('keep-said').click();
    await page.getByTestId('step-changed').waitFor();
    await page.getByTestId('offer').click();
    await page.getByTestId('called-cab').click();
    await page.getByTestId('offer-open').waitFor();
    await page.getByTestId('offer-accepted').click();
    await page.locator('[data-testid="request-phase"][data-phase="arranged"]').waitFor();
    await page.getByTestId('done').click();
    await page.locator('[data-testid="request-phase"][data-phase="done"]').waitFor();
    await page.getByTestId('feedback-5').click();
    await page.getByTestId('step-feedback').waitFor();
    const [over] = await requests('done-today');
    expect(over).toMatchObject({
      phase: 'done',
      feedback: { score: 5 },
      details: { destination: '华山医院' },
    });
  });

  it('takes a request by telephone, and shows at once what another screen does with it', async () => {
    const { page } = station;
    await page.evaluate(goTo('/requests'));
    await page.getByTestId('requests-empty').waitFor();
    await page.keyboard.press('n');
    await page.getByTestId('request-form').waitFor();
    await page.keyboard.type('王秀英');
    await page.locator('.ant-select-item-option').first().click();
    await page.getByTestId('enter-request').click();
    await page.getByTestId('request-timeline').waitFor();
    const [mine] = await requests('mine');
    expect(mine).toMatchObject({ askedBy: 'phone', kind: 'taxi', owner: { displayName: 'li' } });
    await community.colleague.create(`/requests/${mine?.id}/take`, { takeOver: true });
    await page.getByTestId('step-taken-over').waitFor();
    await page.getByTestId('cancel').click();
    await page.getByTestId('reason-arranged-otherwise').click();
    await page.locator('[data-testid="request-phase"][data-phase="cancelled"]').waitFor();
  });

  for (const language of ['zh-CN', 'en'] as const)
    it(`fits every screen in ${language}`, async () => {
      const english = await openStationPage(browser, hub.url, { beforeLoad: speaking(language) });
      await logInThrough(english, 'gu.ning');
      await press('taxi');
      const found: string[] = [];
      const { page } = english;
      for (const [path, ready] of [
        ['/requests?view=all', 'requests'],
        [`/requests/${(await requests('done-today'))[0]?.id}`, 'request-timeline'],
        [`/organisations/${community.street.id}/services`, 'services'],
        ['/numbers', 'request-numbers'],
      ] as const) {
        await page.evaluate(goTo(path));
        await page.getByTestId(ready).waitFor();
        found.push(...(await misfitsOf(page)).map((misfit) => `${path} ${misfit}`));
      }
      await page.evaluate(goTo(`/organisations/${community.street.id}/services`));
      await page.getByTestId('edit-taxi').click();
      await page.getByTestId('service-editor').waitFor();
      found.push(...(await misfitsOf(page)).map((misfit) => `editor ${misfit}`));
      await english.close();
      expect(found).toEqual([]);
    });

  it('offers what a manager has entered in the catalogue', async () => {
    const leader = await openStationPage(browser, hub.url);
    await logInThrough(leader, 'gu.ning');
    const { page } = leader;
    await page.evaluate(goTo(`/organisations/${community.station.id}/services`));
    await page.getByTestId('edit-meal').click();
    await page.getByTestId('arrangedMs').fill('45');
    await page.getByTestId('add-provider').click();
    await page.getByTestId('provider-provider-1').locator('input').first().fill('社区食堂');
    await page.getByTestId('save-service').click();
    await page.getByTestId('service-meal').getByText('社区食堂').waitFor();
    await leader.close();
    const { id } = await community.operator.create<{ id: string }>('/requests', {
      kind: 'meal',
      residentId: community.resident.id,
    });
    const { body } = await community.operator.get<{ service: { limits: { arrangedMs: number } } }>(
      `/requests/${id}`,
    );
    expect(body.service).toMatchObject({
      limits: { arrangedMs: 2_700_000 },
      providers: [{ name: '社区食堂' }],
    });
  });
});
