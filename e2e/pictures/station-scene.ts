import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type { HistoryStatus } from '@carebell/contracts/history.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { Dwelling, Organisation, Resident } from '@carebell/contracts/registry.ts';
import type { Browser } from 'playwright-core';
import { logIn } from '../api.ts';
import { builtDashboard } from '../browser/built-dashboard.ts';
import { issueDevice, password } from '../community.ts';
import { openFarSmsGateway } from '../far-sms-gateway.ts';
import { hastyClock } from '../hasty-clock.ts';
import { livedWeeks } from '../lived-weeks.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectGateway, enterGateway } from '../virtual-gateway.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';
import { openCamera, phone, wall } from './camera.ts';
import { homes } from './homes.ts';
import type { Home } from './homes.ts';
import { offerTaxi, takeProviderPage } from './provider-page.ts';
import type { FarSmsGateway } from './provider-page.ts';
import { whenThere } from './when-there.ts';

const anyAlarm = '[data-testid^="alarm-"][data-phase]';

/** A station of invented people with four calls of different age and kind, and its installer at work. */
export async function pictureStation(browser: Browser): Promise<void> {
  // The hub's clock begins behind and catches up, so that calls have waited for as long as the pictures say.
  let behindMs = 0;
  const clock = { ...hastyClock, now: () => Date.now() - behindMs };
  const hub = await startHub({ clock, dashboardDir: builtDashboard() });
  const messages = await openFarSmsGateway();
  const stationId = await enterStation(hub, messages);
  const devices = new Map<string, VirtualDevice>();
  for (const [name, home] of Object.entries(homes)) devices.set(name, await settle(hub, stationId, home));

  const called = async (name: keyof typeof homes, agoMs: number): Promise<AlarmView> => {
    behindMs = agoMs;
    const { kind, ...more } = homes[name].call;
    await devices.get(name)?.send(kind, more);
    // What a screen has shown in time is not shown to other stations when the clock catches up.
    return whenThere(async () =>
      [...colleague.alarms.values()].find(
        ({ deviceId, displayedAt }) => deviceId === homes[name].device.id && displayedAt !== null,
      ),
    );
  };
  // The colleague's screen answers the fall; the others wait.
  const colleague = await openScreen(hub, await logIn(hub.url, 'chen.min', password));
  await called('battery', 140_000);
  const fall = await called('fall', 95_000);
  await toldResident(hub, fall.id, 'received');
  behindMs = 88_000;
  await colleague.acknowledge(fall.id);
  await toldResident(hub, fall.id, 'answered');
  const taxi = await called('taxi', 31_000);
  await called('help', 14_000);
  behindMs = 0;

  const operator = { name: 'wang.li', password };
  const ofFall = { path: `/alarms/${fall.id}`, ready: '[data-testid="timeline-acknowledged"]' };
  const day = await openCamera(browser, hub.url, operator);
  await day.take('wall', { path: '/', ready: anyAlarm });
  await day.take('alarm', ofFall);
  await day.close();
  const night = await openCamera(browser, hub.url, operator, { colorScheme: 'dark' });
  await night.take('wall-night', { path: '/', ready: anyAlarm });
  await night.close();
  const hand = await openCamera(browser, hub.url, operator, phone);
  await hand.take('phone', { path: '/', ready: anyAlarm });
  await hand.close();
  const large = await openCamera(browser, hub.url, operator, wall);
  await large.take('wall-screen', { path: '/wall-screen', ready: anyAlarm });
  await large.close();

  const { residentId, dwellingId } = fall;
  if (residentId === null || dwellingId === null) throw new Error('the fall is of nobody');
  for (const { id, owner } of colleague.alarms.values()) if (owner === null) await colleague.acknowledge(id);
  await takeProviderPage(browser, hub, { messages, alarmId: taxi.id });
  await takeVisitor(browser, hub);
  await takeSupervisor(browser, hub, stationId);
  await takeInstaller(browser, hub, { stationId, residentId, dwellingId });

  colleague.close();
  for (const device of devices.values()) await device.end();
  await hub.stop();
  await messages.close();
}

