import type { AlarmDetail } from '@carebell/contracts/http-api.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { settle } from '../community.ts';
import type { Community } from '../community.ts';
import { startHub } from '../scenario-hub.ts';
import type { ScenarioHub } from '../scenario-hub.ts';
import { openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { connectDevice } from '../virtual-party.ts';

let hub: ScenarioHub;
let community: Community;
const screens: Screen[] = [];

beforeAll(async () => {
  hub = await startHub();
  community = await settle(hub);
});
afterAll(async () => {
  for (const screen of screens) screen.close();
  await hub.stop();
});

async function watch(...args: Parameters<typeof openScreen>): Promise<Screen> {
  const screen = await openScreen(...args);
  screens.push(screen);
  return screen;
}

describe('from the press to the close', () => {
  it('an alarm reaches its station, is answered by one, told to the resident, closed with an outcome, and its time line says all', async () => {
    const { operator, colleague, otherOperator, resident } = community;
    const screen = await watch(hub, operator);
    const second = await watch(hub, colleague);
    const elsewhere = await watch(hub, otherOperator);
    const button = await connectDevice(hub, community.button);

    await button.send('button.pressed', { data: { key: 'help', press: 'long' } });
    const alarm = await vi.waitFor(() => {
      const [only] = screen.alarms.values();
      expect(only).toMatchObject({
        kind: 'help',
        priority: 'emergency',
        phase: 'raised',
        isStored: true,
        residentName: resident.name,
        address: '安宁路100弄3号楼502室',
        stationName: '和平一站',
      });
      return only!;
    });
    await vi.waitFor(() => expect(button.told).toEqual(['received']));

    const answers = await Promise.all([screen.acknowledge(alarm.id), second.acknowledge(alarm.id)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const [winner, loser] = answers[0].ok ? [screen, second] : [second, screen];
    const winnerName = winner === screen ? 'li' : 'zhang';
    await vi.waitFor(() => {
      expect(loser.alarms.get(alarm.id)).toMatchObject({
        phase: 'acknowledged',
        owner: { displayName: winnerName },
      });
    });
    await vi.waitFor(() => expect(button.told).toEqual(['received', 'answered']));

    const api = winner === screen ? operator : colleague;
    const other = winner === screen ? colleague : operator;
    const close = { disposition: 'helped-by-phone', proof: 'voice-contact', note: '电话确认平安' };
    expect(await other.post(`/alarms/${alarm.id}/close`, close)).toMatchObject({
      status: 409,
      contentType: expect.stringContaining('application/problem+json') as string,
      body: { code: 'not-owner' },
    });
    expect(await api.post(`/alarms/${alarm.id}/close`, close)).toMatchObject({
      status: 200,
      body: { phase: 'closed' },
    });
    await vi.waitFor(() => {
      expect(screen.alarms.size + second.alarms.size).toBe(0);
      expect(button.told).toEqual(['received', 'answered', 'closed']);
    });
    expect(elsewhere.changes).toEqual([]);

    await vi.waitFor(async () => {
      const { body } = await api.get<AlarmDetail>(`/alarms/${alarm.id}`);
      const steps = body.timeline.map((entry) => entry.step);
      expect(steps[0]).toBe('raised');
      for (const step of ['displayed', 'acknowledged', 'closed']) expect(steps).toContain(step);
      expect(steps.filter((step) => step === 'reassurance-queued')).toHaveLength(3);
      expect(steps.filter((step) => step === 'reassurance-shown')).toHaveLength(3);
      expect(body).toMatchObject({
        resident: { name: resident.name },
        contacts: [{ name: '王丽', hasKey: true }],
      });
      expect(body.timeline.map(({ seq }) => seq)).toEqual(
        body.timeline.map(({ seq }) => seq).toSorted((a, b) => a - b),
      );
    });
    await button.end();
  });

  it('repeated presses join one alarm; a cancellation by the device is shown and closes nothing', async () => {
    const screen = await watch(hub, community.operator);
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    await button.send('button.pressed', { data: { key: 'help' } });
    await button.send('button.cancelled');
    await vi.waitFor(() => {
      const [only] = screen.alarms.values();
      expect(screen.alarms.size).toBe(1);
      expect(only).toMatchObject({ presses: 2, phase: 'raised', cancelledAt: expect.any(String) as string });
    });
    await closeAll(screen);
    await button.end();
  });

  it('a suspected fall becomes a fall in the same alarm', async () => {
    const screen = await watch(hub, community.operator);
    const detector = await connectDevice(hub, community.fallDetector);
    await detector.send('fall.suspected');
    await vi.waitFor(() =>
      expect([...screen.alarms.values()]).toMatchObject([{ kind: 'fall-suspected', priority: 'urgent' }]),
    );
    await detector.send('fall.detected');
    await vi.waitFor(() =>
      expect([...screen.alarms.values()]).toMatchObject([{ kind: 'fall', priority: 'emergency' }]),
    );
    await closeAll(screen);
    await detector.end();
  });

  it('a door is an event and no alarm; its event is there for the installer', async () => {
    const screen = await watch(hub, community.operator);
    const door = await connectDevice(hub, community.door);
    await door.send('door.opened');
    await door.send('vendor.curious', { data: { x: 1 } });
    const { body } = await community.installer.get<{ items: { kind: string; isKindKnown: boolean }[] }>(
      `/events?deviceId=${community.door.id}`,
    );
    const spoken = body.items.filter(({ kind }) => kind === 'door.opened' || kind === 'vendor.curious');
    expect(spoken).toMatchObject([
      { kind: 'vendor.curious', isKindKnown: false },
      { kind: 'door.opened', isKindKnown: true },
    ]);
    expect(screen.alarms.size).toBe(0);
    await door.end();
  });

  it('a colleague takes an alarm over, which the screens and the time line show', async () => {
    const screen = await watch(hub, community.operator);
    const second = await watch(hub, community.colleague);
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'taxi' } });
    const alarm = await vi.waitFor(() => {
      expect(screen.alarms.size).toBe(1);
      return [...screen.alarms.values()][0]!;
    });
    expect(alarm).toMatchObject({ kind: 'taxi', priority: 'service' });
    expect(await screen.acknowledge(alarm.id)).toMatchObject({ ok: true });
    expect(await second.acknowledge(alarm.id)).toMatchObject({
      ok: false,
      problem: { code: 'already-acknowledged' },
    });
    expect(await second.acknowledge(alarm.id, true)).toMatchObject({
      ok: true,
      result: { owner: { displayName: 'zhang' } },
    });
    await vi.waitFor(() => expect(screen.alarms.get(alarm.id)?.owner?.displayName).toBe('zhang'));
    await closeAll(second);
    await button.end();
  });
});

