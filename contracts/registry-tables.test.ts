import { describe, expect, it } from 'vitest';
import { deviceTypeWordsZhCN } from './device-words.ts';
import {
  neededColumns,
  rowSchemas,
  tableColumnOf,
  tableColumns,
  tableHeadings,
  tableKinds,
  tableRowOfCells,
} from './registry-tables.ts';

describe('the lists of dwellings, gateways and devices', () => {
  it.each(tableKinds)('of %s have a column for each field, and find it by word, name or both', (kind) => {
    expect(Object.keys(tableColumns[kind]).toSorted()).toEqual(
      Object.keys(rowSchemas[kind].shape).toSorted(),
    );
    for (const heading of tableHeadings(kind)) {
      const [word = '', name = ''] = heading.split(' ');
      expect([heading, word, name].map((text) => tableColumnOf(kind, text))).toEqual([name, name, name]);
    }
    expect(neededColumns[kind].every((column) => column in tableColumns[kind])).toBe(true);
  });

  it('read a device as somebody writes it', () => {
    const cells = {
      id: 'btn-1',
      type: '按钮',
      room: ' 卧室 ',
      heardAs: '',
      signals: '{"*":{"kind":"button.pressed"}}',
    };
    const row = rowSchemas.devices.parse(tableRowOfCells(cells));
    expect(row).toMatchObject({
      id: 'btn-1',
      type: 'button',
      room: '卧室',
      heardAs: null,
      signals: { '*': { kind: 'button.pressed' } },
    });
  });

  it.each(['呼叫按钮', deviceTypeWordsZhCN.button, 'button'])('know a button as %s', (type) => {
    expect(tableRowOfCells({ type })).toMatchObject({ type: 'button' });
  });

  it('leave what they cannot read for the schema to refuse', () => {
    const wrong = rowSchemas.devices.safeParse(tableRowOfCells({ id: 'a b', type: 'toaster', signals: '{' }));
    expect(wrong.error?.issues.map(({ path }) => path[0])).toEqual(['id', 'type', 'signals']);
  });
});
