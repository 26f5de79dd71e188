import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { UserAddresses } from '@carebell/contracts/user-addresses.ts';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { openFarPushService } from '../far-push-service.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { goTo, launchBrowser, logInThrough, openStationPage, speaking } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

/**
 * Chromium subscribes with a push service of its maker only, which is not there: this stands at the place of that one call.
 * All else (permission, worker, encryption, display) is real.
 */
function withPushService(subscription: object): string {
  return `
    const made = (options) => ({ options, endpoint: ${JSON.stringify(subscription)}.endpoint,
      toJSON: () => (${JSON.stringify(subscription)}),
      unsubscribe: async () => { sessionStorage.removeItem('subscribed'); return true; } });
    PushManager.prototype.subscribe = async (options) => {
      sessionStorage.setItem('subscribed', String(options.applicationServerKey));
      return made(options);
    };
    PushManager.prototype.getSubscription = async () =>
      sessionStorage.getItem('subscribed') === null ? null : made({});
  `;
}

describe.skipIf(chromium === undefined)('a browser that is to be told of alarms', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let far: Awaited<ReturnType<typeof openFarPushService>>;
  let station: StationPage;
  let page: Page;
  let cdp: CDPSession;
  let registrationId = '';

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    far = await openFarPushService();
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    station = await openStationPage(browser, hub.url, {
      serviceWorkers: 'allow',
      beforeLoad: `${speaking('en')};${withPushService(far.subscription)}`,
    });
    ({ page } = station);
    await logInThrough(station, 'li');
    cdp = await page.context().newCDPSession(page);
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      registrationId = registrations[0]?.registrationId ?? registrationId;
    });
    await cdp.send('ServiceWorker.enable');
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await page.evaluate(goTo('/settings'));
  });
  afterAll(async () => {
    await station.close();
    await hub.stop();
    await far.close();
    await browser.close();
  });

  const stateBecomes = (state: string) =>
    page.locator(`[data-testid="browser-push"][data-state="${state}"]`).waitFor();
  const addresses = async () =>
    (await community.operator.get<UserAddresses>('/users/me/addresses')).body.addresses;
  const deliver = (data: string) =>
    cdp.send('ServiceWorker.deliverPushMessage', { origin: hub.url, registrationId, data });
  /** What the browser shows at this moment. */
  const shown = () =>
    page.evaluate<{ title: string; body: string; tag: string; path: string }[]>(`
      navigator.serviceWorker.ready
        .then((worker) => worker.getNotifications())
        .then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, path: data.path })))
    `);

  it('says that nobody has set up pushes, and that it was blocked', async () => {
    await stateBecomes('not-set-up');
    await hub.admin.create('/channels', {
      organisationId: community.district.id,
      kind: 'web-push',
      name: 'push',
      settings: { subject: 'mailto:hub@example.org', ca: far.certificate },
    });
    // Whatever is not granted then is refused.
    await page.context().grantPermissions(['geolocation'], { origin: hub.url });
    await page.reload();
    await stateBecomes('denied');
    await page.context().grantPermissions(['notifications'], { origin: hub.url });
    await page.reload();
    await stateBecomes('off');
    expect(await addresses()).toEqual([]);
  });

  it('subscribes with the hub’s key at one press, and reads a test that the hub sends', async () => {
    await page.getByTestId('push-allow').click();
    await stateBecomes('on');
    expect(await addresses()).toMatchObject([{ kind: 'web-push' }]);
    await expect.poll(() => page.evaluate('sessionStorage.getItem("subscribed")')).toMatch(/^[\w-]{87}$/);
    await page.getByTestId('test-address').click();
    await page.getByTestId('test-address-outcome').getByText('Sent').waitFor();
    await eventually(() => expect(registrationId).not.toBe(''));
    await eventually(async () => {
      // On a busy machine the worker may not be there for the first; a repeat replaces it.
      await deliver(far.messages.at(-1) ?? '');
      const [notification] = await shown();
      expect(notification).toMatchObject({ path: '/' });
      expect(notification?.title).toContain('测试消息');
    });
  });

  it('shows a real alarm, once for each message, and opens it in the page at a press', async () => {
    await page.getByText('English', { exact: true }).last().click();
    await eventually(async () =>
      expect((await community.operator.get<UserAddresses>('/users/me/addresses')).body.locale).toBe('en'),
    );
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    const text = await eventually(async () => {
      const found = far.messages.find((message) => message.includes('Call for help'));
      expect(found).toBeDefined();
      return found ?? '';
    });
    const [alarm] = (await community.operator.get<{ items: AlarmView[] }>('/alarms')).body.items;
    const notification = await eventually(async () => {
      await deliver(text);
      await deliver(text);
      const found = (await shown()).filter(({ title }) => title.includes('Call for help'));
      expect(found).toHaveLength(1);
      return found[0];
    });
    expect(notification).toMatchObject({ path: `/alarms/${alarm?.id}` });
    expect(notification?.title).toMatch(/^Carebell Emergency: 王秀英/);

    const [worker] = page.context().serviceWorkers();
    await worker?.evaluate(`
      self.registration.getNotifications().then((all) => {
        const notification = all.find(({ title }) => title.includes('Call for help'));
        self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
      })
    `);
    await page.waitForURL(new RegExp(`/alarms/${alarm?.id}$`));
    await button.end();
  });

  it('still says something of a push that it cannot read', async () => {
    await eventually(async () => {
      await deliver('no JSON');
      expect((await shown()).map(({ body }) => body)).toContain('no JSON');
    });
  });

  it('is forgotten at a press, and by itself when nobody is behind the subscription', async () => {
    const gone = { kind: 'web-push', address: JSON.stringify(far.subscription) };
    await page.evaluate(goTo('/settings'));
    await page.getByTestId('push-end').click();
    await stateBecomes('off');
    expect(await addresses()).toEqual([]);

    await community.operator.patch('/users/me/addresses', { addresses: [gone] });
    far.answerWith(410);
    const button = await connectDevice(hub, community.fallDetector);
    await button.send('fall.detected');
    await eventually(async () => expect(await addresses()).toEqual([]));
    await button.end();
  });
});
