import { describe, expect, it } from 'vitest';
import { placedErrors, readTable } from './table-file.ts';

const headings = '\uFEFF姓名 name,电话,stationId,address,联系人 contacts,birthYear';

describe('a table of residents', () => {
  it('is read with Chinese or English headings, in any order, with quoted cells', () => {
    const file = readTable(
      `${headings}\r\n王秀英,'+86 138,s1,"康定路 1 号, 501","王明|子|139|key; 李敏|邻居|138",1938\r\n\r\n`,
    );
    expect(file).toMatchObject({
      ok: true,
      count: 1,
      errors: [],
      rows: [
        {
          name: '王秀英',
          phone: '+86 138',
          stationId: 's1',
          address: '康定路 1 号, 501',
          birthYear: 1938,
          contacts: [
            { name: '王明', hasKey: true },
            { name: '李敏', hasKey: false },
          ],
        },
      ],
    });
  });

  it('tells of every wrong cell its row as the table program counts, its column and what stands there', () => {
    const file = readTable(`${headings}\n王秀英,x,s1,a,,\n,,s1,b,,1500\n李伟,,,c,王明,\n`);
    expect(file.ok && file.errors).toEqual(
      [
        { path: 'phone', text: 'phone', line: 2, value: 'x' },
        { path: 'name', text: 'required', line: 3, value: '' },
        { path: 'birthYear', text: 'tooSmall', n: 1890, line: 3, value: '1500' },
        { path: 'contacts.0.relation', text: 'required', line: 4, value: '王明' },
        { path: 'contacts.0.phone', text: 'required', line: 4, value: '王明' },
        { path: 'stationId', text: 'required', line: 4, value: '' },
      ].toSorted((a, b) => a.line - b.line),
    );
  });

  it.each([
    ['no needed columns', 'name,phone\nx,1', { reason: 'missingColumns', columns: ['stationId', 'address'] }],
    ['no rows', `${headings}\n\n`, { reason: 'empty' }],
    ['too many rows', `${headings}\n${'王,1234,s,a,,\n'.repeat(1001)}`, { reason: 'tooMany' }],
    ['a quote without its end', `${headings}\n"王,1`, { reason: 'unreadable' }],
  ])('is refused with %s', (_, text, refusal) => {
    expect(readTable(text)).toEqual({ ok: false, ...refusal });
  });

  it('finds the place in the file of what the hub refused', () => {
    const file = readTable(`${headings}\n\n王秀英,,s1,a,,\n李伟,,s9,b,,\n`);
    if (!file.ok) throw new Error(file.reason);
    const errors = [{ path: 'rows.1.stationId', text: 'unknownReference' as const }];
    expect(placedErrors(errors, file.rows, file.lines)).toEqual([
      { path: 'stationId', text: 'unknownReference', line: 4, value: 's9' },
    ]);
  });
});
