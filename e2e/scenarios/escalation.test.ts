import type { AlarmView, TimelineEntry } from '@carebell/contracts/alarm-view.ts';
import type { Duty, EscalationPolicies, NewEscalationPolicy } from '@carebell/contracts/escalation.ts';
import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import type { Organisation, User } from '@carebell/contracts/registry.ts';
import { createMovingClock } from '@carebell/server/compose.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../api.ts';
import type { Api } from '../api.ts';
import { issueDevice, password, settle } from '../community.ts';
import type { Community, SignedIn } from '../community.ts';
import { eventually } from '../eventually.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';

const seconds = 1_000;
const minutes = 60 * seconds;

/** 社区 → 街镇 → 区: the station, the next one, the street with the keyholder, the whole district. */
const policy: NewEscalationPolicy = {
  name: 'calls for help',
  kinds: ['help'],
  steps: [
    { afterMs: 0, recipients: ['station-operators'] },
    { afterMs: 20 * seconds, recipients: ['next-station'] },
    { afterMs: 40 * seconds, recipients: ['street', 'keyholders'] },
    { afterMs: 70 * seconds, recipients: ['district'] },
  ],
  repeatEveryMs: 5 * minutes,
  acknowledgementExpiresAfterMs: 1 * minutes,
  remindEveryMs: 30 * seconds,
  deadlines: {
    answeredWithinMs: 60 * seconds,
    onSiteWithinMs: { centre: 15 * minutes, remote: 30 * minutes },
    closedWithinMs: 60 * minutes,
  },
};

const clock = createMovingClock();
let hub: ScenarioHub;
let community: Community;
/** An operator of a station below another street of the same district. */
let faraway: Api;
let motion: SignedIn;
let screens: { near: Screen; next: Screen; far: Screen };

beforeAll(async () => {
  // The clock moves faster than a disk writes; that a store is slow is another scenario's matter.
  hub = await startHub({
    clock,
    gateLimits: { lateAfterMs: 24 * 60 * minutes, overdueAfterMs: 24 * 60 * minutes },
  });
  community = await settle(hub);
  const { district, dwelling } = community;
  const organisation = (level: string, name: string, parentId: string) =>
    hub.admin.create<Organisation>('/organisations', { level, name, parentId });
  const street = await organisation('street', '长乐街道', district.id);
  const station = await organisation('station', '长乐一站', street.id);
  const user = (name: string, role: string, organisationId: string) =>
    hub.admin.create<{ user: User }>('/users', { name, displayName: name, role, organisationId, password });
  await user('sun', 'operator', station.id);
  await user('qian', 'supervisor', community.street.id);
  faraway = await logIn(hub.url, 'sun', password);
  motion = await issueDevice(hub.admin, { type: 'motion-sensor', dwellingId: dwelling.id });
  screens = await openScreens();
});
afterAll(async () => {
  closeScreens();
  await hub.stop();
});

async function openScreens() {
  return {
    near: await openScreen(hub, community.operator),
    next: await openScreen(hub, community.otherOperator),
    far: await openScreen(hub, faraway),
  };
}
function closeScreens(): void {
  for (const screen of Object.values(screens)) screen.close();
}

/** Lets time pass in steps, with a real exchange after each, so that what falls due is carried out before time goes on. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 200) {
    clock.move(200);
    await hub.admin.get('/healthz');
  }
}

/** Sends an event and waits for the alarm that it raises on the station's screen. */
async function raised(sender: SignedIn, kind: string): Promise<AlarmView> {
  const known = new Set(screens.near.alarms.keys());
  const device = await connectDevice(hub, sender);
  await device.send(kind, kind === 'button.pressed' ? { data: { key: 'help' } } : {});
  await device.end();
  return eventually(() => {
    const alarm = [...screens.near.alarms.values()].find(({ id }) => !known.has(id));
    expect(alarm?.displayedAt).toEqual(expect.any(String));
    return alarm!;
  });
}

async function timeline(alarmId: string): Promise<TimelineEntry[]> {
  return (await hub.admin.get<AlarmDetail>(`/alarms/${alarmId}`)).body.timeline;
}
const told = async (alarmId: string) =>
  (await timeline(alarmId)).flatMap((entry) => (entry.step === 'escalated' ? [entry.number] : []));

