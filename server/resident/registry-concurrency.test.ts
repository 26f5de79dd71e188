import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let api: ApiUnderTest;
let admin: Caller;
let userId: string;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  userId = await api.addUser('changed', 'operator', 'a');
});
afterAll(() => api.close());

const records: [path: string, first: object, second: object][] = [
  ['/organisations/street', { phone: '021 111' }, { name: 'Second' }],
  ['/stations/a', { phone: '021 111' }, { name: 'Second' }],
  ['/dwellings/home-a', { grid: '1' }, { access: 'second' }],
  ['/residents/resident-a', { phone: '13900000001' }, { medicalNotes: 'second' }],
  ['/devices/button-a', { room: 'first' }, { name: 'second' }],
  ['/gateways/gateway-a', { name: 'first' }, { name: 'second' }],
  ['/users/(changed)', { displayName: 'First' }, { displayName: 'Second' }],
];

describe('of two people who change the same record', () => {
  for (const [pattern, first, second] of records) {
    it(`the later one is told what the faster one made of ${pattern}`, async () => {
      const path = pattern.replace('(changed)', userId);
      const { version } = (await admin.get(path)).json<{ version: number }>();
      const changed = await admin.patch(path, { ...first, version });
      expect(changed.json()).toMatchObject({ ...first, version: version + 1 });

      const refused = await admin.patch(path, { ...second, version });
      expect(refused.statusCode).toBe(409);
      expect(refused.json()).toMatchObject({ code: 'changed-meanwhile', current: changed.json() });
      expect((await admin.get(path)).json()).toEqual(changed.json());

      const decided = await admin.patch(path, { ...second, version: version + 1 });
      expect(decided.json()).toMatchObject({ ...second, version: version + 2 });
    });

    it(`a tool that names no version of ${pattern} is taken at its word`, async () => {
      const path = pattern.replace('(changed)', userId);
      const { version } = (await admin.get(path)).json<{ version: number }>();
      expect((await admin.patch(path, second)).json()).toMatchObject({ ...second, version: version + 1 });
    });
  }

  it('exactly one wins when both send at once', async () => {
    const { version } = (await admin.get('/residents/resident-b')).json<{ version: number }>();
    const answers = await Promise.all(
      ['13900000001', '13900000002', '13900000003'].map((phone) =>
        admin.patch('/residents/resident-b', { phone, version }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });

  it('nobody learns by a version of what lies outside their part of the organisation', async () => {
    const supervisor = await api.as('supervisor-a');
    const answer = await supervisor.patch('/residents/resident-b', { phone: null, version: 1 });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('王');
  });
});
