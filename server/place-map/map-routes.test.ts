import type { MapFrame, MapStates } from '@carebell/contracts/map.ts';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';
import { linesOf, positionsIn } from './outline.ts';

let api: ApiUnderTest;
let admin: Awaited<ReturnType<ApiUnderTest['as']>>;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  await admin.patch('/dwellings/home-a', { latitude: 31.23, longitude: 121.47 });
  await admin.patch('/stations/a', { latitude: 31.2, longitude: 121.4 });
});
afterAll(() => api.close());

const states = async (who = admin, id = 'root') =>
  (await who.get(`/map/${id}/states`)).json<MapStates>().items;

describe('the map', () => {
  it('shows what has a place, and says how many have none', async () => {
    const frame = (await admin.get('/map/root')).json<MapFrame>();
    expect(frame).toMatchObject({ placed: 1, unplaced: 1, tiles: null, outlines: [] });
    expect(frame.stations).toEqual([{ id: 'a', name: 'Station a', latitude: 31.2, longitude: 121.4 }]);
    expect((await admin.get('/map/street/places')).json()).toEqual({
      items: [['home-a', 121.47, 31.23]],
      cursor: null,
    });
    expect((await admin.get('/map/b/places')).json()).toEqual({ items: [], cursor: null });
  });

  it('gives everything, page after page, of 12,000 dwellings', async () => {
    for (let from = 0; from < 12_000; from += 1_000) {
      const rows = Array.from({ length: 1_000 }, (_, index) => ({
        id: `many-${from + index}`,
        stationId: 'b',
        address: `${from + index}`,
        latitude: 31 + index / 10_000,
        longitude: 121 + from / 100_000,
      }));
      expect((await admin.post('/import/dwellings', { rows })).statusCode).toBe(201);
    }
    const seen = new Set<string>();
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: [string, number, number][]; cursor: string | null } = (
        await admin.get(`/map/b/places?cursor=${cursor}`)
      ).json();
      for (const [id] of page.items) seen.add(id);
      ({ cursor } = page);
    }
    expect(seen.size).toBe(12_000);
  });

  it('tells an alarm before a silent device, and that somebody is away', async () => {
    expect(await states()).toEqual([]);
    await admin.post('/residents/resident-b/absences', {
      kind: 'in-hospital',
      until: new Date(api.clock.now() + 86_400_000).toISOString(),
    });
    expect(await states()).toMatchObject([
      { dwellingId: 'home-b', state: 'away', alarm: null, address: 'b lane 7, room 301' },
    ]);
    const origin = {
      deviceId: 'button-b',
      dwellingId: 'home-b',
      residentId: 'resident-b',
      stationId: 'b',
      gatewayId: null,
      isKnown: true,
      receivedAtMs: api.clock.now(),
    };
    const event = { id: 'p1', kind: 'button.pressed', data: { key: 'help' } };
    await api.gate.commit('receiveEvent', { event, origin });
    expect(await states()).toMatchObject([
      { dwellingId: 'home-b', state: 'alarm', alarm: { priority: 'emergency', isAnswered: false } },
    ]);
    expect(await states(await api.as('operator-b'), 'b')).toHaveLength(1);
    expect(await states(await api.as('operator-a'), 'a')).toEqual([]);
  });

  it('hides the part of the organisation that the reader does not see', async () => {
    const operator = await api.as('operator-a');
    for (const path of ['/map/b', '/map/street/places', '/map/root/states', '/map/nowhere'])
      expect((await operator.get(path)).statusCode).toBe(404);
  });
});

describe('an outline', () => {
  const ring = [
    [121.4, 31.2, 5],
    [121.5, 31.2, 5],
    [121.5, 31.3, 5],
    [121.4, 31.2, 5],
  ];
  const flat = ring.map(([longitude, latitude]) => [longitude, latitude]);

  it('is GeoJSON of any form, of which lines are kept', async () => {
    const feature = {
      type: 'Feature',
      properties: { name: '静安' },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
    const body = { type: 'FeatureCollection', features: [feature] };
    expect((await admin.put('/organisations/street/outline', body)).json()).toEqual({
      organisationId: 'street',
      lines: [flat],
    });
    const { outlines } = (await admin.get('/map/district')).json<MapFrame>();
    expect(outlines).toEqual([{ organisationId: 'street', lines: [flat] }]);
    expect((await admin.delete('/organisations/street/outline')).statusCode).toBe(200);
    expect((await admin.get('/map/district')).json<MapFrame>().outlines).toEqual([]);
    const kinds = await api.db
      .selectFrom('journal')
      .select('kind')
      .where('kind', '=', 'outline-changed')
      .execute();
    expect(kinds).toHaveLength(2);
  });

  it('is refused where it is no outline, off the earth, too fine, or of somebody else', async () => {
    const put = async (body: object, id = 'street') =>
      (await admin.put(`/organisations/${id}/outline`, body)).statusCode;
    expect(await put({ type: 'Point', coordinates: [1, 2] })).toBe(400);
    expect(
      await put({
        type: 'LineString',
        coordinates: [
          [31.2, 121.4],
          [31.3, 121.5],
        ],
      }),
    ).toBe(400);
    const fine = Array.from({ length: 20_001 }, (_, index) => [120 + index / 100_000, 31]);
    expect(await put({ type: 'LineString', coordinates: fine })).toBe(400);
    expect(await put({ type: 'LineString', coordinates: flat }, 'nowhere')).toBe(404);
    const manager = await api.as('station-manager-a');
    expect(
      (await manager.put('/organisations/b/outline', { type: 'LineString', coordinates: flat })).statusCode,
    ).toBe(404);
  });

  it('keeps every position of whatever geometry', () => {
    const position = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }));
    const path = fc.array(position, { minLength: 2, maxLength: 5 });
    const polygon = fc.array(path, { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(polygon, { maxLength: 4 }), (coordinates) => {
        const lines = linesOf({ type: 'MultiPolygon', coordinates });
        expect(positionsIn(lines)).toBe(coordinates.flat(2).length);
        expect(lines).toEqual(
          coordinates.flatMap((rings) => linesOf({ type: 'Polygon', coordinates: rings })),
        );
      }),
    );
  });
});
