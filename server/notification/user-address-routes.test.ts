import type { Problem } from '@carebell/contracts/http-api.ts';
import type { UserAddresses } from '@carebell/contracts/user-addresses.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
});
afterAll(() => api.close());

const addresses = [
  { kind: 'sms', address: '13900000001' },
  { kind: 'e-mail', address: 'li@example.org' },
];
const idOf = async (name: string): Promise<string> => {
  const { items } = (await (await api.as('admin')).get('/users?limit=500')).json<{
    items: { id: string; name: string }[];
  }>();
  return items.find((user) => user.name === name)!.id;
};

describe('where a user is notified', () => {
  it('everyone says for themselves, and the order is kept', async () => {
    const operator = await api.as('operator-a');
    expect((await operator.get('/users/me/addresses')).json()).toEqual({
      addresses: [],
      locale: null,
      wantsReports: false,
      version: expect.any(String),
    });
    expect((await operator.patch('/users/me/addresses', { addresses })).statusCode).toBe(200);
    expect((await operator.get(`/users/${await idOf('operator-a')}/addresses`)).json()).toMatchObject({
      addresses,
    });
    const journal = await api.db
      .selectFrom('journal')
      .select('body')
      .where('kind', '=', 'user-addresses-changed')
      .execute();
    expect(JSON.stringify(journal)).not.toContain('13900000001');
  });

  it('a supervisor says for the people of the station, and nobody for those of another or above them', async () => {
    const [supervisor, operator] = [await api.as('supervisor-a'), await api.as('operator-a')];
    const [mine, foreign, above] = [
      await idOf('operator-a'),
      await idOf('operator-b'),
      await idOf('administrator-a'),
    ];
    expect((await supervisor.patch(`/users/${mine}/addresses`, { addresses: [] })).statusCode).toBe(200);
    for (const id of [foreign, above, 'nobody'])
      expect((await supervisor.patch(`/users/${id}/addresses`, { addresses })).statusCode).toBe(404);
    for (const id of [foreign, above, await idOf('supervisor-a')]) {
      expect((await operator.get(`/users/${id}/addresses`)).statusCode).toBe(404);
      expect((await operator.patch(`/users/${id}/addresses`, { addresses })).statusCode).toBe(404);
    }
    expect((await api.call('GET', '/users/me/addresses')).statusCode).toBe(401);
  });

  it('is not changed by two at once: who has read something older is told', async () => {
    const [supervisor, operator] = [await api.as('supervisor-a'), await api.as('operator-a')];
    const path = `/users/${await idOf('operator-a')}/addresses`;
    const { version } = (await supervisor.get(path)).json<UserAddresses>();
    const own = (await operator.patch('/users/me/addresses', { addresses, version })).json<UserAddresses>();
    const late = await supervisor.patch(path, { locale: 'en', version });
    expect([late.statusCode, late.json<Problem>().code]).toEqual([409, 'changed-meanwhile']);
    expect((await supervisor.get(path)).json()).toEqual(own);
    const again = await supervisor.patch(path, { locale: 'en', wantsReports: true, version: own.version });
    expect(again.json()).toMatchObject({ addresses, locale: 'en', wantsReports: true });
  });

  it('is no group robot and no empty address', async () => {
    const operator = await api.as('operator-a');
    for (const wrong of [
      { kind: 'wecom', address: 'abc' },
      { kind: 'sms', address: '' },
    ])
      expect((await operator.patch('/users/me/addresses', { addresses: [wrong] })).statusCode).toBe(400);
  });
});
