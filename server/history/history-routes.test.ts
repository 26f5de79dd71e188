import type { Activity, HistoryPoint, Nights } from '@carebell/contracts/history.ts';
import type { DeviceEvent, DeviceReading } from '@carebell/contracts/messages.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

let api: ApiUnderTest;
let operator: Caller;
let supervisor: Caller;
let lastId = 0;

/** 8:00 of 14 March 2026 in Shanghai. */
const now = Date.UTC(2026, 2, 14);
const iso = (atMs: number): string => new Date(atMs).toISOString();
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const originOf = (deviceId: string, station: string) => ({
  deviceId,
  residentId: `resident-${station}`,
  stationId: station,
  gatewayId: null,
  isKnown: true,
  receivedAtMs: now,
});

async function say(
  deviceId: string,
  station: string,
  kind: string,
  agoMs: number,
  data?: DeviceEvent['data'],
): Promise<void> {
  lastId += 1;
  const event = { id: `e${lastId}`, kind, ageMs: agoMs, ...(data ? { data } : {}) };
  await api.gate.commit('receiveEvent', { event, origin: originOf(deviceId, station) });
}

beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  const admin = await api.as('admin');
  const devices = [
    { id: 'door-a', type: 'door-sensor', name: '大门', room: 'hall', residentId: 'resident-a' },
    { id: 'motion-a', type: 'motion-sensor', room: 'bath', residentId: 'resident-a' },
    { id: 'bed-a', type: 'bed-sensor', room: 'bedroom', residentId: 'resident-a' },
  ];
  for (const device of devices) await admin.post('/devices', device);
  operator = await api.as('operator-a');
  supervisor = await api.as('supervisor-a');

  for (let index = 0; index < 30; index += 1)
    await say('motion-a', 'a', 'motion.detected', index * 10 * minuteMs);
  await say('door-a', 'a', 'door.opened', 5 * hourMs);
  await say('door-a', 'a', 'door.closed', 5 * hourMs - 1);
  // A night from 22:00 to 6:00 in Shanghai; out of bed from 3:00 to 3:12 and once more at 5:30, without a return.
  await say('bed-a', 'a', 'bed.left', 5 * hourMs);
  await say('bed-a', 'a', 'bed.entered', 5 * hourMs - 12 * minuteMs);
  await say('bed-a', 'a', 'bed.left', 2.5 * hourMs);
  await say('button-b', 'b', 'button.pressed', 1 * hourMs, { key: 'help' });
  await say('button-a', 'a', 'button.pressed', 1 * hourMs, { key: 'help' });
  for (const [agoMs, battery] of [
    [3 * hourMs, 80],
    [2 * hourMs, 70],
  ] as const) {
    const reading = { at: iso(now - agoMs), battery, rssi: -70 } as unknown as DeviceReading;
    await api.gate.commit('receiveReading', { reading, origin: originOf('button-a', 'a') });
  }
  await follow();
});
afterAll(() => api.close());

/** Lets the follower's clock tick until it has come to the end of the journal. */
async function follow(): Promise<void> {
  await vi.waitFor(async () => {
    api.clock.move(1_000);
    const status = (await supervisor.get('/history/status')).json<{ lagEntries: number; cursor: number }>();
    expect(status).toMatchObject({ lagEntries: 0, isWell: true });
    expect(status.cursor).toBeGreaterThan(40);
  });
}

const span = `from=${iso(now - 24 * hourMs)}&to=${iso(now + hourMs)}`;
const items = async (who: Caller, path: string): Promise<HistoryPoint[]> => {
  const answer = await who.get(path);
  expect({ path, body: answer.statusCode === 200 ? '' : answer.body }).toEqual({ path, body: '' });
  return answer.json<{ items: HistoryPoint[] }>().items;
};

