import type { ReportSheet } from '@carebell/contracts/report-table.ts';
import { visitRateSheets } from '@carebell/contracts/visit-rate-table.ts';
import {
  visitRateFileQuerySchema,
  visitRateQuerySchema,
  visitRateSchema,
} from '@carebell/contracts/visit-rate.ts';
import type { VisitRate } from '@carebell/contracts/visit-rate.ts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { scopeOf as scopeBelow } from '../care-station/organisation-scope.ts';
import type { Directory } from '../device/directory.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import { maskName, readsMasked } from '../identity/masking.ts';
import { csvOf, sendFile } from '../report/report-files.ts';
import { visible } from '../resident/registry-answers.ts';
import { visitRate } from './make-rate.ts';
import type { VisitRoutePorts } from './visit-routes.ts';

export type VisitRateRoutePorts = VisitRoutePorts & {
  directory: Pick<Directory, 'organisations' | 'lineage'>;
  workbook(sheets: readonly ReportSheet[]): Promise<Buffer>;
};

const tags = ['visits'];

/** How many of those who were due were visited. */
export function visitRateRoutes(ports: VisitRateRoutePorts): RouteGroup {
  const { authorization, commit, clock, directory, reads, timeZone, workbook } = ports;
  const { requires, userOf } = authorization;
  const preParsing = requires('visit.read');

  async function rateFor(
    request: FastifyRequest,
    { cause, day, organisationId }: z.infer<typeof visitRateQuerySchema>,
  ): Promise<VisitRate> {
    const own = authorization.scopeOf(request);
    const scope =
      organisationId === undefined
        ? own
        : scopeBelow(visible(organisationId, own, organisationId), directory.organisations());
    const rate = await visitRate(
      { reads: reads.visits, directory, timeZone },
      { cause, day, scope, nowMs: clock.now() },
    );
    if (!readsMasked(userOf(request).role)) return rate;
    const notVisited = rate.notVisited.map((one) => ({ ...one, residentName: maskName(one.residentName) }));
    return { ...rate, notVisited };
  }

  return (app) => {
    app.get(
      '/visit-rate',
      {
        preParsing,
        schema: {
          tags,
          summary:
            'Visits done of those due in a week, month or quarter, by organisation and grid, and who is missing',
          querystring: visitRateQuerySchema,
          response: { 200: visitRateSchema, ...problemResponses },
        },
      },
      async (request) => rateFor(request, request.query),
    );
    app.get(
      '/visit-rate.csv',
      {
        preParsing,
        schema: {
          tags,
          summary: 'The visit rate as CSV',
          querystring: visitRateFileQuerySchema,
          response: problemResponses,
        },
      },
      async (request, reply) => {
        const { language, ...query } = request.query;
        const rate = await rateFor(request, query);
        await commit('recordExport', { actorId: userOf(request).id, of: 'visits' });
        return sendFile(reply, `visits-${rate.firstDay}`, 'csv', csvOf(visitRateSheets(rate, language)[0]));
      },
    );
    app.get(
      '/visit-rate.xlsx',
      {
        preParsing,
        schema: {
          tags,
          summary: 'The visit rate as an Excel workbook, with grids and who was not visited',
          querystring: visitRateFileQuerySchema,
          response: problemResponses,
        },
      },
      async (request, reply) => {
        const { language, ...query } = request.query;
        const rate = await rateFor(request, query);
        const file = await workbook(visitRateSheets(rate, language));
        await commit('recordExport', { actorId: userOf(request).id, of: 'visits' });
        return sendFile(reply, `visits-${rate.firstDay}`, 'xlsx', file);
      },
    );
  };
}