const path = () => `/organisations/${community.street.id}/escalation-policies`;

describe('the policies of a street', () => {
  it('are refused when they could leave an alarm without anybody, with what to add', async () => {
    const steps = [{ afterMs: 0, recipients: ['station-operators'] }];
    const answer = await hub.admin.put(path(), { policies: [{ ...policy, steps }] });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'policy-unsafe',
        errors: [{ code: 'nobody-above-station', field: 'policies.0.steps.0.recipients' }],
      },
    });
  });

  it('are shown beforehand as a time line', async () => {
    const preview = await hub.admin.post<{ unanswered: { line: string; atMs: number }[] }>(
      `${path()}/preview`,
      policy,
    );
    const steps = preview.body.unanswered.filter(({ line }) => line === 'step');
    expect(steps.map(({ atMs }) => atMs / seconds)).toEqual([0, 20, 40, 70, 370, 670]);
  });

  it('hold for its stations, which see that they inherit them', async () => {
    const put = await hub.admin.put<EscalationPolicies>(path(), { policies: [policy], version: 0 });
    expect(put).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await hub.admin.put(path(), { policies: [], version: 0 })).toMatchObject({
      status: 409,
      body: { code: 'changed-meanwhile', current: { version: 1 } },
    });
    const { body } = await community.operator.get<EscalationPolicies>(
      `/organisations/${community.station.id}/escalation-policies`,
    );
    expect(body.inherited.map(({ policies }) => policies.length > 0)).toEqual([true, false, true]);
  });
});

