import { pageOf } from '@carebell/contracts/http-api.ts';
import { testModeSchema } from '@carebell/contracts/test-mode.ts';
import type { TestMode, TestScope } from '@carebell/contracts/test-mode.ts';
import { done } from './desk.ts';
import type { Desk, Outcome } from './desk.ts';
import { queryOf } from './hub.ts';
import type { Hub } from './hub.ts';
import { columns, timeAt } from './shown.ts';

export type TestListOptions = { station?: string; dwelling?: string; device?: string; ended?: true };
export type TestStartOptions = { minutes: number; reason?: string };

export async function listTests(hub: Hub, options: TestListOptions, { texts }: Desk): Promise<Outcome> {
  const query = {
    limit: 200,
    stationId: options.station,
    dwellingId: options.dwelling,
    deviceId: options.device,
    state: options.ended && 'ended',
  };
  const { items } = await hub.get(`/test-modes${queryOf(query)}`, pageOf(testModeSchema));
  const { timeZone } = hub.session.hub;
  const rows = items.map((test) => [
    test.id,
    texts.scopes[test.of],
    `${test.name} (${test.subjectId})`,
    timeAt(test.endedAt ?? test.endsAt, timeZone),
    test.startedBy.displayName,
    test.reason,
  ]);
  return done(items, items.length === 0 ? [texts.noTests] : columns([texts.testHeads, ...rows]));
}

export async function startTest(
  hub: Hub,
  of: TestScope,
  id: string,
  { minutes, reason }: TestStartOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const test = await hub.post('/test-modes', { of, id, minutes, reason }, testModeSchema);
  return done(test, [texts.testBegun(nameOf(test), timeAt(test.endsAt, hub.session.hub.timeZone)), test.id]);
}

/** By its own identifier, or by that of what is under test. */
export async function endTest(hub: Hub, wish: string, { texts }: Desk): Promise<Outcome> {
  const test = await hub.delete(`/test-modes/${await testOf(hub, wish)}`, testModeSchema);
  return done(test, [texts.testEnded(nameOf(test))]);
}

export async function prolongTest(
  hub: Hub,
  wish: string,
  minutes: number,
  { texts }: Desk,
): Promise<Outcome> {
  const test = await hub.post(`/test-modes/${await testOf(hub, wish)}/prolong`, { minutes }, testModeSchema);
  return done(test, [texts.testBegun(nameOf(test), timeAt(test.endsAt, hub.session.hub.timeZone))]);
}

async function testOf(hub: Hub, wish: string): Promise<string> {
  const { items } = await hub.get('/test-modes?limit=500', pageOf(testModeSchema));
  return encodeURIComponent(items.find(({ subjectId }) => subjectId === wish)?.id ?? wish);
}

const nameOf = ({ name, subjectId }: TestMode) => (name === '' ? subjectId : `${name} (${subjectId})`);
