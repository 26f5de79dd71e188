import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { measureEvents } from './event-metrics.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
});
afterAll(() => api.close());

it('counts what devices said by kind and by what became of it, and times commits and the hops of alarms', async () => {
  const register = new Registry();
  measureEvents(api.gate, register);
  const origin = {
    deviceId: 'button-a',
    residentId: 'resident-a',
    stationId: 'a',
    gatewayId: null,
    isKnown: true,
    receivedAtMs: api.clock.now(),
  };
  const press = { id: 'e1', kind: 'button.pressed', ageMs: 70, data: { key: 'help' } };
  const { alarmIds } = await api.gate.commit('receiveEvent', { event: press, origin });
  await api.gate.commit('receiveEvent', { event: press, origin });
  await api.gate.commit('receiveEvent', { event: { id: 'e2', kind: 'frobnicated' }, origin });
  await api.gate.commit('receiveReading', { reading: { battery: 50 }, origin });
  const malformed = { payload: new Uint8Array(), reason: 'no JSON', origin, topicKind: 'event' };
  await api.gate.commit('receiveMalformed', malformed);
  api.clock.move(2_000);
  const user = { id: 'u1', displayName: 'Li' };
  await api.gate.commit('acknowledgeAlarm', { alarmId: alarmIds[0]!, user, takeOver: false });

  const text = await register.metrics();
  for (const line of [
    'carebell_events_total{kind="button.pressed",outcome="stored"} 1',
    'carebell_events_total{kind="button.pressed",outcome="duplicate"} 1',
    'carebell_events_total{kind="unknown",outcome="stored"} 1',
    'carebell_events_total{kind="reading",outcome="stored"} 1',
    'carebell_events_total{kind="malformed",outcome="malformed"} 1',
    'carebell_alarm_hop_seconds_bucket{le="0.1",hop="stored",priority="emergency"} 1',
    'carebell_alarm_hop_seconds_count{hop="stored",priority="emergency"} 1',
    'carebell_alarm_hop_seconds_sum{hop="acknowledged",priority="emergency"} 2',
    'carebell_journal_commit_seconds_count 6',
  ])
    expect(text.split('\n')).toContain(line);
});
