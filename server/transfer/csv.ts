import { guardedCell } from '@carebell/contracts/resident-table.ts';
import type { Page } from '../http-api/page.ts';

/** Without it Excel takes UTF-8 for the code page of the computer, and Chinese for noise. */
const byteOrderMark = '\uFEFF';
const rowsAtOnce = 500;

/** A CSV file (RFC 4180) of pages that are read while it is sent. */
export async function* csvOf<T>(
  headings: readonly string[],
  pageAfter: (after: string | undefined, limit: number) => Promise<Page<T>>,
  cellsOf: (item: T) => readonly string[],
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(headings);
  let after: string | undefined;
  do {
    const { items, cursor } = await pageAfter(after, rowsAtOnce);
    if (items.length > 0) yield items.map((item) => csvLine(cellsOf(item))).join('');
    after = cursor ?? undefined;
  } while (after !== undefined);
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(guardedCell(cell))).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
