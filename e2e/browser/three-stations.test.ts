import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AlarmView, TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { NewEscalationPolicy } from '@carebell/contracts/escalation.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { Organisation } from '@carebell/contracts/registry.ts';
import type { Report } from '@carebell/contracts/report.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { hubProcess } from '../hub-process.ts';
import type { HubProcess } from '../hub-process.ts';
import { serviceOrSkip } from '../services.ts';
import { connectDevice } from '../virtual-party.ts';
import { builtDashboard } from './built-dashboard.ts';
import { launchBrowser, logInThrough, openStationPage } from './station-page.ts';
import type { StationPage } from './station-page.ts';

const seconds = 1_000;
const minutes = 60 * seconds;
const policy: NewEscalationPolicy = {
  name: 'calls for help',
  kinds: ['help', 'smoke'],
  steps: [
    { afterMs: 0, recipients: ['station-operators'] },
    { afterMs: 3 * seconds, recipients: ['next-station', 'keyholders'] },
    { afterMs: 12 * seconds, recipients: ['street', 'district'] },
  ],
  repeatEveryMs: 5 * minutes,
  acknowledgementExpiresAfterMs: 3 * minutes,
  remindEveryMs: 5 * minutes,
  deadlines: {
    answeredWithinMs: 1 * minutes,
    onSiteWithinMs: { centre: 15 * minutes, remote: 30 * minutes },
    closedWithinMs: 60 * minutes,
  },
};
const keyholders = ['王丽', '王明', '李阿姨', '张叔叔', '小陈'];

const chromium = serviceOrSkip('chromium');

describe.skipIf(chromium === undefined)('three stations, a dead SMS gateway and a hub that is killed', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'carebell-stations-'));
  let browser: Browser;
  let hub: HubProcess;
  let admin: Api;
  let community: Community;
  /** Of the station called, of its street's other station, and of a station below another street. */
  let walls: Record<'near' | 'next' | 'far', StationPage>;
  let alarmId: string;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? '');
    builtDashboard();
    hub = await hubProcess(dataDir);
    await hub.start();
    admin = await logIn(hub.url, 'admin', hub.adminPassword);
    community = await settle(asScenario());
    await furnish();
    const wallOf = async (name: string): Promise<StationPage> => {
      const station = await openStationPage(browser, hub.url, { viewport: { width: 1366, height: 768 } });
      await logInThrough(station, name);
      return station;
    };
    walls = { near: await wallOf('li'), next: await wallOf('chen'), far: await wallOf('sun') };
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    rmSync(dataDir, { recursive: true });
  });

  const asScenario = () => ({ ...hub, dataDir, admin, restart: hub.start, stop: hub.stop });

  async function furnish(): Promise<void> {
    const { district, street, resident } = community;
    const organisation = (level: string, name: string, parentId: string) =>
      admin.create<Organisation>('/organisations', { level, name, parentId });
    const elsewhere = await organisation('street', '长乐街道', district.id);
    const { id: organisationId } = await organisation('station', '长乐一站', elsewhere.id);
    await admin.create('/users', {
      name: 'sun',
      displayName: 'sun',
      role: 'operator',
      organisationId,
      password,
    });
    const contacts = keyholders.map((name, index) => ({
      name,
      relation: '邻居',
      phone: `1390000060${index}`,
      hasKey: true,
    }));
    const { id, version: _, ...record } = resident;
    expect((await admin.patch(`/residents/${id}`, { ...record, contacts })).status).toBe(200);
    // Nobody listens there.
    await admin.create('/channels', {
      organisationId: street.id,
      kind: 'sms',
      name: '街道短信',
      settings: { url: 'http://127.0.0.1:1/send?to={phone}' },
    });
    const policies = { policies: [policy], version: 0 };
    const put = await admin.put(`/organisations/${district.id}/escalation-policies`, policies);
    expect(put.status).toBe(200);
  }

  async function timeline(): Promise<TimelineEntry[]> {
    return (await admin.get<AlarmDetail>(`/alarms/${alarmId}`)).body.timeline;
  }
  const stepsTold = async () =>
    (await timeline()).flatMap((entry) => (entry.step === 'escalated' ? [entry.number] : []));

  it('shows a call that nobody answers to the station, then to the next one, as the policy says', async () => {
    const button = await connectDevice(asScenario(), community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    await button.end();
    alarmId = await walls.near.onlyAlarm();
    await walls.next.alarm(alarmId).waitFor();
    await expect.poll(() => walls.far.alarm(alarmId).count()).toBe(0);
    expect(await stepsTold()).toEqual([2]);
  });

  it('says on the record that the SMS gateway is dead, and raises an alarm about it', async () => {
    await eventually(async () => {
      const failed = (await timeline()).filter(({ step }) => step === 'notification-failed');
      expect(failed.length).toBeGreaterThanOrEqual(keyholders.length);
    });
    await eventually(async () => {
      const { items } = (await admin.get<{ items: AlarmView[] }>('/alarms')).body;
      expect(items.map(({ kind }) => kind)).toContain('channel-suspended');
    });
  });

  it('goes on with the policy after the hub was killed and started again, on the same pages', async () => {
    await hub.kill();
    for (const wall of Object.values(walls)) await wall.feedStateBecomes('disconnected');
    await hub.start();
    admin = await logIn(hub.url, 'admin', hub.adminPassword);
    for (const wall of Object.values(walls)) await wall.feedStateBecomes('live');
    for (const wall of Object.values(walls)) await wall.alarm(alarmId).waitFor();
    expect(await stepsTold()).toEqual([2, 3]);
    await expect.poll(() => walls.near.alarm(alarmId).getAttribute('data-phase')).toBe('raised');
  });

  it('is had by exactly one of two operators who press A at once, and all three see whose it is', async () => {
    await Promise.all([walls.next.page.keyboard.press('a'), walls.far.page.keyboard.press('a')]);
    await eventually(async () => {
      const phases = await Promise.all(
        Object.values(walls).map((wall) => wall.alarm(alarmId).getAttribute('data-phase')),
      );
      expect(new Set(phases)).toEqual(new Set(['acknowledged']));
    });
    const taken = (await timeline()).filter(({ step }) => step === 'acknowledged');
    expect(taken).toHaveLength(1);
    const [owner] = taken.map((entry) => (entry.step === 'acknowledged' ? entry.user.displayName : ''));
    expect(['chen', 'sun']).toContain(owner);
    for (const wall of [walls.near, walls[owner === 'chen' ? 'far' : 'next']]) {
      await expect.poll(() => wall.owner(alarmId).textContent()).toContain(owner);
    }
  });

  it('is closed by its owner with keys, with an outcome and a proof', async () => {
    const [taken] = (await timeline()).filter(({ step }) => step === 'acknowledged');
    const owner =
      taken?.step === 'acknowledged' && taken.user.displayName === 'chen' ? walls.next : walls.far;
    const { page } = owner;
    await page.keyboard.press('c');
    const dialog = page.getByTestId('close-dialog');
    const choose = async (testId: string): Promise<void> => {
      const choice = dialog.getByTestId(testId);
      const key = (await choice.locator('kbd').textContent()) ?? '';
      await eventually(async () => {
        await page.keyboard.press(key);
        expect(await choice.locator('input').isChecked()).toBe(true);
      });
    };
    await choose('disposition-helped-by-phone');
    await choose('proof-voice-contact');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    for (const wall of Object.values(walls)) await wall.alarm(alarmId).waitFor({ state: 'detached' });
    const { body } = await admin.get<AlarmDetail>(`/alarms/${alarmId}`);
    expect(body).toMatchObject({ phase: 'closed', disposition: 'helped-by-phone' });
  });

  it('is counted by the report as the journal tells it', async () => {
    const { body } = await admin.get<Report>('/report');
    const { all, organisations } = body;
    const counted = countedFromJournal(join(dataDir, 'carebell.db'));
    expect(counted).toMatchObject({ cases: 1 });
    expect({
      cases: all.cases,
      open: all.open,
      answeredWithin60s: all.within60s.met,
      answeredWithin180s: all.within180s.met,
      dispositions: all.dispositions,
      answeredAfterMs: all.hops['answered']?.maxMs,
    }).toEqual(counted);
    const station = organisations.find(({ id }) => id === community.station.id);
    expect(station?.numbers.cases).toBe(counted.cases);
  });
});

