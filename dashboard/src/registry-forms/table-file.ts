import {
  bareCell,
  columnOf,
  mostImportedRows,
  residentRowSchema,
  rowOfCells,
} from '@carebell/contracts/resident-table.ts';
import type { ResidentColumn, ResidentRow } from '@carebell/contracts/resident-table.ts';
import { parse } from 'papaparse';
import { errorsOfSchema } from './field-errors.ts';
import type { FieldError } from './field-errors.ts';

/** What is wrong in one cell. `line` is the row's number in the table program, where the headings are row 1. */
export type CellError = FieldError & { line: number; value: string };

export type TableFile =
  | { ok: false; reason: 'unreadable' | 'empty' | 'tooMany' }
  | { ok: false; reason: 'missingColumns'; columns: ResidentColumn[] }
  | { ok: true; rows: ResidentRow[]; count: number; errors: CellError[]; lines: number[] };

const neededColumns: readonly ResidentColumn[] = ['name', 'stationId', 'address'];

/** Reads a CSV file of residents and checks every row by the contract; nothing has been sent yet. */
export function readTable(text: string): TableFile {
  const { data, errors } = parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: false });
  // papaparse also "finds" that a file of one column has no delimiter, which is none of our business.
  if (errors.some(({ type }) => type === 'Quotes')) return { ok: false, reason: 'unreadable' };
  const [headings = [], ...cellRows] = data;
  const columns = headings.map(columnOf);
  const missing = neededColumns.filter((column) => !columns.includes(column));
  if (missing.length > 0) return { ok: false, reason: 'missingColumns', columns: missing };
  const filled = cellRows
    .map((cells, index) => ({ line: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) return { ok: false, reason: 'empty' };
  if (filled.length > mostImportedRows) return { ok: false, reason: 'tooMany' };
  const rows: ResidentRow[] = [];
  const found: CellError[] = [];
  for (const { line, cells } of filled) {
    const named = Object.fromEntries(
      columns.flatMap((column, index) =>
        column === undefined ? [] : [[column, bareCell(cells[index] ?? '')] as const],
      ),
    ) as Partial<Record<ResidentColumn, string>>;
    const checked = residentRowSchema.strict().safeParse(rowOfCells(named), { reportInput: true });
    if (checked.success) rows.push(checked.data);
    else {
      for (const error of errorsOfSchema(checked.error.issues)) {
        found.push({ ...error, line, value: named[error.path.split('.')[0] as ResidentColumn] ?? '' });
      }
    }
  }
  return { ok: true, rows, count: filled.length, errors: found, lines: filled.map(({ line }) => line) };
}

/** The hub's findings, `rows.{index}.{field}`, as places in the file. */
export function placedErrors(
  errors: readonly FieldError[],
  rows: readonly ResidentRow[],
  lines: readonly number[],
): CellError[] {
  return errors.map(({ path, ...error }) => {
    const [, index = '0', ...field] = path.split('.');
    const row = rows[Number(index)];
    const name = field[0] as ResidentColumn;
    const value = row?.[name];
    return {
      ...error,
      path: field.join('.'),
      line: lines[Number(index)] ?? 0,
      value: typeof value === 'string' ? value : '',
    };
  });
}
