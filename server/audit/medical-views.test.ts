import type { AuditEntry } from '@carebell/contracts/audit.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
});
afterAll(() => api.close());

async function recorded(): Promise<{ body: unknown; resident: string | null }[]> {
  // What was committed before is in the journal when a later commit has come back.
  await api.gate.commit('indexByDevice', null);
  const rows = await api.db
    .selectFrom('journal')
    .select(['body', 'resident_id'])
    .where('kind', '=', 'medical-viewed')
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({ body: JSON.parse(row.body) as unknown, resident: row.resident_id }));
}

describe('who reads medical data', () => {
  it('is recorded with whose they were and where they were read, once for a page that is fetched anew', async () => {
    const operator = await api.as('operator-a');
    for (let fetched = 0; fetched < 3; fetched += 1) await operator.get('/residents/resident-a');
    expect(await recorded()).toEqual([
      {
        resident: 'resident-a',
        body: { id: 'resident-a', by: expect.any(String), fields: ['resident'] },
      },
    ]);
    api.clock.move(600_000);
    await operator.get('/residents/resident-a');
    expect(await recorded()).toHaveLength(2);
    await operator.get('/residents');
    expect((await recorded()).at(-1)).toMatchObject({ body: { fields: ['residents'] } });
  });

  it('reads nothing of it in a role that reads personal data masked', async () => {
    const before = await recorded();
    const auditor = await api.as('auditor-a');
    const one = await auditor.get('/residents/resident-a');
    expect(one.json()).toMatchObject({
      name: '王**',
      phone: '138****8000',
      medicalNotes: '',
      contacts: [{ name: '王**', phone: '139****9000' }],
    });
    const list = await auditor.get('/residents?q=秀英');
    expect(list.body).not.toContain('秀英');
    expect(list.body).not.toContain('diabetes');
    expect((await auditor.get('/search?q=秀英')).json()).toMatchObject({ residents: [] });
    expect(await recorded()).toEqual(before);
  });

  it('is found by the auditor of the same part of the organisation, and by no other', async () => {
    const find = async (name: string, query: string) =>
      (await (await api.as(name)).get(`/audit?${query}`)).json<{ items: AuditEntry[] }>().items;
    const found = await find('auditor-a', 'topic=medical-views&residentId=resident-a');
    expect(found.length).toBeGreaterThan(1);
    expect(found.at(-1)).toMatchObject({
      kind: 'medical-viewed',
      id: 'resident-a',
      by: { displayName: 'operator-a' },
      residentId: 'resident-a',
      stationId: 'a',
      fields: ['resident'],
    });
    expect(await find('auditor-b', 'topic=medical-views')).toEqual([]);
    expect((await find('admin', 'topic=users')).map(({ kind }) => kind)).toContain('user-created');
  });

  it('finds nobody who is not there, and records nothing of it', async () => {
    const before = await recorded();
    const operator = await api.as('operator-a');
    expect((await operator.get('/residents/resident-b')).statusCode).toBe(404);
    expect(await recorded()).toEqual(before);
  });
});
