import type { AlarmView } from '@carebell/contracts/alarm-view.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';
import type { VirtualDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
let button: VirtualDevice;
let colleagues: Screen;
beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
  button = await connectDevice(hub, community.button);
  colleagues = await openScreen(hub, community.colleague);
});
afterAll(async () => {
  colleagues.close();
  await button.end();
  await hub.stop();
});

/** A press, answered and closed by the operator. */
async function closedAlarm(): Promise<AlarmView> {
  const { operator } = community;
  await button.send('button.pressed', { data: { key: 'help' } });
  const [alarm] = await eventually(() => {
    expect(colleagues.alarms.size).toBe(1);
    return [...colleagues.alarms.values()];
  });
  await operator.create(`/alarms/${alarm?.id}/acknowledge`, {});
  return operator.create(`/alarms/${alarm?.id}/close`, {
    disposition: 'false-alarm',
    proof: 'voice-contact',
  });
}

const end = (id: string) =>
  community.operator.create(`/alarms/${id}/close`, { disposition: 'test', proof: 'on-site' });

describe('an operator who closed the wrong case', () => {
  it('takes it back: it stands on every wall again, and its resident hears that someone is on it', async () => {
    const alarm = await closedAlarm();
    await eventually(() => expect(colleagues.alarms.size).toBe(0));
    await eventually(() => expect(button.told).toEqual(['received', 'answered', 'closed']));
    const path = `/alarms/${alarm.id}/reopen`;
    const body = { note: 'the wrong one', closedAt: alarm.closedAt };
    expect(await community.colleague.post(path, body)).toMatchObject({ body: { code: 'not-owner' } });
    expect(await community.otherOperator.post(path, body)).toMatchObject({ status: 404 });
    expect(await community.installer.post(path, body)).toMatchObject({ status: 403 });

    const reopened = await community.operator.create<AlarmView>(path, body);
    expect(reopened).toMatchObject({ phase: 'acknowledged', closedAt: null, disposition: null });
    await eventually(() => expect(colleagues.alarms.get(alarm.id)?.phase).toBe('acknowledged'));
    await eventually(() => expect(button.told).toEqual(['received', 'answered', 'closed', 'answered']));
    const { timeline } = (await hub.admin.get<AlarmDetail>(`/alarms/${alarm.id}`)).body;
    expect(timeline.find(({ step }) => step === 'reopened')).toMatchObject({
      user: { displayName: 'li' },
      note: 'the wrong one',
    });
    expect(await community.operator.post(path, body)).toMatchObject({
      status: 409,
      body: { code: 'not-closed' },
    });

    await end(alarm.id);
    expect(await community.operator.post(path, body)).toMatchObject({
      status: 409,
      body: { code: 'changed-meanwhile' },
    });
  });

  it('is told so when the resident has called again meanwhile', async () => {
    const alarm = await closedAlarm();
    await button.send('button.pressed', { data: { key: 'help' } });
    const again = await eventually(() => {
      const [open] = [...colleagues.alarms.values()].filter(({ id }) => id !== alarm.id);
      if (open === undefined) throw new Error('the second call is not on the wall yet');
      return open;
    });
    expect(await community.operator.post(`/alarms/${alarm.id}/reopen`)).toMatchObject({
      status: 409,
      body: { code: 'another-is-open' },
    });
    await community.operator.create(`/alarms/${again.id}/acknowledge`, {});
    await end(again.id);
  });
});
