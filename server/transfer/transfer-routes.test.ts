import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterCommunity, openApi } from '../adapters/api-under-test.ts';
import type { ApiUnderTest } from '../adapters/api-under-test.ts';

type Caller = Awaited<ReturnType<ApiUnderTest['as']>>;
let api: ApiUnderTest;
let admin: Caller;
let supervisor: Caller;
beforeAll(async () => {
  api = await openApi();
  await enterCommunity(api);
  admin = await api.as('admin');
  supervisor = await api.as('supervisor-a');
});
afterAll(() => api.close());

const row = (name: string, more: object = {}) => ({ name, stationId: 'a', address: '康定路 1 号', ...more });

async function contents(): Promise<unknown> {
  // Who saw medical notes is recorded behind the answer.
  await api.gate.commit('proveStoreWorks', null);
  const tables = ['residents', 'dwellings', 'journal', 'search_entries'] as const;
  return Promise.all(tables.map((table) => api.db.selectFrom(table).selectAll().execute()));
}

describe('an import', () => {
  it('enters residents and the dwellings that are new, once each', async () => {
    const rows = [
      row('单美玲', { contacts: [{ name: '单明', relation: '子', phone: '139', hasKey: true }] }),
      row('单伟', { phone: '13900000000' }),
      row('何静', { address: 'a lane 7, room 301' }),
      row('吕行', { dwellingId: 'given', address: '新街 2 号' }),
      row('曾强', { dwellingId: 'given', address: '新街 2 号' }),
    ];
    const answer = await supervisor.post('/import/residents', { rows });
    expect(answer.json()).toEqual({ residents: 5, dwellings: 2 });
    const found = (await admin.get('/search?q=shanmeiling')).json<{ residents: { dwellingId: string }[] }>();
    expect(found.residents).toMatchObject([{ name: '单美玲', address: '康定路 1 号' }]);
    const atHome = (await admin.get('/residents?dwellingId=home-a')).json<{ items: { name: string }[] }>();
    expect(atHome.items.map(({ name }) => name)).toContain('何静');
    const journal = await api.db.selectFrom('journal').select(['kind', 'body']).execute();
    expect(journal.filter(({ kind }) => kind === 'resident-created').length).toBeGreaterThanOrEqual(7);
    expect(JSON.stringify(journal)).not.toContain('单');
  });

  it('enters nothing if one row is wrong, and says which rows and why', async () => {
    const before = await contents();
    const rows = [
      row('right'),
      row('foreign station', { stationId: 'b' }),
      row('known', { id: 'resident-a' }),
      row('first', { id: 'twice' }),
      row('second', { id: 'twice' }),
      row('moved', { dwellingId: 'home-b' }),
      row('half placed', { latitude: 31.2 }),
    ];
    const answer = await supervisor.post('/import/residents', { rows });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'import-refused',
      errors: [
        { code: 'reference-unknown' },
        { code: 'already-exists' },
        { code: 'already-exists' },
        { code: 'reference-mismatch' },
        { code: 'field-missing' },
      ],
    });
    expect(answer.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field)).toEqual([
      'rows.1.stationId',
      'rows.2.id',
      'rows.4.id',
      'rows.5.dwellingId',
      'rows.6.longitude',
    ]);
    expect(await contents()).toEqual(before);
  });

  it('is refused by the contract with the row and the field', async () => {
    const answer = await supervisor.post('/import/residents', {
      rows: [row('right'), row('', { phone: 'x' })],
    });
    expect(answer.json()).toMatchObject({
      code: 'invalid-request',
      errors: [{ field: 'rows.1.name' }, { field: 'rows.1.phone' }],
    });
    const many = Array.from({ length: 1001 }, (_, index) => row(`n${index}`));
    expect((await supervisor.post('/import/residents', { rows: many })).statusCode).toBe(400);
  });
});

describe('an export', () => {
  it('is CSV that Excel reads as UTF-8, with everybody of the own part and nobody else', async () => {
    const answer = await supervisor.get('/export/residents.csv');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="residents.csv"',
    });
    expect(answer.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(answer.body.split('\r\n')[0]).toContain('老人编号 id,姓名 name,电话 phone');
    expect(answer.body).toContain(
      '\r\nresident-a,王秀英 a,138 0013-8000,,,diabetes,,王明|son|13900139000|key,home-a,a,',
    );
    expect(answer.body).not.toContain('resident-b');
  });

  it('guards what a table program would compute, and quotes what would break a row', async () => {
    await admin.post('/residents', {
      id: 'sly',
      dwellingId: 'home-a',
      name: '=HYPERLINK("http://x","y")',
      phone: '+86 139',
      medicalNotes: 'one, two\n"three"',
    });
    const { body } = await admin.get('/export/residents.csv');
    expect(body).toContain(`sly,"'=HYPERLINK(""http://x"",""y"")",'+86 139,,,"one, two\n""three"""`);
  });

  it('gives everything, page after page', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => row(`Many ${index}`, { id: `many-${index}` }));
    expect((await admin.post('/import/residents', { rows })).statusCode).toBe(201);
    const { body } = await admin.get('/export/residents.csv');
    expect(body.split('\r\n').filter((line) => line.startsWith('many-'))).toHaveLength(1000);
    const devices = (await admin.get('/export/devices.csv')).body;
    expect(devices).toContain('\r\nbutton-a,button,,,a,home-a,"a lane 7, room 301",resident-a,');
  });

  it('is entered in the journal with who took it', async () => {
    const taken = await api.db
      .selectFrom('journal')
      .select('body')
      .where('kind', '=', 'residents-exported')
      .execute();
    expect(taken.length).toBeGreaterThan(0);
    expect(JSON.parse(taken[0]?.body ?? '')).toEqual({ id: 'residents', by: expect.any(String) });
  });
});
