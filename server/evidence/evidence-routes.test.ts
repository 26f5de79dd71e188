import type {
  DeviceEvidence,
  MovementEvidence,
  PastEvidence,
  RepeatsEvidence,
} from '@carebell/contracts/evidence.ts';
import { evidenceParts } from '@carebell/contracts/evidence.ts';
import { roles } from '@carebell/contracts/roles.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { may } from '../identity/rights.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
let api: ApiUnderTest;
let operator: Caller;
let events = 0;
const iso = (atMs: number): string => new Date(atMs).toISOString();

function originOf(deviceId: string, gatewayId: string | null) {
  const receivedAtMs = api.clock.now();
  return { deviceId, gatewayId, residentId: 'resident-a', stationId: 'a', isKnown: true, receivedAtMs };
}

async function say(
  deviceId: string,
  kind: string,
  { agoMs = 0, gatewayId = null as string | null, data = {} } = {},
) {
  events += 1;
  const event = { id: `e${events}`, kind, ageMs: agoMs, data };
  return api.gate.commit('receiveEvent', { event, origin: originOf(deviceId, gatewayId) });
}

async function read(battery: number, rssi: number, agoMs: number): Promise<void> {
  const reading = { at: iso(api.clock.now() - agoMs), battery, rssi };
  await api.gate.commit('receiveReading', { reading: reading as never, origin: originOf('button-a', null) });
}

/** Raises an alarm of the button and closes it, some time ago. */
async function past(kind: string, disposition: 'false-alarm' | 'test' | 'helped-by-phone', agoMs: number) {
  const data = { key: kind };
  const { alarmIds } = await say('button-a', 'button.pressed', { agoMs, data });
  const user = { id: 'u', displayName: 'u' };
  for (const alarmId of alarmIds) {
    await api.gate.commit('acknowledgeAlarm', { alarmId, user, takeOver: false });
    const close = { alarmId, user, mayCloseForOthers: false, disposition, note: '', withoutProofBecause: '' };
    await api.gate.commit('closeAlarm', { ...close, proof: 'voice', mayWaiveProof: true } as never);
  }
  return alarmIds[0] ?? '';
}

async function follow(): Promise<void> {
  const supervisor = await api.as('supervisor-a');
  await vi.waitFor(async () => {
    api.clock.move(1_000);
    const { lagEntries } = (await supervisor.get('/history/status')).json<{ lagEntries: number }>();
    expect(lagEntries).toBe(0);
  });
}

const part = async <T>(alarmId: string, name: (typeof evidenceParts)[number], by = operator): Promise<T> => {
  const answer = await by.get(`/alarms/${alarmId}/evidence/${name}`);
  expect(answer.statusCode === 200 ? '' : answer.body).toBe('');
  return answer.json<T>();
};

let alarmId: string;
let falseId: string;
let pressedAt: string;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  const admin = await api.as('admin');
  for (const device of [
    { id: 'door-a', type: 'door-sensor', name: '大门', room: '玄关', dwellingId: 'home-a' },
    { id: 'motion-a', type: 'motion-sensor', room: '浴室', residentId: 'resident-a' },
  ])
    await admin.post('/devices', device);
  await admin.post('/gateways', { id: 'gateway-2', name: '二号网关', stationId: 'a' });

  await past('taxi', 'helped-by-phone', 100 * day);
  await past('taxi', 'helped-by-phone', 20 * day);
  falseId = await past('meal', 'false-alarm', 9 * day);
  await past('advice', 'test', 8 * day);
  await say('button-a', 'test.pressed', { agoMs: 3 * day });
  await read(80, -60, 2 * hour);
  await say('motion-a', 'motion.detected', { agoMs: 40 * minute });
  await say('door-a', 'door.opened', { agoMs: 50 * minute });
  const heard = { data: { key: 'help', rssi: -88 } };
  const pressed = await say('button-a', 'button.pressed', { gatewayId: 'gateway-a', ...heard });
  alarmId = pressed.alarmIds[0] ?? '';
  pressedAt = iso(api.clock.now());
  await say('button-a', 'button.pressed', {
    agoMs: 200,
    gatewayId: 'gateway-2',
    data: { key: 'help', rssi: -61 },
  });
  // The gateway has not heard that the hub has it, and repeats the very same message.
  const event = { id: `e${events - 1}`, kind: 'button.pressed', ageMs: 0, data: { key: 'help' } };
  await api.gate.commit('receiveEvent', { event, origin: originOf('button-a', 'gateway-a') });
  api.clock.move(2 * minute);
  await read(78, -64, 0);
  await say('motion-a', 'motion.detected');
  await follow();
  operator = await api.as('operator-a');
});
afterAll(() => api.close());

