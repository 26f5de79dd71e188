import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { TestMode } from '@carebell/contracts/test-mode.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueDevice, logInAgain, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';

const minuteMs = 60_000;

describe('test mode over MQTT', () => {
  let hub: ScenarioHub;
  let community: Community;
  let pendant: SignedIn;
  const clock = createMovingClock();

  beforeAll(async () => {
    hub = await startHub({ clock });
    community = await settle(hub);
    const { dwelling, resident } = community;
    const owner = { dwellingId: dwelling.id, residentId: resident.id };
    pendant = await issueDevice(hub.admin, { type: 'button', name: '挂件', ...owner });
  });
  afterAll(() => hub.stop());

  async function pressed(account: SignedIn): Promise<AlarmView> {
    const before = await openAlarms();
    const device = await connectDevice(hub, account);
    await device.send('button.pressed', { data: { key: 'help' } });
    await device.end();
    return eventually(async () => {
      const found = (await openAlarms()).find(({ id }) => before.every((one) => one.id !== id));
      if (!found) throw new Error('no alarm of this press yet');
      return found;
    });
  }
  const openAlarms = async () =>
    (await hub.admin.get<{ items: AlarmView[] }>('/alarms?phase=open&limit=100')).body.items;

  it('outlives a restart, rings on a screen of the station, and leaves the resident’s pendant alone', async () => {
    const body = { of: 'device', id: community.button.id, minutes: 20 };
    const test = await community.installer.create<TestMode>('/test-modes', body);
    await hub.restart();
    const operator = await logInAgain(hub, 'li');
    const screen = await openScreen(hub, operator);
    const marked = await pressed(community.button);
    expect(marked).toMatchObject({
      testId: test.id,
      priority: 'emergency',
      phase: 'raised',
      audience: 'station',
    });
    await eventually(() => expect(screen.alarms.get(marked.id)).toMatchObject({ testId: test.id }));
    const real = await pressed(pendant);
    expect(real.testId).toBeUndefined();
    screen.close();
  });

  it('ends by itself at its time, and what is pressed then is real', async () => {
    const operator = await logInAgain(hub, 'li');
    const running = async () => (await operator.get<{ items: TestMode[] }>('/test-modes')).body.items;
    expect(await running()).toHaveLength(1);
    clock.move(20 * minuteMs);
    expect(await running()).toEqual([]);
    await eventually(async () => {
      clock.move(2_000);
      const { body } = await operator.get<{ items: TestMode[] }>('/test-modes?state=ended');
      expect(body.items).toMatchObject([{ endedBy: null, subjectId: community.button.id }]);
    });
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    await button.end();
    // It joins what the pendant raised: the same resident calls for help.
    await eventually(async () => {
      const real = (await openAlarms()).filter(({ kind, testId }) => kind === 'help' && testId === undefined);
      expect(real).toMatchObject([{ presses: 2 }]);
    });
  });
});
