import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { ReassuranceState } from '@carebell/contracts/event-kinds.ts';
import type {
  Dwelling,
  NewDevice,
  NewResident,
  Organisation,
  Resident,
} from '@carebell/contracts/registry.ts';
import type { HistoryStatus } from '@carebell/contracts/history.ts';
import type { BrowserContextOptions } from 'playwright-core';
import { logIn } from './api.ts';
import { builtDashboard } from './browser/built-dashboard.ts';
import { launchBrowser, logInThrough, openStationPage } from './browser/station-page.ts';
import type { StationPage } from './browser/station-page.ts';
import { issueDevice, password } from './community.ts';
import { hastyClock } from './hasty-clock.ts';
import { livedWeeks } from './lived-weeks.ts';
import { startHub } from './scenario-hub.ts';
import type { ScenarioHub } from './scenario-hub.ts';
import { openScreen } from './screen.ts';
import { smallPicture } from './small-picture.ts';
import { serviceOrSkip } from './services.ts';
import { connectDevice } from './virtual-party.ts';
import type { VirtualDevice } from './virtual-party.ts';

/** Takes the pictures of the README: a believable wall and alarm, of invented people, into `docs/screens`. */
const folder = fileURLToPath(new URL('../docs/screens/', import.meta.url));

type Call = { kind: string; data?: object };
type Home = {
  resident: Omit<NewResident, 'dwellingId'>;
  address: string;
  access: string;
  device: Pick<NewDevice, 'id' | 'type' | 'name' | 'room'>;
  call: Call;
};

const homes: Record<'help' | 'fall' | 'taxi' | 'battery', Home> = {
  help: {
    resident: {
      name: '周秀兰',
      phone: '13900000101',
      birthYear: 1941,
      riskGroups: ['living-alone', 'advanced-age'],
      medicalNotes: '高血压，早晚服药。',
      contacts: [
        { name: '周敏', relation: '女儿', phone: '13900001101', hasKey: true },
        { name: '何阿姨', relation: '邻居', phone: '13900001201', hasKey: false },
      ],
    },
    address: '青山路 128 弄 6 号 302 室',
    access: '备用钥匙在门卫处',
    device: { id: 'btn-01', type: 'button', name: '随身呼叫按钮', room: '随身' },
    call: { kind: 'button.pressed', data: { key: 'help', press: 'long' } },
  },
  fall: {
    resident: {
      name: '李福生',
      phone: '13900000106',
      birthYear: 1933,
      riskGroups: ['living-alone', 'advanced-age'],
      medicalNotes: '装有心脏起搏器。',
      contacts: [
        { name: '李昊', relation: '孙子', phone: '13900001106', hasKey: false },
        { name: '小陆', relation: '居委', phone: '13900001206', hasKey: true },
      ],
    },
    address: '竹园路 45 弄 11 号 101 室',
    access: '底楼，敲窗也能听见',
    device: { id: 'fall-06', type: 'fall-detector', name: '随身跌倒探测器', room: '随身' },
    call: { kind: 'fall.detected' },
  },
  taxi: {
    resident: { name: '陈国强', phone: '13900000102', birthYear: 1938 },
    address: '青山路 128 弄 6 号 501 室',
    access: '',
    device: { id: 'term-02', type: 'terminal', name: '客厅一键通', room: '客厅' },
    call: { kind: 'button.pressed', data: { key: 'taxi' } },
  },
  battery: {
    resident: { name: '沈玉珍', phone: '13900000103', birthYear: 1944 },
    address: '青山路 128 弄 9 号 102 室',
    access: '',
    device: { id: 'door-03', type: 'door-sensor', name: '玄关门磁', room: '玄关' },
    call: { kind: 'battery.low' },
  },
};

const chromium = serviceOrSkip('chromium');
if (chromium !== undefined) await takePictures(chromium);

