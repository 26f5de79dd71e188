import type { ReportCell, ReportSheet } from '@carebell/contracts/report-table.ts';
import type { CellObject } from 'write-excel-file/node';

/** An Excel file (.xlsx). The library is loaded with the first file that somebody asks for. */
export async function writeWorkbook(sheets: readonly ReportSheet[]): Promise<Buffer> {
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const file = writeExcelFile(
    sheets.map(({ name, head, rows }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: head.map((text, index) => ({ width: Math.max(10, text.length * 2, index === 1 ? 24 : 0) })),
      data: [
        head.map((value): CellObject => ({ value, type: String, fontWeight: 'bold' })),
        ...rows.map((row) => row.map(cellOf)),
      ],
    })),
  );
  return file.toBuffer();
}

/** A text is a text and never a formula, whatever it begins with. */
function cellOf(cell: ReportCell): CellObject | null {
  if (cell === null) return null;
  if (typeof cell === 'string') return { value: cell, type: String };
  if (typeof cell === 'number') return { value: cell, type: Number };
  if ('share' in cell) return { value: cell.share, type: Number, format: '0.00%' };
  return { value: cell.seconds, type: Number, format: '0.0' };
}
