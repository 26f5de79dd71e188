import { Readable } from 'node:stream';
import { erasureBodySchema, erasureSchema, historyStreams } from '@carebell/contracts/history.ts';
import { pageOf, pageQuerySchema } from '@carebell/contracts/http-api.ts';
import { z } from 'zod';
import type { AlarmReads } from '../alarm/alarm-reads.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal, refusal } from '../http-api/problems.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { pagesOf } from './export-routes.ts';
import { historyPoint } from './history-answers.ts';
import type { HistoryPort } from './history-port.ts';
import { copyParts } from './history-reads.ts';
import type { HistoryReads } from './history-reads.ts';
import { measurementOf } from './history-subject.ts';
import type { HistorySubject } from './history-subject.ts';

export type ErasureRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  history: Pick<HistoryPort, 'read'>;
  reads: HistoryReads;
  alarms: Pick<AlarmReads, 'list' | 'timeline'>;
  subject: HistorySubject;
};

const tags = ['history'];
const alarmsAtOnce = 100;

/** What a person may ask of those who keep their data: a copy of all of it, and its deletion. */
export function erasureRoutes(ports: ErasureRoutePorts): RouteGroup {
  const { authorization, commit, reads, subject } = ports;
  const { requires, scopeOf, userOf } = authorization;
  return (app) => {
    app.get(
      '/residents/:id/export',
      {
        preParsing: requires('history.export'),
        schema: {
          tags,
          summary: 'Everything that is held about one resident, as JSON',
          params: idParams,
          response: problemResponses,
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const { resident } = await subject.resident(id, scopeOf(request));
        await commit('recordExport', { actorId: userOf(request).id, of: 'resident' });
        const { own } = await subject.devicesAbout(resident);
        return reply
          .type('application/json; charset=utf-8')
          .header('content-disposition', `attachment; filename="${id}.json"`)
          .send(Readable.from(everythingAbout(ports, id, { resident, devices: own })) as never);
      },
    );
    app.post(
      '/residents/:id/erasure',
      {
        preParsing: requires('history.erase'),
        schema: {
          tags,
          summary: 'Delete what is held about one resident; it cannot be taken back',
          params: idParams,
          body: erasureBodySchema,
          response: { 202: z.object({ pseudonym: z.string() }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const { confirm, reason } = request.body;
        if (confirm !== id) {
          const message = "must repeat the resident's identifier";
          throw refusal('invalid-request', `Correct "confirm": it ${message}.`, [
            { field: 'confirm', message },
          ]);
        }
        const call = { actorId: userOf(request).id, scope: scopeOf(request), residentId: id, reason };
        const outcome = await commit('eraseResident', call);
        if (!outcome.ok && outcome.reason === 'alarm-open')
          throw refusal('alarm-open', "Close the resident's open alarms first.");
        if (!outcome.ok) throw new Refusal(notFound());
        return reply.code(202).send({ pseudonym: outcome.pseudonym });
      },
    );
    app.get(
      '/erasures',
      {
        preParsing: requires('history.erase'),
        schema: {
          tags,
          summary: 'Residents who were deleted on request',
          querystring: pageQuerySchema,
          response: { 200: pageOf(erasureSchema), ...problemResponses },
        },
      },
      async (request) => reads.erasures({ ...pageQueryOf(request.query), scope: scopeOf(request) }),
    );
  };
}

/** One JSON document, made while it is sent: a page of each part is in memory at a time. */
async function* everythingAbout(
  { history, alarms, reads }: ErasureRoutePorts,
  residentId: string,
  first: object,
): AsyncGenerator<string> {
  yield `${JSON.stringify(first).slice(0, -1)},"alarms":[`;
  let separator = '';
  let beforeSeq: number | undefined;
  for (;;) {
    const page = await alarms.list({
      phase: 'all',
      stationIds: 'all',
      residentId,
      beforeSeq,
      limit: alarmsAtOnce,
    });
    for (const alarm of page) {
      yield separator + JSON.stringify({ ...alarm, timeline: await alarms.timeline(alarm.id) });
      separator = ',\n';
    }
    if (page.length < alarmsAtOnce) break;
    beforeSeq = page.at(-1)?.cursor;
  }
  for (const part of copyParts) {
    yield `],"${part}":[`;
    yield* inParts(reads.copyOf(part, residentId));
  }
  yield '],"journal":[';
  yield* inParts(reads.journalOf(residentId));
  yield '],"history":{';
  for (const [index, stream] of historyStreams.entries()) {
    yield `${index === 0 ? '' : ','}"${stream}":[`;
    separator = '';
    const query = { measurement: measurementOf[stream], filter: { resident: residentId } };
    for await (const points of pagesOf(history, { ...query, fromMs: 0, toMs: Date.UTC(2200, 0) })) {
      yield separator + points.map((point) => JSON.stringify(historyPoint(point))).join(',\n');
      separator = ',\n';
    }
    yield ']';
  }
  yield '}}\n';
}

async function* inParts(pages: AsyncIterable<object[]>): AsyncGenerator<string> {
  let separator = '';
  for await (const items of pages) {
    if (items.length === 0) continue;
    yield separator + items.map((item) => JSON.stringify(item)).join(',\n');
    separator = ',\n';
  }
}
