import {
  bareCell,
  columnOf,
  mostImportedRows,
  residentColumns,
  residentRowSchema,
  rowOfCells,
} from '@carebell/contracts/resident-table.ts';
import type { ResidentColumn, ResidentRow } from '@carebell/contracts/resident-table.ts';
import {
  neededColumns,
  rowSchemas,
  tableColumnOf,
  tableColumns,
  tableRowOfCells,
} from '@carebell/contracts/registry-tables.ts';
import type { TableKind } from '@carebell/contracts/registry-tables.ts';
import type { z } from 'zod';
import { errorsOfSchema } from './field-errors.ts';
import type { FieldError } from './field-errors.ts';
import { readCsv } from './sheet-rows.ts';

/** What is wrong in one cell. `line` is the row's number in the table program, where the headings are row 1. */
export type CellError = FieldError & { line: number; value: string };

export type TableFile<Row = ResidentRow> =
  | { ok: false; reason: 'unreadable' | 'empty' | 'tooMany' }
  | { ok: false; reason: 'missingColumns'; columns: string[] }
  | { ok: true; rows: Row[]; count: number; errors: CellError[]; lines: number[] };

/** What may stand in a file, and how a row of it is read. */
export type TablePlan<Row> = {
  needed: readonly string[];
  /** The word of a column, for who misses it. */
  word(column: string): string;
  columnOf(heading: string): string | undefined;
  rowOf(cells: Record<string, string>): Record<string, unknown>;
  schema: z.ZodType<Row>;
};

export const residentPlan: TablePlan<ResidentRow> = {
  needed: ['name', 'stationId', 'address'],
  word: (column) => residentColumns[column as ResidentColumn],
  columnOf,
  rowOf: rowOfCells,
  schema: residentRowSchema.strict(),
};

export function planOf(kind: TableKind): TablePlan<Record<string, unknown>> {
  return {
    needed: neededColumns[kind],
    word: (column) => (tableColumns[kind] as Record<string, string>)[column] ?? column,
    columnOf: (heading) => tableColumnOf(kind, heading),
    rowOf: tableRowOfCells,
    schema: rowSchemas[kind],
  };
}

/** Reads a CSV file of residents and checks every row by the contract; nothing has been sent yet. */
export function readTable(text: string): TableFile {
  const sheet = readCsv(text);
  return sheet.ok ? tableOfRows(residentPlan, sheet.rows) : sheet;
}

/** Checks the rows of a file, of which the first is its headings. */
export function tableOfRows<Row>(plan: TablePlan<Row>, sheet: readonly string[][]): TableFile<Row> {
  const [headings = [], ...cellRows] = sheet;
  const columns = headings.map((heading) => plan.columnOf(heading));
  const missing = plan.needed.filter((column) => !columns.includes(column));
  if (missing.length > 0) return { ok: false, reason: 'missingColumns', columns: missing };
  const filled = cellRows
    .map((cells, index) => ({ line: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) return { ok: false, reason: 'empty' };
  if (filled.length > mostImportedRows) return { ok: false, reason: 'tooMany' };
  const rows: Row[] = [];
  const found: CellError[] = [];
  for (const { line, cells } of filled) {
    const named: Record<string, string> = Object.fromEntries(
      columns.flatMap((column, index) =>
        column === undefined ? [] : [[column, bareCell(cells[index] ?? '')] as const],
      ),
    );
    const checked = plan.schema.safeParse(plan.rowOf(named), { reportInput: true });
    if (checked.success) rows.push(checked.data);
    else {
      for (const error of errorsOfSchema(checked.error.issues)) {
        found.push({ ...error, line, value: named[error.path.split('.')[0] ?? ''] ?? '' });
      }
    }
  }
  return { ok: true, rows, count: filled.length, errors: found, lines: filled.map(({ line }) => line) };
}

/** The hub's findings, `rows.{index}.{field}`, as places in the file. */
export function placedErrors(
  errors: readonly FieldError[],
  rows: readonly Record<string, unknown>[],
  lines: readonly number[],
): CellError[] {
  return errors.map(({ path, ...error }) => {
    const [, index = '0', ...field] = path.split('.');
    const value = rows[Number(index)]?.[field[0] ?? ''];
    return {
      ...error,
      path: field.join('.'),
      line: lines[Number(index)] ?? 0,
      value: typeof value === 'string' ? value : '',
    };
  });
}
