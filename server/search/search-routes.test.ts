import type { SearchResult } from '@carebell/contracts/search.ts';
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
  await enter('/dwellings', {
    id: 'kangding',
    stationId: 'a',
    address: '康定路 88 弄 3 号 501 室',
    grid: '网格07',
  });
  const people = [
    { id: 'shan', name: '单美玲', phone: '+86 139-1234-5678', contacts: [] },
    {
      id: 'zeng',
      name: '曾志强',
      phone: null,
      contacts: [{ name: '曾小明', relation: '子', phone: '(021) 6288-0001' }],
    },
    { id: 'lv', name: '吕行', phone: null, contacts: [] },
    { id: 'ouyang', name: '欧阳秀', phone: null, contacts: [] },
    { id: 'lee', name: 'Ａlice  Müller 100%_', phone: null, contacts: [] },
  ];
  for (const person of people) await enter('/residents', { ...person, dwellingId: 'kangding' });
  await enter('/devices', { id: 'AABBCC-01', type: 'button', name: '卧室按钮', residentId: 'shan' });
});
afterAll(() => api.close());

async function enter(path: string, body: unknown): Promise<void> {
  expect((await admin.post(path, body)).statusCode).toBe(201);
}

async function find(q: string, by: Caller = admin): Promise<SearchResult> {
  const answer = await by.get(`/search?q=${encodeURIComponent(q)}`);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id).toSorted();

describe('a search for residents', () => {
  const cases: [q: string, residents: string[]][] = [
    ['王秀英', ['resident-a', 'resident-b']],
    ['wangxiuying', ['resident-a', 'resident-b']],
    ['WangXiu', ['resident-a', 'resident-b']],
    ['wang xiuying', ['resident-a', 'resident-b']],
    ['wxy', ['resident-a', 'resident-b']],
    ['ＷＸＹ', ['resident-a', 'resident-b']],
    // A surname is read as one, and its other reading is no mistake of who searches.
    ['shanmeiling', ['shan']],
    ['danmeiling', ['shan']],
    ['sml', ['shan']],
    ['zengzhiqiang', ['zeng']],
    ['lvxing', ['lv']],
    ['lühang', ['lv']],
    ['lx', ['lv']],
    ['ouyangxiu', ['ouyang']],
    ['oyx', ['ouyang']],
    ['alice', ['lee']],
    ['müller', ['lee']],
    ['100%_', ['lee']],
    ['%%', []],
    ['1391234', ['shan']],
    ['139 1234', ['shan']],
    ['021-6288', ['zeng']],
    ['曾小明', ['zeng']],
    ['kangdinglu', ['lee', 'lv', 'ouyang', 'shan', 'zeng']],
    ['kdl', ['lee', 'lv', 'ouyang', 'shan', 'zeng']],
    ['康定路 单', ['shan']],
    ['no such person', []],
  ];
  for (const [q, residents] of cases) {
    it(`finds ${residents.length} by ${q}`, async () => {
      expect(ids((await find(q)).residents)).toEqual(residents);
      const list = await admin.get(`/residents?q=${encodeURIComponent(q)}`);
      expect(ids(list.json<{ items: { id: string }[] }>().items)).toEqual(residents);
    });
  }

  it('puts first what begins with the words', async () => {
    await enter('/residents', { id: 'a-middle', dwellingId: 'kangding', name: '李单' });
    expect((await find('单')).residents.map(({ id }) => id)).toEqual(['shan', 'a-middle']);
  });

  it('tells who it is and where', async () => {
    expect((await find('shanmeiling')).residents).toEqual([
      {
        id: 'shan',
        name: '单美玲',
        phone: '+86 139-1234-5678',
        dwellingId: 'kangding',
        address: '康定路 88 弄 3 号 501 室',
      },
    ]);
  });

  it('follows a new name and a new address', async () => {
    await enter('/dwellings', { id: 'old', stationId: 'a', address: '老街 1 号' });
    await enter('/residents', { id: 'bride', dwellingId: 'old', name: '何静' });
    await enter('/devices', { id: 'bride-button', type: 'button', residentId: 'bride' });
    await admin.patch('/residents/bride', { name: '贺静' });
    await admin.patch('/dwellings/old', { address: '新华路 9 号' });
    expect(ids((await find('hejing')).residents)).toEqual(['bride']);
    expect((await find('何静')).residents).toEqual([]);
    expect((await find('laojie')).residents).toEqual([]);
    const found = await find('xinhualu');
    expect([ids(found.residents), ids(found.dwellings), ids(found.devices)]).toEqual([
      ['bride'],
      ['old'],
      ['bride-button'],
    ]);
  });
});

describe('a search for places and things', () => {
  it('finds a device by part of its identifier, whatever the case, and by its name', async () => {
    for (const q of ['bbcc-0', 'AABBCC', 'woshi', '按钮']) {
      expect(ids((await find(q)).devices)).toEqual(['AABBCC-01']);
    }
  });

  it('finds a dwelling by address and grid', async () => {
    for (const q of ['康定路 501', '网格07']) expect(ids((await find(q)).dwellings)).toEqual(['kangding']);
  });
});

describe('what a search may tell', () => {
  it('ends at the own part of the organisation', async () => {
    const operator = await api.as('operator-b');
    expect(ids((await find('wxy', operator)).residents)).toEqual(['resident-b']);
    const foreign = await find('kangding', operator);
    expect(foreign).toEqual({ residents: [], dwellings: [], devices: [] });
  });

  it('is nothing of residents for an installer, not even by their devices', async () => {
    const installer = await api.as('installer-a');
    expect(await find('shanmeiling', installer)).toEqual({ residents: [], dwellings: [], devices: [] });
    const byPlace = await find('kangding', installer);
    expect(byPlace.residents).toEqual([]);
    expect(ids(byPlace.devices)).toEqual(['AABBCC-01']);
  });

  it('needs words', async () => {
    expect((await admin.get('/search?q=%20')).json()).toMatchObject({ code: 'invalid-request' });
  });
});
