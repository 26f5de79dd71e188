import type { Dwelling, Resident } from '@carebell/contracts/registry.ts';
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
});
afterAll(() => api.close());

async function enter<T>(path: string, body: unknown): Promise<T> {
  const answer = await admin.post(path, body);
  expect(answer.body.slice(0, 300)).not.toContain('problem');
  expect(answer.statusCode).toBe(201);
  return answer.json<T>();
}

describe('entering', () => {
  it('fills what was left out, and answers what is kept', async () => {
    const dwelling = await enter<Dwelling>('/dwellings', { stationId: 'a', address: ' 12 Long Lane ' });
    expect(dwelling).toEqual({
      id: expect.stringMatching(/^[0-9a-z]{16}$/),
      stationId: 'a',
      address: '12 Long Lane',
      access: '',
      grid: null,
      area: 'centre',
      latitude: null,
      longitude: null,
      version: 1,
    });
    const resident = await enter<Resident>('/residents', { dwellingId: dwelling.id, name: '张伟' });
    expect(resident).toEqual({
      id: expect.any(String),
      dwellingId: dwelling.id,
      name: '张伟',
      phone: null,
      birthYear: null,
      riskGroups: [],
      medicalNotes: '',
      handlingNotes: '',
      contacts: [],
      version: 1,
    });
    expect((await admin.get(`/residents/${resident.id}`)).json()).toEqual(resident);
  });

  const names = [
    'أحمد محمد 😀',
    '👵🏽👨‍👩‍👧 Ω≈ç√∫',
    "Robert'); DROP TABLE residents;--",
    '<script>alert(1)</script>',
    '%_\\',
    '\u202Egnirts desrever',
    'e\u0301 combining',
    '龘'.repeat(120),
    'null',
    '${7*7}{{7*7}}',
  ];
  for (const name of names) {
    it(`gives back the name ${JSON.stringify(name.slice(0, 30))} as it was given`, async () => {
      const { id } = await enter<Resident>('/residents', { dwellingId: 'home-a', name });
      expect((await admin.get(`/residents/${id}`)).json()).toMatchObject({ name });
      const found = (await admin.get(`/residents?q=${encodeURIComponent(name.slice(0, 100))}`)).json<{
        items: Resident[];
      }>();
      expect(found.items.map((item) => item.id)).toContain(id);
    });
  }

  it('refuses a name of 300 characters', async () => {
    const answer = await admin.post('/residents', { dwellingId: 'home-a', name: 'x'.repeat(300) });
    expect(answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ field: 'name' }] });
  });

  it('takes an identifier once', async () => {
    const body = { id: 'mine', stationId: 'a', address: 'x' };
    await enter('/dwellings', body);
    expect((await admin.post('/dwellings', body)).json()).toMatchObject({
      status: 409,
      code: 'already-exists',
    });
  });

  it('takes a place on the map with both of its numbers, and refuses one alone or beyond the earth', async () => {
    const home = { stationId: 'a', address: 'by the river', latitude: 31.2304, longitude: 121.4737 };
    const placed = await enter<Dwelling>('/dwellings', home);
    expect(placed).toMatchObject(home);
    for (const [wrong, status] of [
      [{ latitude: 31 }, 422],
      [{ longitude: 121 }, 422],
      [{ latitude: 91, longitude: 0 }, 400],
      [{ latitude: 0, longitude: 180.5 }, 400],
    ] as const) {
      const body = { ...home, latitude: null, longitude: null, ...wrong };
      expect((await admin.post('/dwellings', body)).statusCode).toBe(status);
      const station = { name: 'S', parentId: 'root', ...wrong };
      expect((await admin.post('/stations', station)).statusCode).toBe(status);
    }
    const half = await admin.patch(`/dwellings/${placed.id}`, { longitude: null });
    expect(half.json()).toMatchObject({ code: 'field-missing', errors: [{ field: 'longitude' }] });
    const moved = await admin.patch(`/dwellings/${placed.id}`, { latitude: -33.9, longitude: 18.4 });
    expect(moved.json()).toMatchObject({ latitude: -33.9, longitude: 18.4 });
    const station = await admin.patch('/stations/a', { latitude: 31.23, longitude: 121.47 });
    expect(station.json()).toMatchObject({ latitude: 31.23, longitude: 121.47 });
  });

  it('lets one station stand alone below the root', async () => {
    const station = await enter('/stations', {
      id: 'village',
      name: 'Village',
      parentId: 'root',
      phone: '110',
    });
    expect(station).toEqual({
      id: 'village',
      level: 'station',
      name: 'Village',
      parentId: 'root',
      phone: '110',
      latitude: null,
      longitude: null,
      version: 1,
    });
    expect((await admin.get('/stations/village')).json()).toEqual(station);
    expect((await admin.get('/stations/street')).statusCode).toBe(404);
  });
});

