import { parse } from 'papaparse';

/** The cells of the first sheet, row by row, as somebody sees them. */
export type SheetRows = { ok: true; rows: string[][] } | { ok: false; reason: 'unreadable' };

const workbookName = /\.xlsx$/i;

/** Reads a CSV file (UTF-8) or an Excel file (.xlsx), for which the reader is loaded with the first one that is chosen. */
export async function readSheet(file: File): Promise<SheetRows> {
  return workbookName.test(file.name) ? readWorkbook(file) : readCsv(await file.text());
}

export function readCsv(text: string): SheetRows {
  const { data, errors } = parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: false });
  // papaparse also "finds" that a file of one column has no delimiter, which is none of our business.
  return errors.some(({ type }) => type === 'Quotes')
    ? { ok: false, reason: 'unreadable' }
    : { ok: true, rows: data };
}

async function readWorkbook(file: Blob): Promise<SheetRows> {
  const { readSheet: read } = await import('read-excel-file/browser');
  try {
    const rows = await read(file);
    return { ok: true, rows: rows.map((row) => row.map(textOf)) };
  } catch (error) {
    // A file of another kind under this name, or one that is damaged or locked by a password.
    if (!(error instanceof Error)) throw error;
    return { ok: false, reason: 'unreadable' };
  }
}

/** A telephone number or identifier that Excel has made a number of is written without its exponent. */
export function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(0) : String(cell);
  if (typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' ? cell : '';
}