type JournalStep = {
  step: string;
  kind?: string;
  pressedAtMs?: number;
  disposition?: string;
};

/** The same numbers from the journal's own lines, by other code than the report's. */
function countedFromJournal(file: string) {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db
    .prepare("SELECT alarm_id AS alarmId, at, body FROM journal WHERE type = 'alarm' ORDER BY seq")
    .all() as { alarmId: string; at: number; body: string }[];
  db.close();
  const cases = new Map<string, { pressedAt: number; answeredAt?: number; outcome?: string }>();
  for (const { alarmId, at, body } of rows) {
    const step = JSON.parse(body) as JournalStep;
    if (step.step === 'raised' && step.kind === 'help')
      cases.set(alarmId, { pressedAt: step.pressedAtMs ?? at });
    const known = cases.get(alarmId);
    if (known && step.step === 'acknowledged') known.answeredAt ??= at;
    if (known && step.step === 'closed' && step.disposition !== undefined) known.outcome = step.disposition;
  }
  const all = [...cases.values()];
  const waits = all.flatMap(({ pressedAt, answeredAt }) =>
    answeredAt === undefined ? [] : [answeredAt - pressedAt],
  );
  const dispositions: Record<string, number> = {};
  for (const { outcome } of all)
    if (outcome !== undefined) dispositions[outcome] = (dispositions[outcome] ?? 0) + 1;
  return {
    cases: all.length,
    open: all.filter(({ outcome }) => outcome === undefined).length,
    answeredWithin60s: waits.filter((ms) => ms <= 60_000).length,
    answeredWithin180s: waits.filter((ms) => ms <= 180_000).length,
    dispositions,
    answeredAfterMs: Math.max(...waits),
  };
}
