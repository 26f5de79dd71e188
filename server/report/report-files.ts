import type { ReportCell, ReportSheet } from '@carebell/contracts/report-table.ts';
import type { FastifyReply } from 'fastify';
import { csvLine } from '../transfer/csv.ts';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export function sendFile(
  reply: FastifyReply,
  name: string,
  ending: keyof typeof types,
  file: string | Buffer,
): FastifyReply {
  return reply
    .type(types[ending])
    .header('content-disposition', `attachment; filename="carebell-${name}.${ending}"`)
    .send(file);
}

export function csvOf({ head, rows }: ReportSheet): string {
  // Without it Excel takes UTF-8 for the code page of the computer.
  return `\uFEFF${[head, ...rows].map((row) => csvLine(row.map(textOf))).join('')}`;
}

function textOf(cell: ReportCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  return 'share' in cell ? `${(cell.share * 100).toFixed(2)}%` : cell.seconds.toFixed(1);
}
