import {
  deadLetterSchema,
  historyPageSchema,
  historyQuerySchema,
  historyStatusSchema,
  historyStreams,
  seriesQuerySchema,
  seriesSchema,
} from '@carebell/contracts/history.ts';
import type { HistoryStatus, HistoryStream } from '@carebell/contracts/history.ts';
import { pageOf, pageQuerySchema } from '@carebell/contracts/http-api.ts';
import type { Clock } from '../clock.ts';
import { instantOrNull } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp, RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import { pageQueryOf } from '../http-api/route-parts.ts';
import { may } from '../identity/rights.ts';
import type { Action } from '../identity/rights.ts';
import type { FollowerStatus } from './follower.ts';
import { afterOf, cursorOf, historyPoint, pageIn } from './history-answers.ts';
import type { HistoryPort } from './history-port.ts';
import type { HistoryReads } from './history-reads.ts';
import { measurementOf, timesOf } from './history-subject.ts';
import type { HistorySubject } from './history-subject.ts';
import { answerSeries } from './series-answer.ts';

export type HistoryRoutePorts = {
  authorization: Authorization;
  history: Pick<HistoryPort, 'read' | 'series'>;
  reads: HistoryReads;
  subject: HistorySubject;
  clock: Clock;
  timeZone: string;
  status(): FollowerStatus;
  setting: { store: HistoryStatus['store']; days: number };
};

const tags = ['history'];
/** What equipment says for itself, installers read; what people did, they do not. */
const actionOf: Record<HistoryStream, Action> = {
  events: 'history.read',
  readings: 'device.read',
  availability: 'device.read',
  'gateway-health': 'device.read',
  echoes: 'device.read',
  malformed: 'device.read',
  'alarm-steps': 'history.read',
  'alarm-responses': 'history.read',
};

/** What devices have said, kept for long. */
export function historyRoutes(ports: HistoryRoutePorts): RouteGroup {
  return (app) => {
    for (const stream of historyStreams) addStream(app, stream, ports);
    addSeries(app, ports);
    addStatus(app, ports);
  };
}

function addStream(app: CarebellApp, stream: HistoryStream, ports: HistoryRoutePorts): void {
  const { authorization, history, subject, clock } = ports;
  app.get(
    `/history/${stream}`,
    {
      preParsing: authorization.requires(actionOf[stream]),
      schema: {
        tags,
        summary: `The stream "${stream}", a page of points`,
        querystring: historyQuerySchema,
        response: { 200: historyPageSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { limit, cursor, order } = request.query;
      const points = await history.read({
        measurement: measurementOf[stream],
        filter: await subject.filterOf(request.query, authorization.scopeOf(request)),
        ...timesOf(request.query, clock.now()),
        order,
        after: afterOf(cursor),
        limit: limit + 1,
      });
      const { items, last } = pageIn(points, limit);
      return { items: items.map(historyPoint), cursor: last ? cursorOf(last) : null };
    },
  );
}

function addSeries(app: CarebellApp, ports: HistoryRoutePorts): void {
  const { authorization } = ports;
  app.get(
    '/history/series',
    {
      preParsing: authorization.requires('device.read'),
      schema: {
        tags,
        summary: 'Counts, means and extremes by minutes, hours or days',
        querystring: seriesQuerySchema,
        response: { 200: seriesSchema, ...problemResponses },
      },
    },
    async (request) => {
      // As of the stream that it is computed from.
      if (!may(authorization.userOf(request).role, actionOf[request.query.stream]))
        throw refusal('forbidden', 'Ask for what equipment says: readings, availability or gateway-health.');
      return answerSeries(ports, request.query, authorization.scopeOf(request));
    },
  );
}

function addStatus(app: CarebellApp, ports: HistoryRoutePorts): void {
  const { authorization, reads, setting } = ports;
  app.get(
    '/history/status',
    {
      preParsing: authorization.requires('device.read'),
      schema: {
        tags,
        summary: 'Where the history is kept, and how far behind it is',
        response: { 200: historyStatusSchema, ...problemResponses },
      },
    },
    async () => {
      const { journalSeq, cursor, lagSeconds, failing } = ports.status();
      return {
        store: setting.store,
        isWell: failing === null,
        problem: failing?.why ?? null,
        failingSince: instantOrNull(failing?.sinceMs ?? null),
        journalSeq,
        cursor,
        lagEntries: Math.max(0, journalSeq - cursor),
        lagSeconds,
        retentionDays: setting.days,
      };
    },
  );
  app.get(
    '/history/dead-letters',
    {
      preParsing: authorization.requires('refusal.read'),
      schema: {
        tags,
        summary: 'Points that the store of the history would not take',
        querystring: pageQuerySchema,
        response: { 200: pageOf(deadLetterSchema), ...problemResponses },
      },
    },
    async (request) => {
      const { cursor } = request.query;
      if (cursor !== undefined && !Number.isSafeInteger(Number(cursor)))
        throw refusal('invalid-request', 'Take the cursor from the answer with the page before.');
      return reads.deadLetters({
        ...pageQueryOf(request.query),
        scope: authorization.scopeOf(request),
      });
    },
  );
}
