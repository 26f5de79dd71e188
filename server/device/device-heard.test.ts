import type { Problem } from '@carebell/contracts/http-api.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let api: ApiUnderTest;
let admin: Caller;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  await admin.post('/gateways', { id: 'gateway-a2', stationId: 'a' });
});
afterAll(() => api.close());

const signals = { 'key.4': { kind: 'button.pressed', key: 'help' }, '*': { kind: 'button.pressed' } };
const behind = (gatewayId: string, more: object) => ({ type: 'button', gatewayId, ...more });

async function enter(body: object): Promise<Device> {
  const answer = await admin.post('/devices', body);
  expect(answer.statusCode).toBe(201);
  return answer.json<{ device: Device }>().device;
}

describe('the identifier under which gateways report a device, and what its signals mean', () => {
  it('are kept, listed, found, exported, in the memory of the hub, and entered by name alone in the journal', async () => {
    const heardAs = 'rf433.ev1527.0f749';
    const device = await enter(behind('gateway-a', { id: 'kitchen', heardAs, signals }));
    expect(device).toMatchObject({ heardAs, signals });
    expect(api.directory.device('kitchen')).toMatchObject({ heardAs, signals });
    for (const query of [`heardAs=${heardAs}`, 'heardAs=RF433.EV1527.0F749', 'q=0F749']) {
      const { items } = (await admin.get(`/devices?${query}`)).json<{ items: Device[] }>();
      expect(items.map(({ id }) => id)).toEqual(['kitchen']);
    }
    const csv = (await admin.get('/export/devices.csv')).body;
    expect(csv.split('\r\n').find((line) => line.startsWith('kitchen,'))).toContain(
      `,gateway-a,${heardAs},"${JSON.stringify(signals).replaceAll('"', '""')}",`,
    );

    const changed = await admin.patch('/devices/kitchen', { heardAs: null, signals: {} });
    expect(changed.json()).toMatchObject({ heardAs: null, signals: {} });
    const entered = await api.db
      .selectFrom('journal')
      .select('body')
      .where('kind', '=', 'device-changed')
      .executeTakeFirstOrThrow();
    expect(JSON.parse(entered.body)).toMatchObject({ id: 'kitchen', fields: ['heardAs', 'signals'] });
  });

  it('are not kept where they say what is known anyway: that it is heard as itself', async () => {
    expect(await enter(behind('gateway-a', { id: 'itself', heardAs: 'itself' }))).toMatchObject({
      heardAs: null,
    });
  });

  it.each<[string, object]>([
    ['heardAs', { heardAs: 'rf433.ev1527.11111' }],
    ['signals', { signals }],
  ])('are only for a device behind a gateway: %s', async (field, more) => {
    const answer = await admin.post('/devices', { type: 'button', dwellingId: 'home-a', ...more });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'gateway-missing', errors: [{ field }] });
    const known = await enter(behind('gateway-a', { dwellingId: 'home-a', ...more }));
    const without = await admin.patch(`/devices/${known.id}`, { gatewayId: null });
    expect(without.json()).toMatchObject({ code: 'gateway-missing', errors: [{ field }] });
    const cleared = { gatewayId: null, heardAs: null, signals: {} };
    expect((await admin.patch(`/devices/${known.id}`, cleared)).statusCode).toBe(200);
  });

  it('are refused where they are no signals', async () => {
    for (const wrong of [{ 'key 4': { kind: 'button.pressed' } }, { '*': { kind: 'nonsense' } }]) {
      const answer = await admin.post('/devices', behind('gateway-a', { signals: wrong }));
      expect(answer.json()).toMatchObject({ code: 'invalid-request' });
    }
  });
});

describe('one radio code is one device of a station', () => {
  const code = 'rf433.ev1527.abcde';
  beforeAll(async () => void (await enter(behind('gateway-a', { id: 'first', heardAs: code }))));

  const problemOf = (answer: Awaited<ReturnType<Caller['post']>>) => answer.json<Problem>();
  const taken = (field: string) => ({
    status: 409,
    code: 'heard-as-taken',
    detail: expect.stringContaining('"first" has it') as string,
    errors: [{ field }],
  });

  it('and not of a second one, whichever gateway it speaks through', async () => {
    expect(
      problemOf(await admin.post('/devices', behind('gateway-a2', { heardAs: code.toUpperCase() }))),
    ).toMatchObject(taken('heardAs'));
    expect(problemOf(await admin.post('/devices', behind('gateway-a', { id: code })))).toMatchObject(
      taken('id'),
    );
    expect(problemOf(await admin.post('/devices', behind('gateway-a', { heardAs: 'first' })))).toMatchObject(
      taken('heardAs'),
    );
    const second = await enter(behind('gateway-a2', {}));
    expect(problemOf(await admin.patch(`/devices/${second.id}`, { heardAs: code }))).toMatchObject(
      taken('heardAs'),
    );
  });

  it('and may be another one of another station, whose gateway then does not move here', async () => {
    await admin.post('/gateways', { id: 'roaming', stationId: 'b' });
    await enter(behind('roaming', { heardAs: code }));
    expect(problemOf(await admin.patch('/gateways/roaming', { stationId: 'a' }))).toMatchObject(
      taken('stationId'),
    );
  });

  it('which may be changed otherwise', async () => {
    expect((await admin.patch('/devices/first', { room: 'bath', heardAs: code })).statusCode).toBe(200);
  });

  it('and is then no longer among those that nobody has entered', async () => {
    const origin = { residentId: null, stationId: 'a', gatewayId: 'gateway-a', isKnown: false };
    for (const deviceId of ['rf433.ev1527.00001', 'rf433.ev1527.00002']) {
      await api.gate.commit('receiveEvent', {
        origin: { ...origin, deviceId, receivedAtMs: api.clock.now() },
        event: { id: 'e1', kind: 'code.received', data: { signal: 'key.4' } },
      });
    }
    await enter(behind('gateway-a', { heardAs: 'rf433.ev1527.00001' }));
    const { items } = (await admin.get('/devices?isRegistered=false')).json<{ items: Device[] }>();
    expect(items.map(({ id }) => id)).toEqual(['rf433.ev1527.00002']);
  });
});