describe('beside an alarm stands', () => {
  it('how the device is and how it was at the press, and when it was tested last', async () => {
    const device = await part<DeviceEvidence>(alarmId, 'device');
    expect(device.battery).toEqual({
      now: { value: 78, at: expect.any(String) },
      atPress: { value: 80, at: expect.any(String) },
    });
    expect(device.signal).toMatchObject({ now: { value: -64 }, atPress: { value: -60 } });
    expect(Date.parse(pressedAt) - Date.parse(device.lastTestAt ?? '')).toBe(3 * day);
  });

  it('which gateways heard the press, and how often it was repeated', async () => {
    expect(await part<RepeatsEvidence>(alarmId, 'repeats')).toEqual({
      presses: 1,
      heardBy: [
        { gatewayId: 'gateway-a', name: '', at: pressedAt, signal: -88 },
        { gatewayId: 'gateway-2', name: '二号网关', at: iso(Date.parse(pressedAt) - 200), signal: -61 },
      ],
      duplicates: 1,
      echoes: 1,
    });
  });

  it('what moved in the dwelling last before the press, and what has since', async () => {
    const movement = await part<MovementEvidence>(alarmId, 'movement');
    expect(movement).toMatchObject({
      sensors: 2,
      before: { kind: 'motion.detected', deviceId: 'motion-a', room: '浴室' },
      since: { kind: 'motion.detected', deviceId: 'motion-a' },
      knownUntil: null,
    });
    expect(Date.parse(pressedAt) - Date.parse(movement.before?.at ?? '')).toBe(40 * minute);
    expect(Date.parse(movement.since?.at ?? '') - Date.parse(pressedAt)).toBe(2 * minute);
  });

  it('what became of the alarms that the device raised in ninety days', async () => {
    const found = await part<PastEvidence>(alarmId, 'past');
    expect(found).toMatchObject({ alarms: 3, closed: 3, falseAlarms: 1, tests: 1, isMore: false });
    expect(found.latest).toEqual([
      expect.objectContaining({ kind: 'advice', disposition: 'test' }),
      { alarmId: falseId, kind: 'meal', disposition: 'false-alarm', pressedAt: expect.any(String) },
    ]);
  });

  it('nothing of what is not there, for a device that nobody knows', async () => {
    const { alarmIds } = await say('stray', 'button.pressed', {});
    const stray = alarmIds[0] ?? '';
    expect(await part(stray, 'device')).toMatchObject({
      battery: { now: null, atPress: null },
      lastTestAt: null,
    });
    expect(await part(stray, 'repeats')).toMatchObject({ heardBy: [] });
    expect(await part(stray, 'past')).toMatchObject({ alarms: 0, latest: [] });
  });
});

it('evidence is shown and changes nothing: after many false alarms the next press is raised as ever', async () => {
  for (let n = 0; n < 12; n += 1) await past('help', 'false-alarm', 0);
  const { alarmIds } = await say('button-a', 'button.pressed', { data: { key: 'help' } });
  const rows = () => api.db.selectFrom('alarms').selectAll().orderBy('id').execute();
  const before = await rows();
  for (const name of evidenceParts) await part(alarmIds[0] ?? '', name);
  expect(await part(alarmIds[0] ?? '', 'past')).toMatchObject({ falseAlarms: 13 });
  expect(await rows()).toEqual(before);
  const raised = before.find(({ id }) => id === alarmIds[0]);
  expect(raised).toMatchObject({ kind: 'help', priority: 'emergency', phase: 'raised' });
});

it.each(evidenceParts)(
  'the part "%s" is for those who answer alarms, of alarms that they see',
  async (name) => {
    for (const role of roles) {
      const own = await (await api.as(`${role}-a`)).get(`/alarms/${alarmId}/evidence/${name}`);
      expect([role, own.statusCode]).toEqual([role, may(role, 'history.read') ? 200 : 403]);
    }
    const elsewhere = await (await api.as('operator-b')).get(`/alarms/${alarmId}/evidence/${name}`);
    expect(elsewhere.statusCode).toBe(404);
  },
);

it('every look into the store goes by an index', async () => {
  const plans = [
    `SELECT id FROM alarms WHERE device_id = 'x' AND pressed_at >= 1 ORDER BY pressed_at DESC LIMIT 5`,
    `SELECT seq FROM journal WHERE at / 8000 IN (1, 2) AND heard_by IS NOT NULL AND type IN ('event', 'echo')
       AND device_id = 'x'`,
    `SELECT * FROM alarms LEFT JOIN absences ON absences.resident_id = alarms.resident_id
       AND absences.phase = 'running' WHERE alarms.id = 'x'`,
  ];
  const { sql } = await import('kysely');
  for (const plan of plans) {
    const { rows } = await sql<{ detail: string }>`${sql.raw(`EXPLAIN QUERY PLAN ${plan}`)}`.execute(api.db);
    for (const { detail } of rows) expect(detail).toMatch(/USING (?:COVERING )?INDEX/);
  }
});
