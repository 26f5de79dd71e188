import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { ChainReport } from '@carebell/contracts/chain.ts';
import { liveFeedPath } from '@carebell/contracts/live-feed.ts';
import type { HubToScreen, Pulse, ScreenToHub } from '@carebell/contracts/live-feed.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';

let hub: ScenarioHub;
let community: Community;
const chainClock = createMovingClock();

beforeAll(async () => {
  hub = await startHub({ chainClock });
  community = await settle(hub);
});
afterAll(() => hub.stop());

const report = async () => (await hub.admin.get<ChainReport>('/supervision/chain')).body;
const ready = async () => {
  const answer = await fetch(`${hub.url}/readyz`);
  return { status: answer.status, body: (await answer.json()) as { reasons: string[] } };
};
const alarm = async () => {
  const { body } = await hub.admin.get<{ items: AlarmView[] }>('/alarms');
  return body.items.find(({ kind }) => kind === 'chain-broken');
};

/** A screen as a page is one: it answers the synthetic event, unless it has stopped. */
async function openAnsweringScreen() {
  const socket: Socket<HubToScreen, ScreenToHub> = io(hub.url, {
    path: liveFeedPath,
    transports: ['websocket'],
    reconnection: false,
    extraHeaders: { cookie: community.operator.cookie },
    auth: { screenId: 'wall-1', answersChain: true },
  });
  const screen = { answers: true, heard: 0, pulses: [] as Pulse[], close: () => void socket.disconnect() };
  socket.on('chain', (_, answer) => {
    screen.heard += 1;
    if (screen.answers) answer();
  });
  socket.on('pulse', (pulse) => void screen.pulses.push(pulse));
  await new Promise<void>((resolve) => socket.on('snapshot', () => resolve()));
  return screen;
}

it('the synthetic event goes the way of an alarm to every screen, and fills no journal', async () => {
  await vi.waitFor(async () => expect((await report()).state).toEqual({ is: 'ok' }));
  const screen = await openAnsweringScreen();
  chainClock.move(30_000);
  await vi.waitFor(async () => {
    const { runs } = await report();
    expect(runs).toHaveLength(2);
    expect(runs[1]).toMatchObject({ screens: 1, answered: 1, brokenAt: null });
    expect(Object.keys(runs[1]!.hops)).toEqual(['broker', 'journal', 'feed', 'screen']);
  });
  expect(screen.heard).toBe(1);
  expect(await ready()).toMatchObject({ status: 200 });
  const { body } = await hub.admin.get<{ items: { id: string }[] }>('/devices');
  expect(body.items.map(({ id }) => id).filter((id) => id.startsWith('hub-chain'))).toEqual([]);
  screen.close();
});

it('where it stops is said on every screen, by /readyz and by a technical alarm, until it arrives again', async () => {
  const screen = await openAnsweringScreen();
  screen.answers = false;
  chainClock.move(30_000);
  await vi.waitFor(() => expect(screen.heard).toBe(1));
  chainClock.move(10_000);
  await vi.waitFor(async () => expect(await alarm()).toMatchObject({ deviceId: 'hub', cancelledAt: null }));
  const { status, body } = await ready();
  expect(status).toBe(503);
  expect(body.reasons.join()).toContain('"screen"');
  await vi.waitFor(() => expect(screen.pulses.at(-1)?.chain).toMatchObject({ is: 'broken', hop: 'screen' }));

  screen.answers = true;
  chainClock.move(5_000);
  await vi.waitFor(async () => expect((await alarm())?.cancelledAt).toEqual(expect.any(String)));
  expect(await ready()).toMatchObject({ status: 200 });
  await vi.waitFor(() => expect(screen.pulses.at(-1)?.chain).toEqual({ is: 'ok' }));
  screen.close();
});
