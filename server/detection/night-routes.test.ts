import type { HistoryStatus } from '@carebell/contracts/history.ts';
import type { Night, NightCourse } from '@carebell/contracts/night.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

const minuteMs = 60_000;
const timeZone = 'Asia/Shanghai';

let api: ApiUnderTest;
let operator: Awaited<ReturnType<ApiUnderTest['as']>>;
let sent = 0;

beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  // To an evening, 21:00 by the clock on the wall.
  const dayMs = 86_400_000;
  api.clock.move(dayMs - ((api.clock.now() + 8 * 3_600_000) % dayMs) + 21 * 3_600_000);
  operator = await api.as('operator-a');
  const manager = await api.as('station-manager-a');
  await manager.patch('/residents/resident-a', { riskGroups: ['dementia'] });
  for (const [id, type, room] of [
    ['bed-a', 'bed-sensor', '卧室'],
    ['bath-a', 'motion-sensor', '卫生间'],
  ])
    await manager.post('/devices', { id, type, room, residentId: 'resident-a' });
});
afterAll(() => api.close());

async function tell(deviceId: string, kind: string): Promise<void> {
  sent += 1;
  const origin = { residentId: 'resident-a', stationId: 'a', gatewayId: null, isKnown: true };
  await api.gate.commit('receiveEvent', {
    event: { id: `n${sent}`, kind },
    origin: { ...origin, deviceId, receivedAtMs: api.clock.now() },
  });
  await api.gate.commit('followDetection', { timeZone, atMost: 500 });
}
const night = async () => (await operator.get('/organisations/a/night')).json<Night>();

it('a resident of a risk group is there before anything is known of them', async () => {
  expect((await night()).residents).toMatchObject([
    { residentId: 'resident-a', name: '王秀英 a', place: 'unequipped', alarms: [] },
  ]);
});

it('who leaves the bed is out of bed since then, and says so in the course of the night', async () => {
  await api.gate.commit('followDetection', { timeZone, atMost: 500 });
  await tell('bed-a', 'bed.entered');
  api.clock.move(10 * minuteMs);
  await tell('bed-a', 'bed.left');
  api.clock.move(2 * minuteMs);
  await tell('bath-a', 'motion.detected');
  const { residents, isBehind } = await night();
  expect(isBehind).toBe(false);
  expect(residents).toMatchObject([{ place: 'bathroom', limitMinutes: null, sensors: { all: 2, gone: 0 } }]);
  const left = residents[0]?.outOfBedSince ?? '';
  expect(Date.parse(left)).toBe(api.clock.now() - 2 * minuteMs);
  await vi.waitFor(async () => {
    api.clock.move(1_000);
    const { lagEntries } = (await operator.get('/history/status')).json<HistoryStatus>();
    expect(lagEntries).toBe(0);
  });
  const course = (await operator.get('/organisations/a/night/course')).json<NightCourse>();
  expect(course.residents).toMatchObject([
    { outOfBed: [{ from: left, to: null }], inBed: [{ to: left }], motion: [14], doors: [] },
  ]);
});

it('who reads masked sees no name, and nothing medical is said to anybody', async () => {
  const auditor = await api.as('auditor-a');
  const answer = await auditor.get('/organisations/a/night');
  expect(answer.json<Night>().residents[0]?.name).toBe('王**');
  expect((await operator.get('/organisations/a/night')).body).not.toMatch(/dementia|diabetes/);
});

it('a street has no night watch of its own', async () => {
  const supervisor = await api.as('admin');
  expect((await supervisor.get('/organisations/street/night')).statusCode).toBe(400);
  expect((await operator.get('/organisations/b/night')).statusCode).toBe(404);
});
