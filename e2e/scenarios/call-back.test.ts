import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { logInAgain, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';

const minutes = 60_000;
const clock = createMovingClock();
let hub: ScenarioHub;
let community: Community;

beforeAll(async () => {
  // The clock moves faster than a disk writes; that a store is slow is another scenario's matter.
  hub = await startHub({
    clock,
    gateLimits: { lateAfterMs: 1_440 * minutes, overdueAfterMs: 1_440 * minutes },
  });
  community = await settle(hub);
});
afterAll(() => hub.stop());

it('a call-back rings at its time although the hub was restarted, and the alarm stays with its owner until then', async () => {
  const button = await connectDevice(hub, community.button);
  await button.send('button.pressed', { data: { key: 'help' } });
  await button.end();
  const [alarm] = (await community.operator.get<{ items: AlarmView[] }>('/alarms')).body.items;
  const path = `/alarms/${alarm?.id}`;
  await community.operator.post(`${path}/acknowledge`);
  expect((await community.operator.put(`${path}/call-back`, { inMinutes: 30 })).status).toBe(200);
  clock.move(10 * minutes);
  await hub.restart();
  const li = await logInAgain(hub, 'li');
  const screen = await openScreen(hub, li);
  const shown = () => screen.alarms.get(alarm?.id ?? '');
  await eventually(() =>
    expect(shown()).toMatchObject({ phase: 'acknowledged', callBack: { isDue: false } }),
  );
  clock.move(19 * minutes);
  expect((await li.get<AlarmDetail>(path)).body).toMatchObject({
    phase: 'acknowledged',
    owner: { displayName: 'li' },
    callBack: { isDue: false },
  });
  clock.move(2 * minutes);
  await eventually(() => expect(shown()).toMatchObject({ callBack: { isDue: true } }));
  const { timeline } = (await li.get<AlarmDetail>(path)).body;
  expect(timeline.filter(({ step }) => step === 'call-back-due')).toHaveLength(1);
  // Nobody does anything about it: it goes on as if it had been let lie.
  clock.move(6 * minutes);
  await eventually(() => expect(shown()).toMatchObject({ phase: 'raised', callBack: { isDue: true } }));
  screen.close();
});
