import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
});
afterAll(() => hub.stop());

it('an alarm that cannot be stored is shown as such, not acknowledged to the device, and stored by its repeat', async () => {
  const screen = await openScreen(hub, community.operator);
  const wall = await openScreen(hub, community.operator, { takesMany: true });
  const button = await connectDevice(hub, community.button);
  const store = new DatabaseSync(join(hub.dataDir, 'carebell.db'), { timeout: 5_000 });
  store.exec('BEGIN EXCLUSIVE');

  let isAcknowledged = false;
  const sent = button.send('button.pressed', { data: { key: 'help' } }).then((id) => {
    isAcknowledged = true;
    return id;
  });
  await vi.waitFor(() => {
    for (const { alarms } of [screen, wall]) {
      const kinds = [...alarms.values()].map(({ kind, isStored }) => [kind, isStored]);
      expect(kinds).toContainEqual(['help', false]);
      expect(kinds).toContainEqual(['store-failing', false]);
    }
  });
  const shown = [...screen.alarms.values()].find(({ kind }) => kind === 'help')!;
  expect(shown).toMatchObject({
    residentName: '王秀英',
    residentPhone: '13900000502',
    address: '安宁路100弄3号楼502室',
  });
  expect(isAcknowledged).toBe(false);
  expect(await screen.acknowledge(shown.id)).toMatchObject({
    ok: false,
    problem: { code: 'not-stored', status: 409 },
  });
  await vi.waitFor(() => expect(screen.pulses.at(-1)?.store).toBe('failing'));
  expect((await fetch(`${hub.url}/readyz`)).status).toBe(503);

  store.exec('ROLLBACK');
  store.close();
  await sent;
  await vi.waitFor(() => {
    for (const { alarms } of [screen, wall]) {
      const kinds = [...alarms.values()].map(({ kind, isStored }) => `${kind} ${isStored}`);
      expect(kinds.toSorted()).toEqual(['help true', 'store-failing true']);
    }
  });
  expect((await fetch(`${hub.url}/readyz`)).status).toBe(200);
  screen.close();
  wall.close();
  await button.end();
});
