import { reportSheets } from '@carebell/contracts/report-table.ts';
import {
  reportSchema,
  storedReportFileSchema,
  storedReportsQuerySchema,
  storedReportSchema,
} from '@carebell/contracts/report.ts';
import type { Report } from '@carebell/contracts/report.ts';
import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { covers } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal } from '../http-api/problems.ts';
import type { Gate } from '../journal/gate.ts';
import { csvOf, sendFile } from './report-files.ts';
import type { ReportRoutePorts } from './report-routes.ts';
import type { MonthlyReads } from './monthly-store.ts';

export type StoredReportPorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<MonthlyReads, 'list' | 'report'>;
  workbook: ReportRoutePorts['workbook'];
};

const params = z.object({ month: z.string(), organisationId: z.string() });
const tags = ['report'];

/** The reports of whole months as they were made on the first of the next: they do not change any more. */
export function storedReportRoutes({
  authorization,
  commit,
  reads,
  workbook,
}: StoredReportPorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  const path = '/reports/:month/:organisationId';
  const preParsing = requires('report.read');

  async function reportOf(request: FastifyRequest<{ Params: z.infer<typeof params> }>): Promise<Report> {
    const { month, organisationId } = request.params;
    const scope = scopeOf(request);
    const isTheirs = organisationId === rootOrganisationId ? scope === 'all' : covers(scope, organisationId);
    const text = isTheirs ? await reads.report(month, organisationId) : undefined;
    if (text === undefined) throw new Refusal(notFound());
    return JSON.parse(text) as Report;
  }
  const nameOf = (report: Report, organisationId: string) => `${report.month}-${organisationId}`;

  return (app) => {
    app.get(
      '/reports',
      {
        preParsing,
        schema: {
          tags,
          summary: 'The stored reports of your part of the organisation, the latest month first',
          querystring: storedReportsQuerySchema,
          response: { 200: z.object({ items: z.array(storedReportSchema) }), ...problemResponses },
        },
      },
      async (request) => ({ items: await reads.list({ ...request.query, scope: scopeOf(request) }) }),
    );
    app.get(
      path,
      {
        preParsing,
        schema: {
          tags,
          summary: 'One of them, as it was made',
          params,
          response: { 200: reportSchema, ...problemResponses },
        },
      },
      async (request) => reportOf(request),
    );
    app.get(
      `${path}/report.csv`,
      {
        preParsing,
        schema: {
          tags,
          summary: 'The same as CSV',
          params,
          querystring: storedReportFileSchema,
          response: problemResponses,
        },
      },
      async (request, reply) => {
        const report = await reportOf(request);
        const [numbers] = reportSheets(report, request.query.language);
        await commit('recordExport', { actorId: userOf(request).id, of: 'report' });
        return sendFile(reply, nameOf(report, request.params.organisationId), 'csv', csvOf(numbers));
      },
    );
    app.get(
      `${path}/report.xlsx`,
      {
        preParsing,
        schema: {
          tags,
          summary: 'The same as an Excel workbook',
          params,
          querystring: storedReportFileSchema,
          response: problemResponses,
        },
      },
      async (request, reply) => {
        const report = await reportOf(request);
        const file = await workbook(reportSheets(report, request.query.language));
        await commit('recordExport', { actorId: userOf(request).id, of: 'report' });
        return sendFile(reply, nameOf(report, request.params.organisationId), 'xlsx', file);
      },
    );
  };
}
