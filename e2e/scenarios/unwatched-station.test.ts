import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';

let hub: ScenarioHub;
let community: Community;
const clock = createMovingClock();

beforeAll(async () => {
  hub = await startHub({ clock, gateLimits: { lateAfterMs: 1e12, overdueAfterMs: 1e12 } });
  community = await settle(hub);
});
afterAll(() => hub.stop());

async function pass(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 1) {
    clock.move(60_000);
    await hub.admin.get('/alarms');
  }
}
/** The hub looks when the time moves, and what it does then takes its time: lets minutes pass until it is so. */
async function passUntil(check: () => Promise<void> | void): Promise<void> {
  for (let minutes = 1; ; minutes += 1) {
    await pass(1);
    try {
      await vi.waitFor(check);
      return;
    } catch (error) {
      if (minutes === 20) throw error;
    }
  }
}
const found = async () => {
  const { body } = await hub.admin.get<{ items: AlarmView[] }>('/alarms');
  return body.items.filter(({ kind }) => kind === 'station-unwatched');
};

it('a station that has had no screen yet is being set up, and nobody is told', async () => {
  await pass(30);
  expect(await found()).toEqual([]);
});

it('a station whose last screen is gone for ten minutes is shown to the street, until one comes', async () => {
  const screen = await openScreen(hub, community.operator);
  await pass(2);
  screen.close();
  await pass(8);
  expect(await found()).toEqual([]);

  const neighbour = await openScreen(hub, community.otherOperator);
  await passUntil(async () =>
    expect(await found()).toMatchObject([{ stationId: community.station.id, cancelledAt: null }]),
  );
  await passUntil(() =>
    expect([...neighbour.alarms.values()]).toMatchObject([
      // The minutes pass faster than the neighbour's screen answers, so the district may know too.
      { kind: 'station-unwatched', audience: expect.stringMatching(/^(street|district)$/) },
    ]),
  );

  const again = await openScreen(hub, community.operator);
  await passUntil(async () => expect((await found())[0]?.cancelledAt).toEqual(expect.any(String)));
  again.close();
  neighbour.close();
});
