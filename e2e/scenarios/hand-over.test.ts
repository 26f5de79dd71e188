import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { Session } from '@carebell/contracts/http-api.ts';
import type { User } from '@carebell/contracts/registry.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { password, settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { connectDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let supervisor: Api;
let help: AlarmView;
let smoke: AlarmView;

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  const { street, button, fallDetector, operator } = community;
  const body = {
    name: 'qian',
    displayName: '钱主任',
    role: 'supervisor',
    organisationId: street.id,
    password,
  };
  await hub.admin.create<{ user: User }>('/users', body);
  supervisor = await logIn(hub.url, 'qian', password);
  for (const [device, kind] of [
    [button, 'button.pressed'],
    [fallDetector, 'smoke.detected'],
  ] as const) {
    const sender = await connectDevice(hub, device);
    await sender.send(kind);
    await sender.end();
  }
  [help, smoke] = [await openAlarm('help'), await openAlarm('smoke')];
  for (const { id } of [help, smoke]) await operator.create(`/alarms/${id}/acknowledge`, {});
});
afterAll(() => hub.stop());

async function openAlarm(kind: string): Promise<AlarmView> {
  return eventually(async () => {
    const { items } = (await community.operator.get<{ items: AlarmView[] }>('/alarms')).body;
    const found = items.find((alarm) => alarm.kind === kind);
    expect(found).toBeDefined();
    return found!;
  });
}

const idOf = async (api: Api): Promise<string> => (await api.get<Session>('/session')).body.user.id;

describe('an alarm', () => {
  it('is handed over to nobody who does not see it, may not answer it, or does not exist', async () => {
    const { operator, otherOperator, installer } = community;
    for (const to of [await idOf(otherOperator), await idOf(installer), 'nobody'])
      expect(await operator.post(`/alarms/${help.id}/hand-over`, { to })).toMatchObject({
        status: 422,
        body: { code: 'reference-unknown' },
      });
  });

  it('is handed over by its owner, not by a colleague', async () => {
    const { operator, colleague } = community;
    const to = await idOf(colleague);
    expect(await colleague.post(`/alarms/${help.id}/hand-over`, { to })).toMatchObject({
      status: 409,
      body: { code: 'not-owner' },
    });
    expect(await operator.post(`/alarms/${help.id}/hand-over`, { to })).toMatchObject({
      status: 200,
      body: { owner: { displayName: 'zhang' } },
    });
  });
});

describe('a shift', () => {
  it('is handed over by who had it or by a supervisor, and nobody else', async () => {
    const { operator, colleague } = community;
    const [li, zhang] = [await idOf(operator), await idOf(colleague)];
    expect(await colleague.post('/duty/hand-over', { from: li, to: zhang })).toMatchObject({ status: 403 });
    expect(await supervisor.post('/duty/hand-over', { from: li, to: zhang })).toMatchObject({
      status: 200,
      body: { handedOver: [smoke.id], kept: [] },
    });
  });

  it('leaves alarms where they are that the other one does not see, and says which', async () => {
    const { colleague, otherOperator } = community;
    const answer = await colleague.post<{ handedOver: string[]; kept: string[] }>('/duty/hand-over', {
      to: await idOf(otherOperator),
    });
    expect(answer.body.handedOver).toEqual([]);
    expect(answer.body.kept.toSorted()).toEqual([help.id, smoke.id].toSorted());
  });
});
