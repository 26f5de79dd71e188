import {
  alarmTimesQuerySchema,
  alarmTimesSchema,
  responseTimesQuerySchema,
  responseTimesSchema,
} from '@carebell/contracts/history.ts';
import { pageOf } from '@carebell/contracts/http-api.ts';
import type { Clock } from '../clock.ts';
import { instant } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import type { HistoryReads } from './history-reads.ts';
import { timesOf } from './history-subject.ts';
import type { HistorySubject } from './history-subject.ts';
import { responseStatistics } from './response-times.ts';

export type ResponseRoutePorts = {
  authorization: Authorization;
  reads: HistoryReads;
  subject: HistorySubject;
  directory: Pick<Directory, 'organisation'>;
  clock: Clock;
};

const tags = ['history'];
/** A district's month; statistics of more say nothing more. */
const alarmsAtMost = 50_000;

/** How long alarms took, hop by hop. */
export function responseRoutes(ports: ResponseRoutePorts): RouteGroup {
  const { authorization, reads, subject, directory, clock } = ports;
  const { requires, scopeOf } = authorization;
  return (app) => {
    app.get(
      '/history/response-times',
      {
        preParsing: requires('alarm.read'),
        schema: {
          tags,
          summary: 'Percentiles of every hop from the press to the end, by station',
          querystring: responseTimesQuerySchema,
          response: { 200: responseTimesSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { stationId } = request.query;
        await subject.filterOf({ stationId }, scope);
        const times = timesOf(request.query, clock.now(), 30);
        const ways = await reads.alarmWays({ ...times, scope, stationId, limit: alarmsAtMost });
        const nameOf = (id: string | null): string => directory.organisation(id ?? '')?.name ?? '';
        return {
          from: instant(times.fromMs),
          to: instant(times.toMs),
          ...responseStatistics(ways, nameOf),
        };
      },
    );
    app.get(
      '/history/alarms',
      {
        preParsing: requires('alarm.read'),
        schema: {
          tags,
          summary: "The instants of every alarm's way, newest first",
          querystring: alarmTimesQuerySchema,
          response: { 200: pageOf(alarmTimesSchema), ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { stationId, residentId, limit, cursor } = request.query;
        if (cursor !== undefined && !/^\d{1,14}\.[\w-]{1,64}$/.test(cursor))
          throw refusal('invalid-request', 'Take the cursor from the answer with the page before.');
        await subject.filterOf({ stationId, residentId }, scope);
        const times = timesOf(request.query, clock.now(), 30);
        return reads.alarmTimes({ ...times, scope, stationId, residentId, limit, after: cursor });
      },
    );
  };
}