async function enterStation({ admin }: ScenarioHub, messages: FarSmsGateway): Promise<string> {
  const enter = (level: string, name: string, parentId: string) =>
    admin.create<Organisation>('/organisations', { level, name, parentId });
  const district = await enter('district', '安宁区', 'root');
  const street = await enter('street', '青山街道', district.id);
  const { id: organisationId } = await enter('station', '青山社区养老服务驿站', street.id);
  for (const user of [
    { name: 'wang.li', displayName: '王丽', role: 'operator', organisationId },
    { name: 'chen.min', displayName: '陈敏', role: 'operator', organisationId },
    { name: 'lu.bin', displayName: '陆斌', role: 'responder', organisationId },
    { name: 'sun.wei', displayName: '孙伟', role: 'installer', organisationId },
    { name: 'zhou.hong', displayName: '周红', role: 'street-supervisor', organisationId: street.id },
  ]) {
    await admin.create('/users', { ...user, password });
  }
  await offerTaxi(admin, { districtId: district.id, messages });
  return organisationId;
}

async function settle(hub: ScenarioHub, stationId: string, home: Home): Promise<VirtualDevice> {
  const { admin } = hub;
  const { address, access, resident, device } = home;
  const { id: dwellingId } = await admin.create<Dwelling>('/dwellings', { stationId, address, access });
  const { id: residentId } = await admin.create<Resident>('/residents', { ...resident, dwellingId });
  return connectDevice(hub, await issueDevice(admin, { ...device, dwellingId, residentId }));
}

/** A visitor with a phone: who is due, and the form of one visit. */
async function takeVisitor(browser: Browser, hub: ScenarioHub): Promise<void> {
  const visitor = await openCamera(browser, hub.url, { name: 'lu.bin', password }, phone);
  const due = '[data-testid^="due-"]';
  await visitor.take('visits-phone', { path: '/visits', ready: due });
  await visitor.take('visit-form-phone', {
    path: '/visits',
    ready: due,
    before: async (page) => {
      await page.locator('[data-testid^="record-"]').first().click();
      await page.getByTestId('visit-form').waitFor();
      await page.getByText('和往常一样').click();
      await page
        .getByText('防滑', { exact: true })
        .or(page.getByText('用电', { exact: true }))
        .first()
        .click();
    },
  });
  await visitor.close();
}

/** What holds at the station for alarms, and what the hub notices by itself. */
async function takeSupervisor(browser: Browser, hub: ScenarioHub, stationId: string): Promise<void> {
  const supervisor = await openCamera(browser, hub.url, { name: 'zhou.hong', password });
  const organisation = `/organisations/${stationId}`;
  await supervisor.take('policies', {
    path: `${organisation}/escalation`,
    ready: '[data-testid="inherited-policies"]',
  });
  await supervisor.take('rules', { path: `${organisation}/rules`, ready: '[data-testid="rules"]' });
  await supervisor.close();
}

type Flat = { stationId: string; residentId: string; dwellingId: string };

/** An installer with a phone: a button that only a gateway has heard, and a flat that is tried out. */
async function takeInstaller(browser: Browser, hub: ScenarioHub, flat: Flat): Promise<void> {
  const { stationId, residentId, dwellingId } = flat;
  const gateway = await enterGateway(hub, stationId);
  const ear = await connectGateway(hub, gateway);
  const code = 'rf433.ev1527.7a410';
  await ear.send(code, 'code.received', { data: { signal: 'key.4', rssi: -70 } });
  const door = await issueDevice(hub.admin, {
    dwellingId,
    residentId,
    type: 'door-sensor',
    name: '玄关门磁',
    room: '玄关',
  });
  await livedWeeks(hub, { dwelling: { id: dwellingId }, resident: { id: residentId }, door });
  await whenThere(async () =>
    (await hub.admin.get<HistoryStatus>('/history/status')).body.lagEntries === 0 ? true : undefined,
  );
  const installer = await openCamera(browser, hub.url, { name: 'sun.wei', password }, phone);
  await installer.take('adopting-phone', {
    path: `/unknown-devices/${gateway.id}/${code}`,
    ready: '[data-testid="adopt-form"]',
  });
  const operator = await openCamera(browser, hub.url, { name: 'wang.li', password });
  await operator.take('resident-life', {
    path: `/residents/${residentId}/life`,
    ready: '[data-testid="history-devices"] canvas',
    isWhole: true,
  });
  await operator.close();
  const begun = await hub.admin.create<{ id: string }>('/commissionings', { dwellingId });
  await installer.take('commissioning-phone', {
    path: `/commissionings/${begun.id}`,
    ready: '[data-testid="commissioning"] .check-card',
  });
  await installer.close();
  await ear.end();
}

async function toldResident({ admin }: ScenarioHub, alarmId: string, state: ReassuranceState): Promise<void> {
  await whenThere(async () => {
    const { body } = await admin.get<AlarmDetail>(`/alarms/${alarmId}`);
    return body.timeline.find((entry) => entry.step === 'reassurance-shown' && entry.state === state);
  });
}
