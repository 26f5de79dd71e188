import {
  rowSchemas,
  tableColumnOf,
  tableKinds,
  tableRowOfCells,
} from '@carebell/contracts/registry-tables.ts';
import { bareCell, columnOf, residentRowSchema, rowOfCells } from '@carebell/contracts/resident-table.ts';
import { mutated } from './mutate.ts';
import { Finding } from './target.ts';
import type { Target } from './target.ts';

const headings = [
  '设备编号 id',
  'type',
  '按键含义',
  'name',
  '纬度 latitude',
  '联系人 contacts',
  'birthYear',
  'riskGroups',
  '地址',
];
const cells = [
  'btn-1',
  '按钮',
  '{"switch.1":{"kind":"button.pressed","key":"help"}}',
  '王秀英',
  '39.9',
  '王丽|女儿|13900000503|key|family|en; 李强|邻居|13900000504',
  '1941',
  'living-alone; advanced-age',
  "'=1+1",
].map((cell) => Buffer.from(cell));
const lines = [...headings.map((heading) => Buffer.from(heading)), ...cells];

/** Rows of a list that somebody brings: whatever stands in a cell is a row or a refusal, never an error. */
export const tableTarget: Target = {
  name: 'rows of lists',
  share: 10,
  open: () => ({
    async feed(count, random) {
      for (let fed = 0; fed < count; fed += 1) {
        const pairs = headings.map((heading, index) => {
          const cell = cells[Math.floor(random() * cells.length)] ?? cells[index];
          const isAsItWas = random() < 0.5;
          return [
            random() < 0.1 ? mutated(lines, random).toString() : heading,
            bareCell(mutated(isAsItWas && cell ? [cell] : lines, random).toString()),
          ] as const;
        });
        try {
          for (const kind of tableKinds) {
            const named = pairs.flatMap(([heading, cell]) => {
              const column = tableColumnOf(kind, heading);
              return column === undefined ? [] : [[column, cell] as const];
            });
            rowSchemas[kind].safeParse(tableRowOfCells(Object.fromEntries(named)));
          }
          const named = pairs.flatMap(([heading, cell]) => {
            const column = columnOf(heading);
            return column === undefined ? [] : [[column, cell] as const];
          });
          residentRowSchema.safeParse(rowOfCells(Object.fromEntries(named)));
        } catch (error) {
          throw new Finding('a row', JSON.stringify(pairs), error);
        }
      }
    },
    close: () => undefined,
  }),
};