describe('a change', () => {
  it('leaves every field that it does not name as it was', async () => {
    const before = (await admin.get('/residents/resident-a')).json<Resident>();
    const answer = await admin.patch('/residents/resident-a', { birthYear: 1938 });
    expect(answer.json()).toEqual({ ...before, birthYear: 1938, version: 2 });
    const again = await admin.patch('/residents/resident-a', { phone: null, medicalNotes: '' });
    expect(again.json()).toEqual({ ...before, birthYear: 1938, phone: null, medicalNotes: '', version: 3 });
    expect((await admin.patch('/residents/resident-a', {})).json()).toEqual({ ...again.json(), version: 4 });
  });

  it('that is refused changes nothing', async () => {
    const before = (await admin.get('/dwellings/home-a')).json();
    const answer = await admin.patch('/dwellings/home-a', { address: 'changed', stationId: 'nowhere' });
    expect(answer.statusCode).toBe(422);
    expect((await admin.get('/dwellings/home-a')).json()).toEqual(before);
  });

  it("of a dwelling takes its devices and gateways to the new station, in the hub's memory too", async () => {
    await enter('/dwellings', { id: 'moving', stationId: 'a', address: 'x' });
    await enter('/devices', { id: 'moving-door', type: 'door-sensor', dwellingId: 'moving' });
    await enter('/gateways', { id: 'moving-gateway', stationId: 'a', dwellingId: 'moving' });
    await admin.patch('/dwellings/moving', { stationId: 'b', address: 'elsewhere' });
    for (const path of ['/devices/moving-door', '/gateways/moving-gateway']) {
      expect((await admin.get(path)).json()).toMatchObject({ stationId: 'b' });
    }
    expect(api.directory.device('moving-door')).toMatchObject({ stationId: 'b', address: 'elsewhere' });
    expect(api.directory.gateway('moving-gateway')).toMatchObject({ stationId: 'b' });
  });

  it("of a resident's dwelling takes the resident's own devices along and leaves those of the dwelling", async () => {
    await enter('/dwellings', { id: 'old-home', stationId: 'a', address: 'old' });
    await enter('/dwellings', { id: 'new-home', stationId: 'b', address: 'new' });
    await enter('/residents', { id: 'mover', dwellingId: 'old-home', name: '陈静' });
    await enter('/devices', { id: 'mover-pendant', type: 'button', residentId: 'mover' });
    await enter('/devices', { id: 'old-smoke', type: 'smoke-detector', dwellingId: 'old-home' });
    await admin.patch('/residents/mover', { dwellingId: 'new-home', name: '陈静静' });
    expect((await admin.get('/devices/mover-pendant')).json()).toMatchObject({
      dwellingId: 'new-home',
      stationId: 'b',
    });
    expect((await admin.get('/devices/old-smoke')).json()).toMatchObject({
      dwellingId: 'old-home',
      stationId: 'a',
    });
    expect(api.directory.device('mover-pendant')).toMatchObject({ residentName: '陈静静', address: 'new' });
  });

  it('of the organisation is seen at once by those whose part it changes', async () => {
    await enter('/organisations', { id: 'street-2', level: 'street', name: 'Two', parentId: 'district' });
    await api.addUser('leader-2', 'supervisor', 'street-2');
    const leader = await api.as('leader-2');
    expect((await leader.get('/dwellings/home-b')).statusCode).toBe(404);
    await admin.patch('/stations/b', { parentId: 'street-2' });
    expect((await leader.get('/dwellings/home-b')).statusCode).toBe(200);
    await admin.patch('/stations/b', { parentId: 'street' });
    expect((await leader.get('/dwellings/home-b')).statusCode).toBe(404);
  });

  it('is entered in the journal with who made it and the names of its fields only', async () => {
    await admin.patch('/residents/resident-b', { medicalNotes: 'penicillin allergy', phone: '12345' });
    const line = await api.db
      .selectFrom('journal')
      .selectAll()
      .where('kind', '=', 'resident-changed')
      .where('resident_id', '=', 'resident-b')
      .executeTakeFirstOrThrow();
    expect(line).toMatchObject({ type: 'registry', station_id: 'b', hash: null });
    expect(JSON.parse(line.body)).toEqual({
      id: 'resident-b',
      by: expect.any(String),
      fields: ['phone', 'medicalNotes'].toSorted().toReversed(),
    });
    expect(line.body).not.toContain('penicillin');
  });
});