async function takePictures(executablePath: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  // The hub's clock begins behind and catches up, so that calls have waited for as long as the pictures say.
  let behindMs = 0;
  const clock = { ...hastyClock, now: () => Date.now() - behindMs };
  const hub = await startHub({ clock, dashboardDir: builtDashboard() });
  const browser = await launchBrowser(executablePath);
  const stationId = await enterStation(hub);
  const devices = new Map<string, VirtualDevice>();
  for (const [name, home] of Object.entries(homes)) devices.set(name, await settle(hub, stationId, home));

  const called = async (name: keyof typeof homes, agoMs: number): Promise<AlarmView> => {
    behindMs = agoMs;
    const { kind, ...more } = homes[name].call;
    await devices.get(name)?.send(kind, more);
    return displayed(colleague.alarms, homes[name].device.id);
  };
  // The colleague's screen answers the fall; the others wait.
  const colleague = await openScreen(hub, await logIn(hub.url, 'chen.min', password));
  await called('battery', 140_000);
  const fall = await called('fall', 95_000);
  await toldResident(hub, fall.id, 'received');
  behindMs = 88_000;
  await colleague.acknowledge(fall.id);
  await toldResident(hub, fall.id, 'answered');
  await called('taxi', 31_000);
  await called('help', 14_000);
  behindMs = 0;

  const take = async ({ page }: StationPage, name: string): Promise<void> =>
    writeFileSync(`${folder}${name}.png`, smallPicture(await page.screenshot()));
  const picture = async (name: string, path: string, options: BrowserContextOptions): Promise<void> => {
    const station = await openStationPage(browser, hub.url, options);
    await logInThrough(station, 'wang.li');
    await station.alarm(fall.id).waitFor();
    await station.page.goto(`${hub.url}${path}`);
    await station.alarm(fall.id).waitFor();
    if (path !== '/') await station.page.getByTestId('timeline-acknowledged').waitFor();
    await station.feedStateBecomes('live');
    await take(station, name);
    await station.close();
  };
  await picture('wall', '/', { colorScheme: 'light' });
  await picture('wall-night', '/', { colorScheme: 'dark' });
  await picture('alarm', `/alarms/${fall.id}`, { colorScheme: 'light' });
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  await picture('phone', '/', { colorScheme: 'light', ...phone });

  const { residentId, deviceId, dwellingId } = fall;
  if (residentId !== null && dwellingId !== null) await liveThere(hub, residentId, dwellingId);
  const pages = {
    wall: '/',
    alarm: `/alarms/${fall.id}`,
    'wall-screen': '/wall-screen',
    'hand-over': '/hand-over',
    overdue: '/overdue',
    residents: '/residents',
    resident: `/residents/${residentId}`,
    'resident-life': `/residents/${residentId}/life`,
    station: `/organisations/${stationId}/figures`,
    dwellings: '/dwellings',
    dwelling: `/dwellings/${dwellingId}`,
    devices: '/devices',
    'new-device': '/devices/new',
    gateways: '/gateways',
    transfer: '/transfer',
    register: '/workbench/register',
    device: `/devices/${deviceId}`,
    users: '/users',
    organisations: '/organisations',
    channels: '/channels',
    'new-channel': '/channels/new',
    escalation: `/organisations/${stationId}/escalation`,
    scripts: `/organisations/${stationId}/scripts`,
    rules: `/organisations/${stationId}/rules`,
    'night-watch': `/night/${stationId}`,
    duty: `/organisations/${stationId}/duty`,
    supervision: '/supervision',
    'new-resident': '/residents/new',
    'asking-afterwards': '/follow-ups',
    numbers: '/numbers',
    drills: '/drills',
    records: '/records',
    'case-file': `/alarms/${fall.id}/case-file`,
    refusals: '/refusals',
    settings: '/settings',
    workbench: '/workbench',
    'test-modes': '/test-modes',
    maintenance: '/maintenance',
    'virtual-devices': '/virtual-devices',
  };
  for (const options of [
    { viewport: { width: 1366, height: 768 } },
    { viewport: { width: 1920, height: 1080 } },
    phone,
  ]) {
    const station = await openStationPage(browser, hub.url, {
      colorScheme: 'light',
      locale: 'zh-CN',
      ...options,
    });
    await logInThrough(station, 'gu.ning');
    for (const [name, path] of Object.entries(pages)) {
      await station.page.goto(`${hub.url}${path}`);
      await station.feedStateBecomes('live');
      await station.page.waitForLoadState('networkidle');
      if (name === 'resident-life') await showWhole(station, options.viewport);
      await take(station, `${name}-${options.viewport.width}`);
      await station.page.setViewportSize(options.viewport);
    }
    await station.close();
  }

  colleague.close();
  for (const device of devices.values()) await device.end();
  await browser.close();
  await hub.stop();
}

