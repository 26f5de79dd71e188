import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectGateway, enterGateway } from '../virtual-gateway.ts';

/** Nobody has registered them, so each is an alarm of its own. */
const strayIds = Array.from({ length: 12 }, (_, index) => `stray-${index}`);

let hub: ScenarioHub;
let community: Community;
beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
});
afterAll(() => hub.stop());

it('alarms that are committed together come in few messages to a screen that takes many, and one by one to any other', async () => {
  const account = await enterGateway(hub, community.station.id);
  const gateway = await connectGateway(hub, account);
  const [wall, other] = [
    await openScreen(hub, community.operator, { takesMany: true, reportsDisplayed: false }),
    await openScreen(hub, community.operator, { reportsDisplayed: false }),
  ];
  const heard = { many: 0, single: 0, ofOther: 0 };
  wall.socket.on('alarms', () => (heard.many += 1));
  wall.socket.on('alarm', () => (heard.single += 1));
  other.socket.on('alarms', () => (heard.ofOther += 1));

  // What waits for the store is committed together.
  const store = new DatabaseSync(join(hub.dataDir, 'carebell.db'), { timeout: 5_000 });
  store.exec('BEGIN EXCLUSIVE');
  const sent = Promise.all(strayIds.map((deviceId) => gateway.send(deviceId, 'button.pressed')));
  await vi.waitFor(() => {
    for (const { alarms } of [wall, other])
      expect([...alarms.values()].filter(({ kind }) => kind === 'help')).toHaveLength(strayIds.length);
  });
  store.exec('ROLLBACK');
  store.close();
  await sent;
  await vi.waitFor(() => {
    for (const { alarms } of [wall, other]) {
      const calls = [...alarms.values()].filter(({ kind }) => kind === 'help');
      expect(calls.every(({ isStored }) => isStored)).toBe(true);
      expect(calls.map(({ deviceId }) => deviceId).toSorted()).toEqual(strayIds.toSorted());
    }
  });
  await vi.waitFor(() => expect([...wall.alarms]).toEqual([...other.alarms]));
  const raised = wall.changes.length;
  expect(raised).toBeGreaterThanOrEqual(2 * strayIds.length);
  expect(heard).toMatchObject({ single: 0, ofOther: 0 });
  expect(heard.many).toBeLessThan(raised);
  expect(wall.cursor()).toBe(other.cursor());

  // A screen that was away hears what it missed, and what comes after.
  wall.close();
  const cursor = wall.cursor();
  const [first] = wall.alarms.values();
  await other.acknowledge(first!.id);
  const back = await openScreen(hub, community.operator, {
    takesMany: true,
    cursor,
    reportsDisplayed: false,
  });
  expect(back.alarms.get(first!.id)).toMatchObject({ phase: 'acknowledged' });
  const [, second] = wall.alarms.keys();
  await other.acknowledge(second!);
  await vi.waitFor(() => expect(back.alarms.get(second!)).toMatchObject({ phase: 'acknowledged' }));
  for (const screen of [back, other]) screen.close();
  await gateway.end();
});
