import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { AuditEntry } from '@carebell/contracts/audit.ts';
import type { CaseFile } from '@carebell/contracts/case-file.ts';
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
import { launchBrowser, logInThrough, openStationPage } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('an emergency, handled in a browser without a mouse', () => {
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let button: VirtualDevice;
  let mine: StationPage;
  let colleagues: StationPage;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    button = await connectDevice(hub, community.button);
    await hub.admin.patch(`/residents/${community.resident.id}`, { handlingNotes: '听力差，大声说' });
    [mine, colleagues] = [await openStationPage(browser, hub.url), await openStationPage(browser, hub.url)];
    await logInThrough(mine, 'li');
    await logInThrough(colleagues, 'zhang');
  });
  afterAll(async () => {
    for (const station of [mine, colleagues]) await station.close();
    await button.end();
    await hub.stop();
    await browser.close();
  });

  const key = (name: string) => mine.page.keyboard.press(name);
  const detail = async (id: string) => (await community.operator.get<AlarmDetail>(`/alarms/${id}`)).body;
  const current = () => mine.page.getByTestId('guide-current').getAttribute('data-step');

  /** Answers the step that is recommended now, and waits until the hub has it. */
  async function answer(step: string, digit: string): Promise<void> {
    await eventually(async () => expect(await current()).toBe(step));
    const done = mine.page.locator(`[data-testid="guide-step-${step}"][data-done="true"]`);
    await eventually(async () => {
      // Too soon after the key before, it counts as the same; the step is still the current one.
      if ((await current()) === step) await key(digit);
      expect(await done.count()).toBe(1);
    });
    await done.and(mine.page.locator('[data-pending="false"]')).waitFor();
  }

  it('from the ring to a closing with its proof, each step on record', async () => {
    await button.send('button.pressed', { data: { key: 'help' } });
    const alarmId = await mine.onlyAlarm();
    await key('ArrowDown');
    await key('Enter');
    await mine.page.waitForURL(`**/alarms/${alarmId}`);
    await mine.page.getByTestId('guide').waitFor();
    // Before it is answered nothing can be done, and nothing will move when it is.
    const before = await mine.page.getByTestId('guide-current').boundingBox();
    await key('1');
    expect((await detail(alarmId)).timeline.map(({ step }) => step)).not.toContain('script-step-done');
    await key('a');
    await eventually(async () => expect(await mine.owner(alarmId).getAttribute('data-mine')).toBe('true'));
    expect(await mine.page.getByTestId('guide-current').boundingBox()).toEqual(before);

    await answer('resident.1', '1');
    await answer('resident', '2');
    await answer('contacts.1', '3');
    // The way in: hidden, then recorded, then shown; to nobody else.
    await eventually(async () => expect(await current()).toBe('access'));
    expect(await mine.page.content()).not.toContain('钥匙在201室');
    await answer('access', '1');
    await eventually(async () =>
      expect(await mine.page.getByTestId('access-note').textContent()).toContain('钥匙在201室李阿姨处'),
    );
    await key('d');
    await mine.page.getByTestId('access-hidden').waitFor();
    expect(await mine.page.content()).not.toContain('钥匙在201室');
    await colleagues.page.goto(`${hub.url}/alarms/${alarmId}`);
    await colleagues.page.getByTestId('timeline-access-viewed').waitFor();
    expect(await colleagues.page.content()).not.toContain('钥匙在201室');
    await expect.poll(() => colleagues.page.getByTestId('view-access').isDisabled()).toBe(true);

    // A call-back, set and moved by keys, then done.
    await key('b');
    await mine.page.getByTestId('call-back-card').waitFor();
    await key('2');
    await eventually(async () => expect((await detail(alarmId)).callBack?.isDue).toBe(false));
    await mine.page.getByTestId('timeline-call-back-set').waitFor();
    await key('b');
    await key('0');
    await mine.page.getByTestId('timeline-call-back-done').waitFor();

    await key('n');
    await mine.page.keyboard.type('Daughter is there in ten minutes');
    await key('Enter');
    await mine.page.getByTestId('timeline-noted').waitFor();

    // Nobody has heard or seen her yet: the dialog asks for it.
    await key('c');
    await mine.page.getByTestId('close-dialog').waitFor();
    const chosen = (name: string) => mine.page.getByTestId(name).locator('input').isChecked();
    await eventually(async () => {
      await key('2');
      expect(await chosen('disposition-helped-on-site')).toBe(true);
    });
    await key('Control+Enter');
    await eventually(async () =>
      expect(await mine.page.getByTestId('close-complaint').textContent()).not.toBe(''),
    );
    await expect.poll(() => mine.page.getByTestId('proof-waived').locator('input').isDisabled()).toBe(true);
    await key('Escape');
    await mine.page.getByTestId('close-dialog').waitFor({ state: 'hidden' });
    await answer('dispatch', '0');
    await answer('seen', '1');
    await eventually(async () => expect((await detail(alarmId)).proofs).toEqual(['on-site']));
    await key('c');
    await mine.page.getByTestId('close-dialog').waitFor();
    expect(await chosen('proof-on-site')).toBe(true);
    await eventually(async () => {
      await key('2');
      expect(await chosen('disposition-helped-on-site')).toBe(true);
    });
    await key('Control+Enter');
    await eventually(async () => expect((await detail(alarmId)).phase).toBe('closed'));

    const closed = await detail(alarmId);
    expect(closed.closingProof).toEqual({ basis: 'recorded', proof: 'on-site' });
    const steps = closed.timeline.flatMap((entry) =>
      entry.step === 'script-step-done' ? [`${entry.key} ${entry.answer} ${entry.user.displayName}`] : [],
    );
    expect(steps).toEqual([
      'resident.1 done li',
      'resident no-answer li',
      'contacts.1 coming li',
      'access done li',
      'dispatch done li',
      'seen yes li',
    ]);
    const file = await hub.admin.get<CaseFile>(`/alarms/${alarmId}/case-file`);
    expect(file.body.chain).toMatchObject({ holds: true });
    expect(JSON.stringify(file.body)).not.toContain('钥匙在201室');
    const audit = await hub.admin.get<{ items: AuditEntry[] }>('/audit?topic=access-views');
    expect(audit.body.items).toMatchObject([{ by: { displayName: 'li' }, fields: [`alarm:${alarmId}`] }]);
  });
});