describe('an open alarm', () => {
  it('shows a resident by the name that was corrected meanwhile', async () => {
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    expect((await hub.admin.patch(`/residents/${community.resident.id}`, { name: '王秀瑛' })).status).toBe(
      200,
    );
    const screen = await watch(hub, community.operator);
    expect([...screen.alarms.values()]).toMatchObject([{ residentName: '王秀瑛' }]);
    await hub.admin.patch(`/residents/${community.resident.id}`, { name: community.resident.name });
    await closeAll(screen);
    await button.end();
  });
});

describe('a screen that was away', () => {
  it('gets exactly what it missed, closed alarms included', async () => {
    const screen = await watch(hub, community.operator);
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    await vi.waitFor(() => expect(screen.alarms.size).toBe(1));
    const stays = [...screen.alarms.values()][0]!;
    screen.close();

    const detector = await connectDevice(hub, community.fallDetector);
    await detector.send('fall.detected');
    const meanwhile = await watch(hub, community.colleague);
    await meanwhile.acknowledge(stays.id);
    await community.colleague.post(`/alarms/${stays.id}/close`, {
      disposition: 'false-alarm',
      proof: 'on-site',
    });

    const back = await watch(hub, community.operator, { cursor: screen.cursor() });
    const missed = back.changes.map(({ alarm }) => `${alarm.kind} ${alarm.phase}`);
    expect(missed).toEqual(expect.arrayContaining(['fall raised', 'help closed']));
    const versions = back.changes.map(({ alarm }) => `${alarm.id} ${alarm.version}`);
    expect(new Set(versions).size).toBe(versions.length);
    expect([...back.alarms.keys()]).toEqual([...meanwhile.alarms.keys()]);
    await closeAll(meanwhile);
    await button.end();
    await detector.end();
  });

  it('after a restart of the hub, open alarms stand on the wall again', async () => {
    const button = await connectDevice(hub, community.button);
    await button.send('button.pressed', { data: { key: 'help' } });
    await button.end();
    await hub.restart();
    const screen = await watch(hub, hub.admin);
    expect([...screen.alarms.values()]).toMatchObject([{ kind: 'help', residentName: '王秀英' }]);
    await closeAll(screen);
  });
});

/** Acknowledges and closes whatever this screen shows, so that scenarios do not see each other's alarms. */
async function closeAll(screen: Screen): Promise<void> {
  for (const { id } of screen.alarms.values()) {
    await screen.acknowledge(id);
    const answer = await screen.socket.emitWithAck('close', {
      alarmId: id,
      disposition: 'test',
      proof: 'on-site',
      note: '',
    });
    if (!answer.ok) throw new Error(answer.problem.detail);
  }
}
