import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventuallyTold } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';

/** The machine's time passes so many times as fast: what takes a minute is seen in some seconds. */
const speed = 4;
const dayMs = 86_400_000;
let setByMs = 0;
const passedMs = (): number => performance.now() * speed;
const wallBeganMs = Date.now() - passedMs();
const machineTime = {
  wall: () => Math.floor(wallBeganMs + passedMs() + setByMs),
  steady: passedMs,
  uptime: passedMs,
  boot: 'this boot',
};

let hub: ScenarioHub;
let community: Community;
type Seen = {
  id: string;
  kind: string;
  audience: string;
  raisedAt: string;
  timeline: { step: string; at: string }[];
};

beforeAll(async () => {
  const gateLimits = { lateAfterMs: 3_600_000, overdueAfterMs: 3_600_000 };
  hub = await startHub({ machineTime, gateLimits });
  community = await settle(hub);
});
afterAll(() => hub.stop());

async function open(kind: string): Promise<Seen | undefined> {
  const { body } = await hub.admin.get<{ items: Seen[] }>('/alarms?phase=open');
  const found = body.items.find((alarm) => alarm.kind === kind);
  return found && (await hub.admin.get<Seen>(`/alarms/${found.id}`)).body;
}

const lines = (): { at: number; kind: string; body: string }[] => {
  using db = new DatabaseSync(join(hub.dataDir, 'carebell.db'), { readOnly: true });
  return db.prepare('SELECT at, kind, body FROM journal ORDER BY seq').all() as never;
};
const settings = () =>
  lines().flatMap(({ kind, body }) =>
    kind === 'clock-set' ? [(JSON.parse(body) as { fields: string[] }).fields[0]] : [],
  );

/** In the hub's time, from the raising to the step. */
const tookMs = ({ timeline, raisedAt }: Seen, step: string): number =>
  Date.parse(timeline.find((line) => line.step === step)!.at) - Date.parse(raisedAt);

it('an alarm that nobody displays goes to the street in its time though the clock is set a day back, and then forward', async () => {
  const button = await connectDevice(hub, community.button);
  const pressedMs = passedMs();
  await button.send('button.pressed', { data: { key: 'help' } });
  setByMs -= dayMs;
  const help = await eventuallyTold(async () => {
    const alarm = (await open('help'))!;
    expect(alarm.timeline.map(({ step }) => step)).toContain('audience-widened');
    return alarm;
  });
  expect(tookMs(help, 'audience-widened')).toBeGreaterThanOrEqual(5_000);
  // Of the machine: the way through the hub, a look of half a second and a busy machine, all of it four times as fast.
  expect(passedMs() - pressedMs).toBeLessThan(60_000);
  await eventuallyTold(async () => expect(await open('clock-set')).toMatchObject({ raisedAt: /./ }));

  setByMs += 2 * dayMs;
  const detector = await connectDevice(hub, community.fallDetector);
  await detector.send('fall.detected');
  const fall = await eventuallyTold(async () => {
    const alarm = (await open('fall'))!;
    expect(alarm.timeline.map(({ step }) => step)).toContain('audience-widened');
    return alarm;
  });
  expect(tookMs(fall, 'audience-widened')).toBeGreaterThanOrEqual(5_000);

  setByMs -= dayMs;
  await eventuallyTold(async () => {
    const alarm = (await open('clock-set'))!;
    expect(alarm.timeline.map(({ step }) => step)).toContain('cancelled-by-resident');
  });
  expect(settings()).toEqual(['-86400 s', '+172800 s', '-86400 s']);
  const at = lines()
    .filter(({ kind }) => kind !== 'reading')
    .map((line) => line.at);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
  await button.end();
  await detector.end();
});

it.each([
  ['back', -dayMs, '-86400 s'],
  ['forward', dayMs, '+86400 s'],
])('what is due goes with a clock that was set a day %s while the hub was away', async (_, byMs, said) => {
  const before = (await open('help'))!;
  const steps = before.timeline.length;
  setByMs += byMs;
  await hub.restart();
  expect(settings().at(-1)).toBe(said);
  const after = (await open('help'))!;
  const movedMs = Date.parse(after.raisedAt) - Date.parse(before.raisedAt);
  expect(Math.abs(movedMs - byMs)).toBeLessThan(5_000);
  await eventuallyTold(async () => expect((await open('help'))!.timeline.length).toBeGreaterThan(steps));
});