async function enterStation({ admin }: ScenarioHub): Promise<string> {
  const enter = (level: string, name: string, parentId: string) =>
    admin.create<Organisation>('/organisations', { level, name, parentId });
  const district = await enter('district', '安宁区', 'root');
  const street = await enter('street', '青山街道', district.id);
  const { id: organisationId } = await enter('station', '青山社区养老服务驿站', street.id);
  for (const user of [
    { name: 'wang.li', displayName: '王丽', role: 'operator', organisationId },
    { name: 'chen.min', displayName: '陈敏', role: 'operator', organisationId },
    { name: 'gu.ning', displayName: '顾宁', role: 'administrator', organisationId: 'root' },
  ]) {
    await admin.create('/users', { ...user, password });
  }
  return organisationId;
}

async function settle(hub: ScenarioHub, stationId: string, home: Home): Promise<VirtualDevice> {
  const { admin } = hub;
  const { address, access, resident, device } = home;
  const { id: dwellingId } = await admin.create<Dwelling>('/dwellings', { stationId, address, access });
  const { id: residentId } = await admin.create<Resident>('/residents', { ...resident, dwellingId });
  return connectDevice(hub, await issueDevice(admin, { ...device, dwellingId, residentId }));
}

/** Charts stand below one another: a picture of all of them is taller than a screen. */
async function showWhole({ page }: StationPage, { width }: { width: number }): Promise<void> {
  const height = await page.evaluate<number>(
    'document.querySelector(".station").offsetHeight + document.querySelector("main").scrollHeight - document.querySelector("main").clientHeight',
  );
  await page.setViewportSize({ width, height });
  await page.locator('[data-testid="history-devices"] canvas').first().waitFor();
}

/** Two weeks of sensors in a home, for the charts. */
async function liveThere(hub: ScenarioHub, residentId: string, dwellingId: string): Promise<void> {
  const place = { residentId, dwellingId };
  const door = await issueDevice(hub.admin, {
    ...place,
    type: 'door-sensor',
    name: '玄关门磁',
    room: '玄关',
  });
  await livedWeeks(hub, { dwelling: { id: dwellingId }, resident: { id: residentId }, door });
  await whenThere(async () => {
    const { lagEntries } = (await hub.admin.get<HistoryStatus>('/history/status')).body;
    return lagEntries === 0 ? true : undefined;
  });
}

/** What a screen has shown in time is not shown to other stations when the clock catches up. */
async function displayed(
  alarms: ReadonlyMap<string, AlarmView>,
  deviceId: string | undefined,
): Promise<AlarmView> {
  return whenThere(async () =>
    [...alarms.values()].find((alarm) => alarm.deviceId === deviceId && alarm.displayedAt !== null),
  );
}

async function toldResident({ admin }: ScenarioHub, alarmId: string, state: ReassuranceState): Promise<void> {
  await whenThere(async () => {
    const { body } = await admin.get<AlarmDetail>(`/alarms/${alarmId}`);
    return body.timeline.find((entry) => entry.step === 'reassurance-shown' && entry.state === state);
  });
}

async function whenThere<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