describe('a call for help that nobody answers', () => {
  let alarm: AlarmView;

  it('goes to the next station, the street and the district at the times of the policy', async () => {
    alarm = await raised(community.button, 'button.pressed');
    await pass(15 * seconds);
    expect(screens.next.alarms.size).toBe(0);
    await pass(6 * seconds);
    await eventually(() => expect(screens.next.alarms.get(alarm.id)?.audience).toBe('street'));
    await pass(20 * seconds);
    await eventually(async () => expect(await told(alarm.id)).toEqual([2, 3]));
    expect(screens.far.alarms.size).toBe(0);
  });

  it('goes on where it was after the hub was restarted in the middle of it', async () => {
    closeScreens();
    await hub.restart();
    community = { ...community, operator: await again('li'), otherOperator: await again('chen') };
    faraway = await again('sun');
    screens = await openScreens();
    expect(screens.far.alarms.size).toBe(0);
    await pass(35 * seconds);
    await eventually(() => expect(screens.far.alarms.get(alarm.id)?.audience).toBe('district'));
    expect(await told(alarm.id)).toEqual([2, 3, 4]);
    const queued = (await timeline(alarm.id)).flatMap((entry) =>
      entry.step === 'notification-queued' ? [entry.recipient.displayName] : [],
    );
    expect(queued).toEqual(['王丽']);
  });

  it('stands in the supervisors’ queue, with the reason', async () => {
    const { body } = await hub.admin.get<{ items: AlarmView[] }>('/alarms?missed=true');
    expect(body.items).toMatchObject([
      { id: alarm.id, escalation: { missed: [{ deadline: 'answered', reason: 'not-answered' }] } },
    ]);
  });

  it('is had by exactly one of two operators of two stations who answer at once', async () => {
    const answers = await Promise.all([
      screens.next.acknowledge(alarm.id),
      faraway.post(`/alarms/${alarm.id}/acknowledge`),
    ]);
    const isTaken = [answers[0].ok, answers[1].status === 200];
    expect(isTaken.filter(Boolean)).toHaveLength(1);
    await eventually(() => {
      const owners = Object.values(screens).map(({ alarms }) => alarms.get(alarm.id)?.owner?.displayName);
      expect(owners).toEqual(Array.from({ length: 3 }, () => (isTaken[0] ? 'chen' : 'sun')));
    });
  });

  it('is nobody’s again when nothing follows the answer, and the policy goes on', async () => {
    await pass(61 * seconds);
    await eventually(() => {
      expect(screens.near.alarms.get(alarm.id)).toMatchObject({
        phase: 'raised',
        owner: null,
        escalation: { isAcknowledgementExpired: true },
      });
    });
    expect(await told(alarm.id)).toEqual([2, 3, 4, 4]);
  });

  it('stays with who notes what they do, who hears every half minute that it is open', async () => {
    const { operator } = community;
    await operator.create(`/alarms/${alarm.id}/acknowledge`, {});
    await pass(50 * seconds);
    const notes = `/alarms/${alarm.id}/notes`;
    await operator.create(notes, { note: '电话已接通' });
    const installer = await again('zhao');
    expect(await installer.post(notes, { note: 'x' })).toMatchObject({ status: 403 });
    expect(await operator.post(notes, { note: ' ' })).toMatchObject({ status: 400 });
    const tried = { phone: '139 0000 0503', outcome: 'coming' };
    await pass(50 * seconds);
    await operator.create(`/alarms/${alarm.id}/contact-tries`, tried);
    await pass(30 * seconds);
    expect(screens.near.alarms.get(alarm.id)).toMatchObject({ owner: { displayName: 'li' } });
    const steps = (await timeline(alarm.id)).map(({ step }) => step);
    expect(steps.filter((step) => step === 'reminded').length).toBeGreaterThanOrEqual(3);
    expect(
      await operator.post(`/alarms/${alarm.id}/contact-tries`, { ...tried, phone: '110' }),
    ).toMatchObject({
      status: 422,
      body: { code: 'reference-unknown' },
    });
  });

  it('is handed over with the shift, and closed by who has it then', async () => {
    const duty = (await community.operator.get<Duty>(`/organisations/${community.station.id}/duty`)).body;
    expect(duty).toMatchObject({ source: 'logged-in' });
    const to = duty.people.find(({ displayName }) => displayName === 'zhang')?.id ?? '';
    const path = `/organisations/${community.station.id}/duty`;
    expect(await community.operator.put(path, { userIds: [to] })).toMatchObject({
      body: { source: 'entered', people: [{ displayName: 'zhang' }] },
    });
    expect(await community.operator.post('/duty/hand-over', { to, note: '交班' })).toMatchObject({
      status: 200,
      body: { handedOver: [alarm.id], kept: [] },
    });
    const close = { disposition: 'helped-by-phone', proof: 'voice-contact' };
    expect(await community.operator.post(`/alarms/${alarm.id}/close`, close)).toMatchObject({ status: 409 });
    const zhang = await again('zhang');
    expect(await zhang.post(`/alarms/${alarm.id}/close`, close)).toMatchObject({ status: 200 });
    const entry = (await timeline(alarm.id)).find(({ step }) => step === 'handed-over');
    expect(entry).toMatchObject({ from: { displayName: 'li' }, to: { displayName: 'zhang' }, note: '交班' });
  });
});

describe('a suspected fall', () => {
  it('that the resident gets up from, as a motion sensor sees, is not taken as a fall', async () => {
    const alarm = await raised(community.fallDetector, 'fall.suspected');
    await pass(8 * seconds);
    const sensor = await connectDevice(hub, motion);
    await sensor.send('motion.detected');
    await sensor.end();
    await pass(30 * seconds);
    expect(screens.near.alarms.get(alarm.id)).toMatchObject({
      kind: 'fall-suspected',
      escalation: { fall: { stage: 'not-confirmed' } },
    });
    await community.operator.create(`/alarms/${alarm.id}/acknowledge`, {});
    await community.operator.create(`/alarms/${alarm.id}/close`, {
      disposition: 'false-alarm',
      proof: 'voice-contact',
    });
  });

  it('that nobody cancels is an emergency after the grace time, and the resident said to be still lying', async () => {
    const alarm = await raised(community.fallDetector, 'fall.suspected');
    await pass(31 * seconds);
    await eventually(() =>
      expect(screens.near.alarms.get(alarm.id)).toMatchObject({ kind: 'fall', priority: 'emergency' }),
    );
    await pass(301 * seconds);
    await eventually(() =>
      expect(screens.near.alarms.get(alarm.id)?.escalation?.fall?.stage).toBe('still-lying'),
    );
  });
});

async function again(name: string): Promise<Api> {
  return logIn(hub.url, name, password);
}
