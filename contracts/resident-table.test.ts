import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bareCell,
  cellsOfRow,
  columnOf,
  guardedCell,
  headingOf,
  residentColumnNames,
  residentRowSchema,
  rowOfCells,
} from './resident-table.ts';

const row = residentRowSchema.parse({
  id: 'r1',
  name: '王秀英',
  phone: '+86 138-0013-8000',
  birthYear: 1938,
  riskGroups: ['living-alone', 'dementia'],
  medicalNotes: '高血压; 怕黑\n夜里起来',
  contacts: [
    { name: '王明', relation: '子', phone: '13900139000', hasKey: true },
    {
      name: 'Li, Min',
      relation: '邻居',
      phone: '(021) 6288',
      hasKey: false,
      role: 'neighbour',
      locale: 'en',
    },
    { name: '陈', relation: '侄子', phone: '13900139001', hasKey: true, role: 'volunteer' },
  ],
  dwellingId: 'd1',
  stationId: 's1',
  address: '康定路 88 弄',
  access: '',
  grid: null,
  area: 'remote',
});

describe('the table of residents', () => {
  it('gives back from its cells the row that it was made of', () => {
    const cells = Object.fromEntries(
      cellsOfRow(row).map((cell, index) => [residentColumnNames[index]!, cell]),
    );
    expect(residentRowSchema.parse(rowOfCells(cells))).toEqual(row);
  });

  it('knows a column by its heading, its name or its Chinese word', () => {
    for (const column of residentColumnNames) expect(columnOf(headingOf(column))).toBe(column);
    expect([columnOf('name'), columnOf('姓名'), columnOf('other')]).toEqual(['name', 'name', undefined]);
  });

  it('leaves to the schema what it cannot read', () => {
    const checked = residentRowSchema.safeParse(
      rowOfCells({ birthYear: 'x', contacts: '王明', riskGroups: '独居' }),
    );
    expect(checked.error?.issues.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining([
        'name',
        'birthYear',
        'contacts.0.relation',
        'contacts.0.phone',
        'riskGroups.0',
      ]),
    );
  });

  it.each(['=1+1', '+86 138', '-2', '@SUM(A1)', '\tx'])(
    'writes %j so that no program computes it',
    (text) => {
      expect(guardedCell(text)).toBe(`'${text}`);
    },
  );

  it('takes off exactly the apostrophes that it has put on', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/^'[=+\-@\t\r]/.test(text));
        expect(bareCell(guardedCell(text))).toBe(text);
      }),
    );
  });
});
