import { Readable } from 'node:stream';
import { historyExportQuerySchema } from '@carebell/contracts/history.ts';
import type { FastifyReply } from 'fastify';
import { instant } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Gate } from '../journal/gate.ts';
import { csvLine } from '../transfer/csv.ts';
import { cursorOf } from './history-answers.ts';
import type { HistoryPort, Point, PointQuery } from './history-port.ts';
import type { HistoryRoutePorts } from './history-routes.ts';
import { measurementOf, timesOf } from './history-subject.ts';
import { lineOf } from './line-protocol.ts';

type Ports = Pick<HistoryRoutePorts, 'authorization' | 'history' | 'subject' | 'clock'> & {
  commit: Gate['commit'];
};

/** About 5 MB; each page looks through the hour again in which the one before ended. */
const pointsAtOnce = 5_000;
const columns = ['at', 'time', 'device', 'resident', 'station', 'kind', 'values'];

/** A stream as a file. A page is read when the one before has been sent, so a million rows need no more memory than one page. */
export function exportRoutes({ authorization, history, subject, clock, commit }: Ports): RouteGroup {
  return (app) => {
    app.get(
      '/history/export',
      {
        preParsing: authorization.requires('history.export'),
        schema: {
          tags: ['history'],
          summary: 'A stream as CSV or line protocol, oldest first',
          querystring: historyExportQuerySchema,
          response: problemResponses,
        },
      },
      async (request, reply) => {
        const { stream, format } = request.query;
        const query = {
          measurement: measurementOf[stream],
          filter: await subject.filterOf(request.query, authorization.scopeOf(request)),
          ...timesOf(request.query, clock.now()),
        };
        await commit('recordExport', { actorId: authorization.userOf(request).id, of: 'history' });
        const isCsv = format === 'csv';
        const chunks = isCsv ? csvOfPoints(history, query) : linesOfPoints(history, query);
        return sendFile(
          reply,
          `${stream}.${isCsv ? 'csv' : 'line'}`,
          isCsv ? 'text/csv' : 'text/plain',
          chunks,
        );
      },
    );
  };
}

export function sendFile(
  reply: FastifyReply,
  name: string,
  type: string,
  chunks: AsyncGenerator<string>,
): FastifyReply {
  return reply
    .type(`${type}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Readable.from(chunks));
}

type Query = Pick<PointQuery, 'measurement' | 'filter' | 'fromMs' | 'toMs'>;

/** Pages of points, oldest first. */
export async function* pagesOf(history: Pick<HistoryPort, 'read'>, query: Query): AsyncGenerator<Point[]> {
  let after: Point | undefined;
  for (;;) {
    const points = await history.read({ ...query, order: 'oldest', after, limit: pointsAtOnce });
    if (points.length > 0) yield points;
    if (points.length < pointsAtOnce) return;
    after = points.at(-1);
  }
}

async function* csvOfPoints(history: Pick<HistoryPort, 'read'>, query: Query): AsyncGenerator<string> {
  // Without it Excel takes UTF-8 for the code page of the computer.
  yield `\uFEFF${csvLine(columns)}`;
  for await (const points of pagesOf(history, query)) yield points.map(csvLineOf).join('');
}

function csvLineOf(point: Point): string {
  const { tags, atMs, fields } = point;
  return csvLine([
    instant(atMs),
    cursorOf(point),
    tags.device ?? '',
    tags.resident ?? '',
    tags.station ?? '',
    tags.kind ?? '',
    JSON.stringify(fields),
  ]);
}

async function* linesOfPoints(history: Pick<HistoryPort, 'read'>, query: Query): AsyncGenerator<string> {
  for await (const points of pagesOf(history, query))
    yield points.map((point) => `${lineOf(point)}\n`).join('');
}
