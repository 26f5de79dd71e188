import { readFile, writeFile } from 'node:fs/promises';
import {
  neededColumns,
  rowSchemas,
  tableColumnOf,
  tableColumns,
  tableImportedSchema,
  tableRowOfCells,
} from '@carebell/contracts/registry-tables.ts';
import type { TableKind } from '@carebell/contracts/registry-tables.ts';
import { bareCell } from '@carebell/contracts/resident-table.ts';
import Papa from 'papaparse';
import { readSheet } from 'read-excel-file/node';
import { done, notDone, UsageError } from './desk.ts';
import type { Desk, Outcome } from './desk.ts';
import { HubRefusal } from './hub.ts';
import type { Hub } from './hub.ts';
import { columns } from './shown.ts';
import type { Texts } from './texts.ts';

export type ImportOptions = { enter?: true; secrets?: string; json?: true };

/** What is wrong in a cell. `line` is the row's number in the table program, where the headings are row 1. */
type CellError = { line: number; column: string; message: string };
type List = { rows: Record<string, unknown>[]; lines: number[]; errors: CellError[] };

const mostRows = 1000;
const previewedRows = 20;

/** Shows what a list would enter, and enters it when asked to: all rows, or none. */
export async function importList(
  hub: Hub,
  kind: TableKind,
  file: string,
  options: ImportOptions,
  { texts }: Desk,
): Promise<Outcome> {
  const { rows, lines, errors } = listOf(kind, await cellsOf(file, texts), texts);
  const preview = previewOf(kind, rows, lines, texts);
  if (errors.length > 0) return refused(kind, errors, preview, texts);
  if (options.enter !== true)
    return done({ rows, errors }, [...preview, texts.wouldEnter(rows.length), texts.enterHint]);
  try {
    const imported = await hub.post(`/import/${kind}`, { rows }, tableImportedSchema);
    if (options.secrets !== undefined && imported.secrets.length > 0)
      await writeFile(options.secrets, secretsAsCsv(imported.secrets), { mode: 0o600, flag: 'wx' });
    const told =
      options.secrets === undefined
        ? imported.secrets.map(({ id, secret }) => `${id}  ${secret}`)
        : [texts.secretsWritten(options.secrets, imported.secrets.length)];
    return done(imported, [texts.entered(imported.entered), ...(imported.secrets.length > 0 ? told : [])]);
  } catch (error) {
    if (!(error instanceof HubRefusal) || error.problem.code !== 'import-refused') throw error;
    const found = (error.problem.errors ?? []).map(({ field, message, code }) => {
      const [, index = '0', ...column] = field.split('.');
      const line = lines[Number(index)] ?? 0;
      return {
        line,
        column: column.join('.'),
        message: code === undefined ? message : `${code}: ${message}`,
      };
    });
    return refused(kind, found, [], texts);
  }
}

async function cellsOf(file: string, texts: Texts): Promise<string[][]> {
  try {
    if (/\.xlsx$/i.test(file)) return (await readSheet(file)).map((row) => row.map(textOf));
    const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
    const { data, errors } = Papa.parse<string[]>(text);
    if (errors.some(({ type }) => type === 'Quotes')) throw new Error('quotes');
    return data;
  } catch (error) {
    throw new UsageError(texts.unreadable(file, error instanceof Error ? error.message : String(error)));
  }
}

/** Checks the rows of a file, of which the first is its headings. */
function listOf(kind: TableKind, [headings = [], ...cellRows]: string[][], texts: Texts): List {
  const heads = headings.map((heading) => tableColumnOf(kind, heading));
  const missing = neededColumns[kind].filter((column) => !heads.includes(column));
  if (missing.length > 0) throw new UsageError(texts.columnsMissing(missing.join(', ')));
  const list: List = { rows: [], lines: [], errors: [] };
  for (const [index, cells] of cellRows.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const named = Object.fromEntries(
      heads.flatMap((column, at) => (column === undefined ? [] : [[column, bareCell(cells[at] ?? '')]])),
    );
    const line = index + 2;
    const checked = rowSchemas[kind].safeParse(tableRowOfCells(named));
    if (checked.success) {
      list.rows.push(checked.data);
      list.lines.push(line);
      continue;
    }
    for (const { path, message } of checked.error.issues)
      list.errors.push({ line, column: path.join('.'), message });
  }
  if (list.rows.length + list.errors.length === 0) throw new UsageError(texts.listEmpty);
  if (list.rows.length > mostRows) throw new UsageError(texts.tooManyRows(mostRows));
  return list;
}

function previewOf(
  kind: TableKind,
  rows: readonly Record<string, unknown>[],
  lines: readonly number[],
  texts: Texts,
): string[] {
  const used = Object.keys(tableColumns[kind]).filter((column) =>
    rows.some((row) => shown(row[column]) !== ''),
  );
  const cells = rows
    .slice(0, previewedRows)
    .map((row, index) => [String(lines[index]), ...used.map((column) => shown(row[column]))]);
  return [
    ...columns([['#', ...used], ...cells]),
    ...(rows.length > previewedRows ? [texts.andMore(rows.length - previewedRows)] : []),
  ];
}

function refused(kind: TableKind, errors: CellError[], preview: string[], texts: Texts): Outcome {
  const words: Record<string, string> = tableColumns[kind];
  const found = errors.map(({ line, column, message }) =>
    texts.rowError(line, texts.language === 'en' ? column : (words[column] ?? column), message),
  );
  return notDone({ entered: 0, errors }, [...preview, ...found, texts.nothingEntered]);
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '{}' ? '' : text;
}

function secretsAsCsv(secrets: readonly { id: string; secret: string }[]): string {
  return `${Papa.unparse(secrets.map(({ id, secret }) => ({ id, secret })))}\n`;
}

/** An identifier that Excel has made a number of is written without its exponent. */
function textOf(cell: unknown): string {
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(0) : String(cell);
  return typeof cell === 'string' || typeof cell === 'boolean' ? String(cell) : '';
}
