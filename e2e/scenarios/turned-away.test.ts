import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { apiWith } from '../api.ts';
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

async function counted(reason: string): Promise<number> {
  const { body } = await hub.admin.get<{ items: { count: number }[] }>(`/refusals?reason=${reason}`);
  return body.items.reduce((sum, { count }) => sum + count, 0);
}

async function tryScreen(headers: Record<string, string>): Promise<void> {
  const socket = io(hub.url, {
    path: liveFeedPath,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
    auth: { screenId: 'stranger' },
  });
  await new Promise((resolve) => {
    socket.on('connect_error', resolve);
  });
  socket.disconnect();
}

it('who is turned away from the live feed or the API is counted with the reason', async () => {
  await tryScreen({});
  await tryScreen({ cookie: community.operator.cookie, origin: 'https://elsewhere.example' });
  await tryScreen({ cookie: community.installer.cookie });
  await apiWith(hub.url, {}).get('/alarms');
  await community.installer.get('/alarms');
  await vi.waitFor(async () => {
    for (const reason of [
      'screen-unauthorized',
      'screen-foreign-origin',
      'screen-forbidden',
      'http-not-authenticated',
      'http-forbidden',
    ]) {
      expect({ reason, count: await counted(reason) }).toEqual({ reason, count: 1 });
    }
  });
});

it('a station that moves to another street leaves the alarms of the old one', async () => {
  const screen = await openScreen(hub, community.otherOperator, { reportsDisplayed: false });
  const street = await hub.admin.create<{ id: string }>('/organisations', {
    level: 'street',
    name: '另一街道',
    parentId: community.district.id,
  });
  const moved = await hub.admin.patch(`/organisations/${community.otherStation.id}`, { parentId: street.id });
  expect(moved.status).toBe(200);
  const button = await connectDevice(hub, community.button);
  await button.send('button.pressed', { data: { key: 'help' } });
  const near = await openScreen(hub, hub.admin, { reportsDisplayed: false });
  await vi.waitFor(() => expect([...near.alarms.values()][0]?.audience).toBe('street'));
  expect(screen.alarms.size).toBe(0);
  await vi.waitFor(() => expect([...screen.alarms.values()][0]?.audience).toBe('district'));
  screen.close();
  near.close();
  await button.end();
});
