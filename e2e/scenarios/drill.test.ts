import type { CaseFile } from '@carebell/contracts/case-file.ts';
import type { Drill } from '@carebell/contracts/drill.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { closeAlarm } from '../lookout.ts';
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

async function roleOf(role: string) {
  const user = { name: role, displayName: role, role, organisationId: community.station.id, password };
  await hub.admin.create('/users', user);
  return logIn(hub.url, role, password);
}

describe('a drill on a hub that runs', () => {
  it('is shown and handled like an alarm, begins at its time, and the device of the resident stays silent', async () => {
    const device = await connectDevice(hub, community.button);
    const screen = await openScreen(hub, community.operator);
    const manager = await roleOf('station-manager');
    const startsAt = new Date(Date.now() + 1_000).toISOString();
    const plan = { stationId: community.station.id, kind: 'help', startsAt };
    const planned = await manager.create<Drill>('/drills', plan);
    expect(planned.phase).toBe('planned');
    const alarm = await eventually(() => {
      const shown = [...screen.alarms.values()].find(({ drillId }) => drillId === planned.id);
      if (!shown) throw new Error('no drill on the screen yet');
      return shown;
    });
    await closeAlarm(hub, alarm.id);
    const { body } = await manager.get<AlarmDetail>(`/alarms/${alarm.id}`);
    expect(body.timeline.map(({ step }) => step)).not.toContain('reassurance-queued');
    expect(body.timeline.map(({ step }) => step)).not.toContain('notification-queued');
    expect((await community.operator.get('/drills')).status).toBe(403);
    screen.close();
    await device.end();
  });
});

describe('roles that answer no alarms', () => {
  it('an auditor reads a case with personal data masked, its chain verified all the same, and watches no wall', async () => {
    const auditor = await roleOf('auditor');
    const device = await connectDevice(hub, community.button);
    await device.send('button.pressed', { data: { key: 'help' } });
    const { items } = (await hub.admin.get<{ items: { id: string }[] }>('/alarms')).body;
    const id = items[0]?.id ?? '';
    await closeAlarm(hub, id);
    const file = (await auditor.get<CaseFile>(`/alarms/${id}/case-file`)).body;
    expect(file).toMatchObject({ residentName: '王**', chain: { holds: true }, dwelling: { access: '' } });
    expect(file.log.every(({ body }) => body === null)).toBe(true);
    for (const path of [`/alarms/${id}/case-file`, `/alarms/${id}`, '/alarms?phase=all']) {
      const text = JSON.stringify((await auditor.get(path)).body);
      for (const secret of [community.resident.name, '王丽', '13900000502', '李阿姨'])
        expect(text).not.toContain(secret);
    }
    expect((await auditor.post(`/alarms/${id}/acknowledge`)).status).toBe(403);
    await expect(openScreen(hub, auditor)).rejects.toThrow('does not watch alarms');
    await device.end();
  });

  it('a screen of a responder shows an alarm and does not count as one that displayed it', async () => {
    const responder = await roleOf('responder');
    const screen = await openScreen(hub, responder);
    const device = await connectDevice(hub, community.button);
    await device.send('button.pressed', { data: { key: 'help' } });
    const alarm = await eventually(() => {
      const shown = [...screen.alarms.values()].find(({ phase }) => phase === 'raised');
      if (!shown) throw new Error('no alarm on the screen yet');
      return shown;
    });
    expect(await screen.socket.emitWithAck('displayed', { alarmIds: [alarm.id] })).toMatchObject({
      result: { accepted: 0 },
    });
    const { body } = await hub.admin.get<AlarmDetail>(`/alarms/${alarm.id}`);
    expect(body.displayedAt).toBeNull();
    await closeAlarm(hub, alarm.id);
    screen.close();
    await device.end();
  });
});