describe('a list', () => {
  it('gives every item once, page by page, and says where it ends', async () => {
    const whole = (await admin.get('/dwellings?limit=500')).json<{ items: Dwelling[]; cursor: null }>();
    expect(whole.cursor).toBeNull();
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = (await admin.get(`/dwellings?limit=2${query}`)).json<{
        items: Dwelling[];
        cursor: string | null;
      }>();
      ids.push(...page.items.map(({ id }) => id));
      ({ cursor } = page);
    }
    expect(ids).toEqual(whole.items.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  const found = async (path: string) =>
    (await admin.get(path)).json<{ items: { id: string }[] }>().items.map(({ id }) => id);

  const searches: [path: string, ids: string[]][] = [
    ['/residents?q=王秀英', ['resident-a', 'resident-b']],
    ['/residents?q=RESIDENT-B', ['resident-b']],
    ['/residents?q=b LANE 7', ['resident-b']],
    ['/residents?q=1380013', ['resident-a']],
    ['/residents?q=138-0013', ['resident-a']],
    ['/residents?q=%2525', []],
    ['/residents?dwellingId=home-b', ['resident-b']],
    ['/residents?stationId=b&q=王', ['resident-b']],
    ['/devices?q=lane 7', ['button-a', 'button-b']],
    ['/devices?q=button-a', ['button-a']],
    ['/devices?residentId=resident-b', ['button-b']],
    ['/devices?isRegistered=false', []],
    ['/dwellings?q=LANE 7, room', ['home-a', 'home-b']],
  ];
  it('is narrowed by parts of names, numbers, addresses and identifiers', async () => {
    const fresh = await openApi();
    await enterCommunity(fresh);
    const asking = await fresh.as('admin');
    await asking.patch('/residents/resident-b', { phone: null });
    for (const [path, ids] of searches) {
      const answer = await asking.get(encodeURI(path).replaceAll('%25', '%'));
      expect([path, answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id)]).toEqual([
        path,
        ids,
      ]);
    }
    await fresh.close();
  });

  it('finds devices that belong to nobody only for those who see everything', async () => {
    await enter('/devices', { id: 'stray', type: 'other' });
    expect(await found('/devices?q=stray')).toEqual(['stray']);
    const supervisor = await api.as('supervisor-a');
    expect((await supervisor.get('/devices/stray')).statusCode).toBe(404);
  });
});
