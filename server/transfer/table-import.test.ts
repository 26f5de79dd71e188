import type { Device } from '@carebell/contracts/registry.ts';
import type { TableImported } from '@carebell/contracts/registry-tables.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
type Refused = { code: string; errors: { field: string; code: string }[] };
let api: ApiUnderTest;
let installer: Caller;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  installer = await api.as('installer-a');
});
afterAll(() => api.close());

const counted = async (table: 'devices' | 'gateways' | 'dwellings' | 'journal' | 'search_entries') =>
  (await api.db.selectFrom(table).selectAll().execute()).length;

describe('lists of dwellings, gateways and devices', () => {
  it('are entered in this order, and bring a secret for each that signs in itself', async () => {
    const dwellings = [
      { id: 'listed-1', stationId: 'a', address: 'lane 9, room 1' },
      { id: 'listed-2', stationId: 'a', address: 'lane 9, room 2', area: 'remote' },
    ];
    expect((await installer.post('/import/dwellings', { rows: dwellings })).json()).toEqual({
      entered: 2,
      secrets: [],
    });
    const gateways = [{ id: 'listed-gw', stationId: 'a', dwellingId: 'listed-1' }];
    const ofGateways = (await installer.post('/import/gateways', { rows: gateways })).json<TableImported>();
    expect(ofGateways).toMatchObject({ entered: 1, secrets: [{ id: 'listed-gw' }] });
    const devices = [
      { id: 'listed-btn', type: 'button', dwellingId: 'listed-1', room: 'bath' },
      { id: 'listed-door', type: 'door-sensor', gatewayId: 'listed-gw', heardAs: 'ev1527-77' },
    ];
    const answer = await installer.post('/import/devices', { rows: devices });
    const { entered, secrets } = answer.json<TableImported>();
    expect({ entered, ids: secrets.map(({ id }) => id) }).toEqual({ entered: 2, ids: ['listed-btn'] });
    expect(api.directory.account('listed-btn')?.secretHash).toBe(`hash of ${secrets[0]?.secret}`);
    expect((await installer.get('/devices/listed-door')).json<Device>()).toMatchObject({
      stationId: 'a',
      heardAs: 'ev1527-77',
    });
  });

  it('are refused as a whole, with all that is wrong by row and column, and leave no trace', async () => {
    const tables = ['devices', 'journal', 'search_entries'] as const;
    const before = await Promise.all(tables.map(counted));
    const rows = [
      { id: 'good', type: 'button', stationId: 'a' },
      { id: 'button-a', type: 'button', stationId: 'a' },
      { id: 'good', type: 'button', stationId: 'a' },
      { id: 'there', type: 'button', dwellingId: 'home-b' },
      { id: 'radio', type: 'button', stationId: 'a', heardAs: 'x' },
    ];
    const refused = (await installer.post('/import/devices', { rows })).json<Refused>();
    expect(refused.code).toBe('import-refused');
    expect(refused.errors.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'rows.1.id already-exists',
      'rows.2.id already-exists',
      'rows.3.dwellingId reference-unknown',
      'rows.4.heardAs gateway-missing',
    ]);
    expect(await Promise.all(tables.map(counted))).toEqual(before);
    expect(api.directory.device('good')).toBeUndefined();
    expect(api.directory.account('button-a')).toBeDefined();
  });

  it('name the cells that are malformed, before anything is looked up', async () => {
    const rows = [{ id: 'a b', type: 'toaster', stationId: 'a', colour: 'red' }];
    const answer = await installer.post('/import/devices', { rows });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<Refused>().errors.map(({ field }) => field)).toContain('rows.0.type');
  });

  it('have an empty list to begin from, which Excel reads as what it is', async () => {
    const { body } = await installer.get('/import/devices/template.csv');
    expect(body.startsWith('\uFEFF设备编号 id,类型 type,')).toBe(true);
    expect(body.trimEnd().split('\n')).toHaveLength(1);
  });

  it('are entered a thousand rows at once', async () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => ({
      id: `many-${index}`,
      type: 'motion-sensor',
      stationId: 'a',
      gatewayId: 'gateway-a',
      heardAs: `ev1527-${index.toString(16)}m`,
    }));
    const startedMs = performance.now();
    expect((await installer.post('/import/devices', { rows })).json()).toMatchObject({ entered: 1_000 });
    expect(performance.now() - startedMs).toBeLessThan(20_000);
    const more = [...rows.slice(0, 1_000), { id: 'x', type: 'button', stationId: 'a' }];
    expect((await installer.post('/import/devices', { rows: more })).statusCode).toBe(400);
  });
});
