import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createMovingClock } from '@carebell/server/compose.ts';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
const clock = createMovingClock();

beforeAll(async () => {
  // The moved time passes faster than a slow disk commits, which is no sign of a store that fails.
  hub = await startHub({ clock, gateLimits: { lateAfterMs: 3_600_000, overdueAfterMs: 3_600_000 } });
  community = await settle(hub);
});
afterAll(() => hub.stop());

/** Lets time pass in steps, with a real exchange after each, so that what falls due is carried out before time goes on. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 200) {
    clock.move(200);
    await hub.admin.get('/alarms');
  }
}

it('an alarm that no screen displays within five seconds is shown to the other stations of the street', async () => {
  const blind = await openScreen(hub, community.operator, { reportsDisplayed: false });
  const elsewhere = await openScreen(hub, community.otherOperator, { reportsDisplayed: false });
  const button = await connectDevice(hub, community.button);
  await button.send('button.pressed', { data: { key: 'help' } });
  await vi.waitFor(() => expect(blind.alarms.size).toBe(1));

  await pass(4_000);
  expect(elsewhere.alarms.size).toBe(0);
  await pass(2_000);
  await vi.waitFor(() => {
    expect([...elsewhere.alarms.values()]).toMatchObject([
      { kind: 'help', audience: 'street', residentName: '王秀英' },
    ]);
  });
  const [alarm] = elsewhere.alarms.values();
  expect(await elsewhere.acknowledge(alarm!.id)).toMatchObject({ ok: true });
  blind.close();
  elsewhere.close();
  await button.end();
});

it('an alarm that a screen has displayed stays with its station', async () => {
  const screen = await openScreen(hub, community.operator);
  const elsewhere = await openScreen(hub, community.otherOperator);
  const detector = await connectDevice(hub, community.fallDetector);
  await detector.send('fall.detected');
  await vi.waitFor(() => {
    const fall = [...screen.alarms.values()].find(({ kind }) => kind === 'fall');
    expect(fall?.displayedAt).not.toBeNull();
  });
  await pass(20_000);
  expect([...elsewhere.alarms.values()].some(({ kind }) => kind === 'fall')).toBe(false);
  screen.close();
  elsewhere.close();
  await detector.end();
});
