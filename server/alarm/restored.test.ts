import type { ClosedRestored } from '@carebell/contracts/restored.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
const li = { id: 'li', displayName: 'li' };
const repaired = 'equipment-repaired' as const;
let api: ApiUnderTest;
let operator: Caller;
let events = 0;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  operator = await api.as('operator-a');
});
afterAll(() => api.close());

/** An event of the button of a station; `battery.low` is a technical alarm and `battery.ok` takes it back. */
async function says(kind: string, station = 'a'): Promise<void> {
  events += 1;
  api.clock.move(1_000);
  const origin = {
    deviceId: `button-${station}`,
    residentId: `resident-${station}`,
    stationId: station,
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const data = kind === 'button.pressed' ? { key: 'help' } : {};
  await api.gate.commit('receiveEvent', { event: { id: `event-${events}`, kind, data }, origin });
}
async function openIn(station: string, kind: 'battery-low' | 'help' = 'battery-low'): Promise<string> {
  const { id } = await api.db
    .selectFrom('alarms')
    .select('id')
    .where('station_id', '=', station)
    .where('kind', '=', kind)
    .where('phase', '!=', 'closed')
    .executeTakeFirstOrThrow();
  return id;
}
async function closeTogether(ids: readonly string[], caller = operator, more: object = {}) {
  const alarms = ids.map((alarmId) => ({ alarmId, disposition: repaired }));
  const answer = await caller.post('/alarms/close-restored', { alarms, ...more });
  return answer.json<ClosedRestored>();
}

describe('closing restored technical alarms together', () => {
  it('closes each with its outcome on its own time line, as acknowledged by whoever did it', async () => {
    await says('battery.low');
    await says('battery.ok');
    const id = await openIn('a');
    expect(await closeTogether([id], operator, { note: '换了电池' })).toEqual({ closed: [id], kept: [] });
    const { phase, disposition, timeline } = (await operator.get(`/alarms/${id}`)).json<{
      phase: string;
      disposition: string;
      timeline: { step: string; note?: string; user?: { displayName: string } }[];
    }>();
    expect({ phase, disposition }).toEqual({ phase: 'closed', disposition: repaired });
    expect(timeline.at(-1)).toMatchObject({ note: '换了电池' });
    const steps = timeline.map(({ step, user }) => `${step} ${user?.displayName ?? ''}`.trim());
    expect(steps.slice(-3)).toEqual([
      'cancelled-by-resident',
      'acknowledged operator-a',
      'closed operator-a',
    ]);
    expect(await closeTogether([id])).toEqual({
      closed: [],
      kept: [{ alarmId: id, reason: 'already-closed' }],
    });
  });

  it('leaves open what is still broken, has failed anew, or is a call for help', async () => {
    await says('battery.low');
    const id = await openIn('a');
    expect(await closeTogether([id])).toMatchObject({ kept: [{ reason: 'not-restored' }] });
    await says('battery.ok');
    await says('battery.low');
    expect(await closeTogether([id])).toMatchObject({ kept: [{ reason: 'not-restored' }] });
    await says('button.pressed');
    await says('button.cancelled');
    const help = await openIn('a', 'help');
    expect(await closeTogether([help])).toMatchObject({ closed: [], kept: [{ reason: 'not-restored' }] });
    await says('battery.ok');
  });

  it('leaves those of a colleague to the colleague, or to a manager', async () => {
    const id = await openIn('a');
    await api.gate.commit('acknowledgeAlarm', { alarmId: id, user: li, takeOver: false });
    expect(await closeTogether([id])).toMatchObject({ kept: [{ reason: 'not-owner' }] });
    const manager = await api.as('station-manager-a');
    expect(await closeTogether([id], manager)).toEqual({ closed: [id], kept: [] });
  });

  it('finds nothing of another station', async () => {
    await says('battery.low', 'b');
    await says('battery.ok', 'b');
    const id = await openIn('b');
    expect(await closeTogether([id])).toEqual({ closed: [], kept: [{ alarmId: id, reason: 'not-found' }] });
  });

  it('asks for a note where the outcome says nothing without one', async () => {
    await says('battery.low');
    await says('battery.ok');
    const id = await openIn('a');
    const alarms = [{ alarmId: id, disposition: 'other' }];
    const answer = await operator.post('/alarms/close-restored', { alarms });
    expect(answer.json()).toMatchObject({ kept: [{ reason: 'note-missing' }] });
    expect((await operator.post('/alarms/close-restored', { alarms, note: 'x' })).json()).toMatchObject({
      closed: [id],
    });
  });
});
