import type { Absence } from '@carebell/contracts/absence.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { logInAgain, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually, eventuallyTold } from '../eventually.ts';
import { hastyClock } from '../hasty-clock.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';

const hour = 3_600_000;
let aheadMs = 0;
const clock = { ...hastyClock, now: () => Date.now() + aheadMs };
let hub: ScenarioHub;
let community: Community;

beforeAll(async () => {
  hub = await startHub({ clock });
  community = await settle(hub);
});
afterAll(() => hub.stop());

it('a resident in hospital is raised as ever, every screen says where they are, and it ends by itself after a restart', async () => {
  const { operator, resident, button } = community;
  const until = new Date(clock.now() + hour).toISOString();
  const body = { kind: 'in-hospital', until, note: '六院' };
  const { id } = await operator.create<Absence>(`/residents/${resident.id}/absences`, body);

  const screen = await openScreen(hub, operator);
  const device = await connectDevice(hub, button);
  await device.send('button.pressed', { data: { key: 'help' } });
  const alarm = await eventually(() => {
    const [found] = screen.alarms.values();
    expect(found).toMatchObject({
      kind: 'help',
      priority: 'emergency',
      phase: 'raised',
      absence: { id, kind: 'in-hospital', until },
    });
    return found!;
  });
  await eventually(() => expect(device.told).toContain('received'));
  const { body: detail } = await operator.get<AlarmDetail>(`/alarms/${alarm.id}`);
  expect(detail.absence).toMatchObject({ id });

  // Shortened while the alarm is open: the wall follows, under the same version.
  const sooner = new Date(clock.now() + hour / 2).toISOString();
  const changed = await operator.patch(`/absences/${id}`, { until: sooner });
  expect(changed.status).toBe(200);
  await eventually(() => expect(screen.alarms.get(alarm.id)?.absence?.until).toBe(sooner));

  // A screen that was away meanwhile is told when it comes back, though no step of the alarm was missed.
  screen.close();
  const later = new Date(clock.now() + hour / 4).toISOString();
  await operator.patch(`/absences/${id}`, { until: later });
  const back = await openScreen(hub, operator, { cursor: screen.cursor() });
  expect(back.alarms.get(alarm.id)?.absence?.until).toBe(later);
  back.close();
  await operator.patch(`/absences/${id}`, { until: sooner });

  await device.end();
  await hub.restart();
  const again = await logInAgain(hub, 'li');
  const running = await again.get<{ items: Absence[] }>('/absences');
  expect(running.body.items).toMatchObject([{ id, residentName: resident.name }]);

  const after = await openScreen(hub, again);
  expect(after.alarms.get(alarm.id)?.absence).toMatchObject({ id });
  aheadMs = hour;
  const over = await eventuallyTold(async () => {
    const { items } = (await again.get<{ items: Absence[] }>(`/residents/${resident.id}/absences`)).body;
    expect(items).toMatchObject([{ id, phase: 'over', endedAt: sooner, endedBy: null }]);
    return items;
  });
  expect(over).toHaveLength(1);
  await eventually(() => expect(after.alarms.get(alarm.id)).not.toHaveProperty('absence'));
  expect((await again.get<{ items: Absence[] }>('/absences')).body.items).toEqual([]);
  after.close();
});
