import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim } from '@carebell/contracts/claims.ts';
import { claimPassword } from '@carebell/contracts/claim-code.ts';
import { claimMessageSchema } from '@carebell/contracts/claims.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { buildTopic } from '@carebell/contracts/topics.ts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { serviceOrSkip } from '../services.ts';
import { connectTo } from '../virtual-party.ts';
import { axeFindings, readAxe } from './axe-in-chromium.ts';
import { builtDashboard } from './built-dashboard.ts';
import { filming, filmOf } from './fake-camera.ts';
import { misfitsOf } from './fits.ts';
import { goTo, launchBrowser, openStationPage, speaking } from './station-page.ts';

const chromium = serviceOrSkip('chromium') ?? '';
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

describe.skipIf(chromium === '')('an installer with a phone at a dwelling', () => {
  let folder: string;
  let browser: Browser;
  let hub: ScenarioHub;
  let community: Community;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carebell-registering-'));
    browser = await launchBrowser(chromium);
    hub = await startHub({ dashboardDir: builtDashboard() });
    community = await settle(hub);
    page = await loggedIn(browser, 'en');
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    rmSync(folder, { recursive: true });
  });

  async function loggedIn(
    used: Browser,
    language: 'en' | 'zh-CN',
    options: BrowserContextOptions = phone,
    url = hub.url,
  ): Promise<Page> {
    const station = await openStationPage(used, url, { ...options, beforeLoad: speaking(language) });
    await station.page.getByTestId('login-name').fill('zhao');
    await station.page.getByTestId('login-password').fill(password);
    await station.page.getByTestId('login-submit').click();
    await station.page.getByTestId('user-menu').waitFor();
    return station.page;
  }

  const tap = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const next = () => tap('Next');

  async function chooseDwelling(): Promise<void> {
    await page.evaluate(goTo('/workbench/register'));
    const choice = page.getByLabel('Dwelling');
    await choice.click();
    await choice.fill('安宁路100弄');
    await page.locator('.ant-select-item-option').first().click();
    await tap(/^No gateway/);
  }

  it('enters a device with one thumb, goes on after a reload, and sees it fetch its secret', async () => {
    await chooseDwelling();
    await page.getByLabel('ID').fill('phone-btn-1');
    await next();
    await tap('Button');
    await page.reload();
    await next();
    await tap('Bathroom');
    await next();
    await page.getByText('王**').first().waitFor();
    await expect.poll(() => page.locator('main').textContent()).not.toContain(community.resident.name);
    await tap('王**');
    await next();
    await tap('Register');
    await tap('Make a code');
    const code = (await page.getByTestId('claim-code').textContent()) ?? '';
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const client = await connectTo(
      hub,
      { id: 'phone-btn-1', secret: claimPassword(code) },
      { reconnectPeriod: 0 },
    );
    const told = new Promise<string>((resolve) => {
      client.once('message', (_, payload) => resolve(payload.toString()));
    });
    await client.subscribeAsync(buildTopic({ of: 'device', deviceId: 'phone-btn-1', kind: 'claim' }), {
      qos: 1,
    });
    const { secret } = claimMessageSchema.parse(JSON.parse(await told));
    await client.endAsync(true);
    const device = await connectTo(hub, { id: 'phone-btn-1', secret });
    await page.getByText('The secret has arrived and was signed in with').waitFor();
    await device.endAsync(true);
    expect((await hub.admin.get<Device>('/devices/phone-btn-1')).body).toMatchObject({
      type: 'button',
      room: 'Bathroom',
      residentId: community.resident.id,
      dwellingId: community.dwelling.id,
    });
    expect((await hub.admin.get<Claim>('/devices/phone-btn-1/claim')).body.state).toBe('used');
    await tap('Next device');
    await page.getByText('Entered here: 1').waitFor();
  });

  it('is led back to the question about which the hub found something wrong', async () => {
    await page.getByLabel('ID').fill('phone-btn-1');
    for (let question = 0; question < 4; question++) await next();
    await tap('Register');
    await page.getByText('question 1 of 5').waitFor();
    await page.locator('[data-field="id"] .field-error').waitFor();
    expect(await misfitsOf(page)).toEqual([]);
    await page.setViewportSize(phone.viewport);
    expect(await axeFindings(page, await readAxe(browser))).toEqual([]);
  });

  it('reads labels with the camera: a page opens, and a form is filled', async () => {
    await page.evaluate(goTo(`/labels?dwelling=${community.dwelling.id}`));
    const codes = page.locator('.label');
    await eventually(async () => expect(await codes.count()).toBeGreaterThan(3));
    const text = await page.locator(`.label[data-code$="/d/${community.door.id}"]`).getAttribute('data-code');
    expect(text).toBe(`${hub.url}/d/${community.door.id}`);
    await expect.poll(() => page.locator('main').textContent()).not.toContain(community.resident.name);
    const film = join(folder, 'label.y4m');
    await filmOf(page, `.label[data-code$="/d/${community.door.id}"] svg`, film);
    expect(await misfitsOf(page)).toEqual([]);
    await page.setViewportSize(phone.viewport);

    const camera = await launchBrowser(chromium, filming(film));
    try {
      const scanning = await loggedIn(camera, 'zh-CN');
      await scanning.evaluate(goTo('/scan'));
      await scanning.waitForURL(`**/devices/${community.door.id}`);
      await scanning.evaluate(goTo('/workbench/register'));
      const choice = scanning.getByLabel('住所');
      // On a slow machine the page still settles, and the list that was opened closes: who chooses opens it again.
      await eventually(async () => {
        await choice.click();
        await choice.fill('安宁路100弄');
        await scanning.locator('.ant-select-item-option').first().click({ timeout: 3_000 });
      });
      await scanning.getByRole('button', { name: /^不用网关/ }).click();
      await scanning.getByRole('button', { name: '扫码' }).click();
      await eventually(async () => {
        expect(await scanning.getByLabel('编号', { exact: true }).inputValue()).toBe(community.door.id);
      });
    } finally {
      await camera.close();
    }
  });

  it('opens the page of a label that the phone’s own camera has read, after the log-in', async () => {
    const fresh = await openStationPage(browser, `${hub.url}/d/${community.door.id}`, {
      ...phone,
      beforeLoad: speaking('en'),
    });
    await fresh.page.getByTestId('login-name').fill('zhao');
    await fresh.page.getByTestId('login-password').fill(password);
    await fresh.page.getByTestId('login-submit').click();
    await fresh.page.waitForURL(`**/devices/${community.door.id}`);
    await fresh.page.locator('main code', { hasText: community.door.id }).first().waitFor();
    await expect.poll(() => fresh.page.locator('main h1').textContent()).not.toBe('');
    await fresh.close();
  });

  it('is told why there is no camera on plain HTTP, and types the identifier', async () => {
    const insecure = await launchBrowser(chromium, ['--host-resolver-rules=MAP hub.example 127.0.0.1']);
    try {
      const url = hub.url.replace('127.0.0.1', 'hub.example');
      const plain = await loggedIn(insecure, 'en', phone, url);
      await plain.evaluate(goTo('/scan'));
      await plain.locator('.scan-refused[data-reason="insecure"]').waitFor();
      await plain.getByLabel('or type the identifier').fill(community.door.id);
      await plain.getByRole('button', { name: 'OK' }).click();
      await plain.waitForURL(`**/devices/${community.door.id}`);
      await plain.locator('.scan-dialog').waitFor({ state: 'detached' });
      expect(plain.url()).toContain('hub.example');
    } finally {
      await insecure.close();
    }
  });

  it('exchanges a device whose history goes on, and retires one', async () => {
    await page.evaluate(goTo(`/devices/${community.door.id}`));
    await tap('Exchange the hardware');
    await page.getByRole('dialog').getByLabel('ID').fill('new-door');
    await page.getByRole('dialog').getByRole('button', { name: 'Register' }).click();
    await tap('I have it');
    await page.getByTestId('replaces').waitFor();
    expect(page.url()).toContain('/devices/new-door');
    expect(await misfitsOf(page)).toEqual([]);
    await page.setViewportSize(phone.viewport);
    await tap('Retire');
    await page.getByRole('dialog').getByRole('button', { name: 'Retire' }).click();
    await page.getByTestId('retired').waitFor();
  });

  it('enters a list from Excel after a look at it, and sees what is wrong by row and column', async () => {
    await page.evaluate(goTo('/transfer'));
    const csv = (lines: string[]) => Buffer.from(`\uFEFF${lines.join('\r\n')}`);
    const wrong = [
      '设备编号 id,类型 type,stationId',
      `listed-1,按钮,${community.station.id}`,
      'x y,toaster,',
    ];
    const chooser = page.getByTestId('import-devices');
    await chooser.setInputFiles({ name: 'devices.csv', mimeType: 'text/csv', buffer: csv(wrong) });
    const errors = page.getByTestId('import-errors');
    await errors.waitFor();
    await expect.poll(() => errors.locator('tbody tr').count()).toBe(2);
    await expect.poll(() => errors.textContent()).toContain('toaster');
    const { body } = await hub.admin.get('/devices/listed-1');
    expect(body).toMatchObject({ status: 404 });
    const right = wrong.slice(0, 2);
    await chooser.setInputFiles({ name: 'devices.csv', mimeType: 'text/csv', buffer: csv(right) });
    await page.getByTestId('import-preview').waitFor();
    await tap('Enter 1');
    await page.getByTestId('issued-secrets').waitFor();
    await chooser.setInputFiles(join(import.meta.dirname, 'devices.xlsx'));
    const preview = page.getByTestId('import-preview');
    await eventually(async () => expect(await preview.textContent()).toContain('阳台门'));
    await expect.poll(() => preview.locator('tbody tr').count()).toBe(2);
    await expect.poll(() => preview.textContent()).toContain('4711');
    expect((await hub.admin.get<Device>('/devices/listed-1')).body).toMatchObject({ type: 'button' });
  });
});
