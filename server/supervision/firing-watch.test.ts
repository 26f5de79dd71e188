import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { createAlarmReads } from '../adapters/store/alarm-reads.ts';
import { watchFiring } from './firing-watch.ts';
import type { FiringWatch } from './firing-watch.ts';

const minute = 60_000;
let api: ApiUnderTest;
let watch: FiringWatch;
let ticks: (() => void)[];
let events = 0;
let waiting: Promise<unknown>[];

beforeEach(async () => {
  api = await openApi();
  await enterCommunity(api);
  openWatch();
});
afterEach(() => api.close());

/** As the hub does at its start: nothing is known of what was pressed before. */
function openWatch(): void {
  ticks = [];
  waiting = [];
  const commit: typeof api.gate.commit = (name, input) => {
    const work = api.gate.commit(name, input);
    waiting.push(work);
    return work;
  };
  let open: AlarmView[] = [];
  const refresh = async () =>
    void (open = (await alarms()).filter(({ kind }) => kind === 'device-keeps-firing'));
  waiting.push(refresh());
  api.gate.listen({ committed: () => void waiting.push(refresh()) });
  watch = watchFiring({
    gate: { ...api.gate, commit },
    clock: { ...api.clock, every: (_, tick) => (ticks.push(tick), () => undefined) },
    openFirings: () => open,
    troubled: (event) => expect.fail(event),
  });
}

const alarms = () => createAlarmReads(api.db).list({ phase: 'open', stationIds: 'all', limit: 100 });
const firing = async () => (await alarms()).find(({ kind }) => kind === 'device-keeps-firing');

async function settled(): Promise<void> {
  for (let done = 0; done < waiting.length; done = waiting.length) await Promise.all(waiting);
}

async function press(kind = 'button.pressed', data: object = { key: 'help' }): Promise<void> {
  events += 1;
  const event = { id: `e${events}`, kind, data: { ...data } };
  const receivedAtMs = api.clock.now();
  const origin = {
    deviceId: 'button-a',
    residentId: 'resident-a',
    stationId: 'a',
    gatewayId: null,
    isKnown: true,
    receivedAtMs,
  };
  const { isDuplicate, alarmIds } = await api.gate.commit('receiveEvent', { event, origin });
  if (!isDuplicate) watch.stored('button-a', event, alarmIds, receivedAtMs);
  await settled();
}

async function pass(ms: number): Promise<void> {
  api.clock.move(ms);
  for (const tick of ticks) tick();
  await settled();
}

describe('a device that keeps firing', () => {
  it('is a technical alarm of its own, and the real one stays what it was', async () => {
    for (let n = 0; n < 9; n += 1) await press();
    expect(await firing()).toBeUndefined();
    const [before] = await alarms();
    await press();
    expect(await firing()).toMatchObject({
      priority: 'technical',
      deviceId: 'button-a',
      stationId: 'a',
      presses: 1,
      cancelledAt: null,
    });
    const help = (await alarms()).find(({ kind }) => kind === 'help');
    expect(help).toMatchObject({ id: before?.id, phase: 'raised', priority: 'emergency', presses: 10 });
    expect(help?.cancelledAt).toBeNull();
  });

  it('is noted again every ten minutes as long as it goes on, and still raises every press', async () => {
    for (let n = 0; n < 60; n += 1) {
      await press();
      await pass(30_000);
    }
    expect((await firing())?.presses).toBe(3);
    expect((await alarms()).find(({ kind }) => kind === 'help')?.presses).toBe(60);
  });

  it('says when it was quiet for an hour, stays open, and goes on when it fires again', async () => {
    for (let n = 0; n < 10; n += 1) await press();
    await pass(59 * minute);
    expect((await firing())?.cancelledAt).toBeNull();
    await pass(minute);
    const quiet = await firing();
    expect(quiet).toMatchObject({ phase: 'raised', cancelledAt: expect.any(String) });
    await pass(minute);
    expect((await firing())?.version).toBe(quiet?.version);
    for (let n = 0; n < 10; n += 1) await press();
    expect(await firing()).toMatchObject({ id: quiet?.id, presses: 2 });
    await pass(60 * minute);
    expect(Date.parse((await firing())?.cancelledAt ?? '')).toBeGreaterThan(
      Date.parse(quiet?.cancelledAt ?? ''),
    );
  });

  it('is found again, and is told quiet, by a hub that has restarted', async () => {
    for (let n = 0; n < 10; n += 1) await press();
    openWatch();
    await pass(30 * minute);
    expect((await firing())?.cancelledAt).toBeNull();
    await pass(30 * minute);
    expect((await firing())?.cancelledAt).not.toBeNull();
  });

  it('is none for presses that a gateway hands over late, and for what raises nothing', async () => {
    for (let n = 0; n < 12; n += 1) {
      events += 1;
      const event = { id: `e${events}`, kind: 'button.pressed', ageMs: n * 5 * minute };
      watch.stored('button-a', event, ['x'], api.clock.now());
      await press('test.pressed');
      await press('button.cancelled');
    }
    await settled();
    expect(await firing()).toBeUndefined();
  });
});
