import { reportSheets } from '@carebell/contracts/report-table.ts';
import type { ReportSheet } from '@carebell/contracts/report-table.ts';
import { reportFileQuerySchema, reportQuerySchema, reportSchema } from '@carebell/contracts/report.ts';
import type { Report } from '@carebell/contracts/report.ts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { scopeOf as scopeBelow } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import { visible } from '../resident/registry-answers.ts';
import { gatherCare } from './care.ts';
import type { CareReads } from './care.ts';
import { gatherFacts } from './gather.ts';
import { makeReport } from './make-report.ts';
import { csvOf, sendFile } from './report-files.ts';
import type { ReportReads } from './report-reads.ts';
import { spanOf } from './report-span.ts';

export type ReportRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  directory: Pick<Directory, 'organisation' | 'organisations' | 'lineage' | 'device'>;
  reads: CareReads & { report: ReportReads };
  timeZone: string;
  /** An Excel file of these sheets. */
  workbook(sheets: readonly ReportSheet[]): Promise<Buffer>;
};

const tags = ['report'];

/** What the centre is measured by, counted from the journal's steps of alarms, with the clocks running from the press. */
export function reportRoutes(ports: ReportRoutePorts): RouteGroup {
  const { authorization, commit, clock, directory, reads, timeZone, workbook } = ports;
  const { requires, userOf } = authorization;

  async function reportFor(
    request: FastifyRequest,
    { month, organisationId, priority }: z.infer<typeof reportQuerySchema>,
  ): Promise<Report> {
    const own = authorization.scopeOf(request);
    const scope =
      organisationId === undefined
        ? own
        : scopeBelow(visible(organisationId, own, organisationId), directory.organisations());
    const nowMs = clock.now();
    const span = { ...spanOf(month, nowMs, timeZone), scope };
    const facts = await gatherFacts(reads.report, span);
    const counted = priority === undefined ? facts : facts.filter((one) => one.priority === priority);
    const care = priority === undefined ? await gatherCare(reads, span) : undefined;
    return makeReport(counted, { month, scope, nowMs }, { directory, timeZone }, care);
  }

  return (app) => {
    app.get(
      '/report',
      {
        preParsing: requires('report.read'),
        schema: {
          tags,
          summary: 'The numbers of a month or of the last 24 hours, for every organisation of your part',
          querystring: reportQuerySchema,
          response: { 200: reportSchema, ...problemResponses },
        },
      },
      async (request) => reportFor(request, request.query),
    );
    app.get(
      '/report.csv',
      {
        preParsing: requires('report.read'),
        schema: {
          tags,
          summary: 'The numbers as CSV',
          querystring: reportFileQuerySchema,
          response: problemResponses,
        },
      },
      async (request, reply) => {
        const { language, ...query } = request.query;
        const [numbers] = reportSheets(await reportFor(request, query), language);
        await commit('recordExport', { actorId: userOf(request).id, of: 'report' });
        return sendFile(reply, query.month ?? '24h', 'csv', csvOf(numbers));
      },
    );
    app.get(
      '/report.xlsx',
      {
        preParsing: requires('report.read'),
        schema: {
          tags,
          summary: 'The numbers as an Excel workbook, with hops, reasons, devices and slow answers',
          querystring: reportFileQuerySchema,
          response: problemResponses,
        },
      },
      async (request, reply) => {
        const { language, ...query } = request.query;
        const file = await workbook(reportSheets(await reportFor(request, query), language));
        await commit('recordExport', { actorId: userOf(request).id, of: 'report' });
        return sendFile(reply, query.month ?? '24h', 'xlsx', file);
      },
    );
  };
}