describe('the streams', () => {
  it('show what a resident did, the newest first, page by page', async () => {
    const seen: HistoryPoint[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const path = `/history/events?residentId=resident-a&${span}&limit=10${cursor && `&cursor=${cursor}`}`;
      const page: { items: HistoryPoint[]; cursor: string | null } = (await operator.get(path)).json();
      seen.push(...page.items);
      cursor = page.cursor;
    }
    expect(seen).toHaveLength(36);
    expect(new Set(seen.map(({ values }) => values['seq'])).size).toBe(36);
    expect(seen.map(({ at }) => at)).toEqual(
      seen
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(seen[0]).toMatchObject({
      deviceId: 'motion-a',
      residentId: 'resident-a',
      stationId: 'a',
      kind: 'motion.detected',
    });
  });

  it('show the readings of a device to an installer, and what people did not', async () => {
    const installer = await api.as('installer-a');
    const readings = await items(installer, `/history/readings?deviceId=button-a&${span}`);
    expect(readings.map(({ values }) => values)).toEqual([
      { battery: 70, rssi: -70 },
      { battery: 80, rssi: -70 },
    ]);
    expect((await installer.get('/history/events')).statusCode).toBe(403);
    const battery = `deviceId=button-a&${span}&stream=readings&field=battery&aggregate=mean&every=1d`;
    const course = (await installer.get(`/history/series?${battery}`)).json<{ groups: unknown[] }>();
    expect(course.groups).toHaveLength(1);
    expect((await installer.get(`/history/series?deviceId=button-a&${span}&every=1d`)).json()).toMatchObject({
      code: 'forbidden',
    });
  });

  it('show the steps of an alarm', async () => {
    const steps = await items(
      operator,
      `/history/alarm-steps?residentId=resident-a&from=${iso(now - hourMs)}&to=${iso(now + hourMs)}`,
    );
    expect(steps.map(({ kind }) => kind)).toContain('raised');
  });

  it('show nothing of another station, neither asked for by name nor by naming nothing', async () => {
    for (const query of ['residentId=resident-b', 'deviceId=button-b', 'stationId=b', 'stationId=street'])
      expect((await operator.get(`/history/events?${query}`)).statusCode).toBe(404);
    const all = await items(operator, `/history/events?${span}&limit=500`);
    expect(new Set(all.map(({ stationId }) => stationId))).toEqual(new Set(['a']));
    const root = await api.as('admin');
    expect(await items(root, `/history/events?${span}&kind=button.pressed`)).toHaveLength(2);
  });

  it.each([
    'cursor=1',
    'cursor=a.b',
    'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
    'from=yesterday',
    'limit=0',
  ])('refuse %s and say what is wrong', async (query) => {
    expect((await operator.get(`/history/events?${query}`)).json()).toMatchObject({
      status: 400,
      code: 'invalid-request',
    });
  });
});

describe('series', () => {
  type Series = { groups: { name: string | null; values: { at: string; value: number }[] }[] };
  const series = async (query: string): Promise<Series['groups']> =>
    (await operator.get(`/history/series?residentId=resident-a&${span}&${query}`)).json<Series>().groups;

  it('count by hour, together or by kind', async () => {
    const [all] = await series('every=1d');
    expect(all?.name).toBeNull();
    expect(all?.values.reduce((sum, { value }) => sum + value, 0)).toBe(36);
    const byKind = Object.fromEntries(
      (await series('every=1d&groupBy=kind')).map(({ name, values }) => [name, values]),
    );
    expect(byKind['door.opened']).toEqual([{ at: '2026-03-13T16:00:00.000Z', value: 1 }]);
    const rooms = await series('every=1h&groupBy=room');
    expect(new Set(rooms.map(({ name }) => name))).toEqual(new Set(['', 'bath', 'bedroom', 'hall']));
  });

  it('tell the mean of a reading', async () => {
    const groups = await series('stream=readings&field=battery&aggregate=mean&every=1d&groupBy=device');
    expect(groups).toEqual([{ name: 'button-a', values: [{ at: '2026-03-13T16:00:00.000Z', value: 75 }] }]);
  });

  it.each([
    'every=1w',
    'stream=readings',
    'every=1m&from=2026-01-01T00:00:00Z',
    'stream=readings&field=battery&aggregate=mean&groupBy=room',
  ])('refuse %s and name the field', async (query) => {
    const answer = (await operator.get(`/history/series?${query}`)).json<{ errors: unknown[] }>();
    expect(answer).toMatchObject({ status: 400, errors: [{ field: expect.any(String) }] });
  });
});

describe('what follows from events', () => {
  it('is a row of activity for each room and each door', async () => {
    const { rows } = (
      await operator.get(`/history/activity?residentId=resident-a&${span}&every=1d`)
    ).json<Activity>();
    const totals = rows.map(({ room, isDoor, name, values }) => [
      room,
      isDoor,
      name,
      values.reduce((sum, { value }) => sum + value, 0),
    ]);
    expect(totals).toEqual([
      ['', false, '', 1],
      ['bath', false, 'bath', 30],
      ['bedroom', false, 'bedroom', 3],
      ['hall', true, '大门', 1],
    ]);
  });

  it('are the times out of bed of each night, and the doors', async () => {
    const path = `/history/nights?residentId=resident-a&from=${iso(now - 10 * hourMs)}&to=${iso(now)}`;
    const { nights } = (await operator.get(path)).json<Nights>();
    expect(nights).toEqual([
      {
        night: '2026-03-13',
        from: '2026-03-13T14:00:00.000Z',
        to: '2026-03-13T22:00:00.000Z',
        exits: [
          { leftAt: '2026-03-13T19:00:00.000Z', returnedAt: '2026-03-13T19:12:00.000Z' },
          { leftAt: '2026-03-13T21:30:00.000Z', returnedAt: null },
        ],
        outOfBedMinutes: 12,
        doorsOpened: [{ at: '2026-03-13T19:00:00.000Z', deviceId: 'door-a' }],
      },
    ]);
  });

  it('is how often each door was opened', async () => {
    const { doors } = (await operator.get(`/history/door-openings?residentId=resident-a&${span}`)).json<{
      doors: object[];
    }>();
    expect(doors).toMatchObject([{ deviceId: 'door-a', name: '大门', openings: 1 }]);
  });

  it('is how long each hop of an alarm took, by station', async () => {
    const { all, stations } = (await operator.get('/history/response-times')).json<{
      all: object;
      stations: object[];
    }>();
    expect(all).toMatchObject({ alarms: 1, hops: { received: { count: 1, p50Ms: hourMs } } });
    expect(stations).toMatchObject([{ stationId: 'a', stationName: 'Station a', alarms: 1 }]);
    const times = (await operator.get('/history/alarms?residentId=resident-a')).json<{ items: object[] }>()
      .items;
    expect(times).toMatchObject([
      { kind: 'help', pressedAt: iso(now - hourMs), receivedAt: iso(now), closedAt: null },
    ]);
  });
});

describe('an export', () => {
  it('is CSV that a table program reads, or line protocol, and stands in the journal', async () => {
    const csv = (await supervisor.get(`/history/export?residentId=resident-a&${span}`)).body.split('\r\n');
    expect(csv[0]).toBe('\uFEFFat,time,device,resident,station,kind,values');
    expect(csv).toHaveLength(1 + 36 + 1);
    const lines = (
      await supervisor.get(`/history/export?deviceId=button-a&stream=readings&format=line&${span}`)
    ).body;
    expect(lines).toMatch(
      /^reading,device=button-a,resident=resident-a,station=a battery=80,rssi=-70 \d{19}\n/,
    );
    expect((await operator.get('/history/export')).statusCode).toBe(403);
    const entries = await api.db
      .selectFrom('journal')
      .select('body')
      .where('kind', 'like', '%export%')
      .execute();
    expect(entries.length).toBeGreaterThan(0);
  });
});
