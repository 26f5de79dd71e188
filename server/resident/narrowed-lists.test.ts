import { afterAll, beforeAll, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;

let api: ApiUnderTest;
let admin: Caller;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  await admin.post('/gateways', { id: 'gw-7', name: '三号楼 Cellar 100%', stationId: 'a' });
  await admin.post('/users', { name: 'qian.li', displayName: '钱丽', role: 'operator', organisationId: 'a' });
});
afterAll(() => api.close());

async function ids(path: string): Promise<string[]> {
  const { items } = (await admin.get(encodeURI(path))).json<{ items: { id: string; name?: string }[] }>();
  return items.map(({ id, name }) => (path.startsWith('/users') ? (name ?? '') : id));
}

it.each([
  ['/gateways?q=cellar', ['gw-7']],
  ['/gateways?q=三号楼 CELLAR', ['gw-7']],
  ['/gateways?q=100%', ['gw-7']],
  ['/gateways?q=nothing', []],
  ['/users?q=钱', ['qian.li']],
  ['/users?q=QIAN', ['qian.li']],
  ['/users?q=q_an', []],
])('%s lists %j', async (path, expected) => {
  expect(await ids(path)).toEqual(expected);
});

it('devices are listed by their availability', async () => {
  const say = (availability: 'online' | 'offline') =>
    api.gate.commit('receivePresence', {
      of: 'device',
      id: 'button-a',
      availability,
      atMs: api.clock.now(),
      cause: 'said',
      stationId: 'a',
    });
  await say('offline');
  expect(await ids('/devices?availability=offline')).toEqual(['button-a']);
  expect(await ids('/devices?availability=online')).toEqual([]);
  expect((await admin.get('/devices?availability=asleep')).statusCode).toBe(400);
});
