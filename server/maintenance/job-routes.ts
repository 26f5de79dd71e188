import { Readable } from 'node:stream';
import {
  jobPageSchema,
  jobQuerySchema,
  jobSchema,
  jobSummarySchema,
  noteJobSchema,
  releaseJobSchema,
  takeJobSchema,
} from '@carebell/contracts/maintenance.ts';
import type { Job, JobSummary } from '@carebell/contracts/maintenance.ts';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp, RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import { stationsOf } from '../supervision/supervision-routes.ts';
import { csvOf } from '../transfer/csv.ts';
import { addFirmwareRoutes } from './firmware-routes.ts';
import type { FirmwareRoutePorts } from './firmware-routes.ts';
import { pageOfJobs } from './job-list.ts';
import type { JobMoments } from './job-moment.ts';
import type { JobReads } from './job-reads.ts';
import type { JobKey } from './maintenance-store.ts';

export type JobRoutePorts = FirmwareRoutePorts & {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: JobReads;
  moments: JobMoments;
};

const tags = ['maintenance'];
/** The next page and the next look find the stations in the order of this one. */
const summaryKeptMs = 5_000;
const columns = [
  'streetName',
  'stationName',
  'address',
  'kind',
  'of',
  'id',
  'name',
  'type',
  'room',
  'since',
  'dueAt',
  'percent',
  'version',
  'wished',
  'reason',
] as const satisfies (keyof Job)[];

/** What installers have to go and do, by street, station and dwelling; done when the hub has seen it done. */
export function jobRoutes(ports: JobRoutePorts): RouteGroup {
  return (app) => {
    addListRoutes(app, ports);
    addWorkRoutes(app, ports);
    addFirmwareRoutes(app, ports);
  };
}

function addListRoutes(app: CarebellApp, ports: JobRoutePorts): void {
  const { authorization, commit, clock, reads, moments } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const summaries = new Map<string, { atMs: number; items: JobSummary['items'] }>();

  async function summaryOf(scope: Scope): Promise<JobSummary['items']> {
    const stations = stationsOf(scope);
    const key = stations === 'all' ? 'all' : stations.join(' ');
    const known = summaries.get(key);
    if (known && clock.now() - known.atMs < summaryKeptMs) return known.items;
    const items = await reads.jobCounts(await moments(stations), stations);
    summaries.set(key, { atMs: clock.now(), items });
    return items;
  }

  async function page(query: z.infer<typeof jobQuerySchema>, scope: Scope, userId: string) {
    const stations = stationsOf(scope);
    const { state, mine, kind, stationId, deviceId, cursor, limit } = query;
    if (state === 'done') {
      const beforeMs = cursor === undefined ? null : Number(cursor);
      const wanted = {
        stationIds: stations,
        userId: mine === 'true' ? userId : undefined,
        id: deviceId,
        beforeMs,
        limit,
      };
      const items = await reads.doneJobs(wanted);
      const last = items.at(-1)?.done;
      return { items, cursor: items.length === limit && last ? String(Date.parse(last.at)) : null };
    }
    const moment = await moments(stations);
    if (mine === 'false' && deviceId === undefined) {
      return pageOfJobs(reads, moment, await summaryOf(scope), { kind, stationId, cursor, limit });
    }
    const found =
      deviceId === undefined ? await reads.jobsTakenBy(moment, userId) : await reads.jobsOf(moment, deviceId);
    const items = found.filter(
      (job) =>
        covers(scope, job.stationId) &&
        (kind === undefined || job.kind === kind) &&
        (stationId === undefined || job.stationId === stationId) &&
        (mine === 'false' || job.taken?.by.id === userId),
    );
    return { items, cursor: null };
  }

  app.get(
    '/maintenance',
    {
      preParsing: requires('device.read'),
      schema: {
        tags,
        summary: 'What is to be done at devices and gateways, by street, station and dwelling',
        querystring: jobQuerySchema,
        response: { 200: jobPageSchema, ...problemResponses },
      },
    },
    async (request) => page(request.query, scopeOf(request), userOf(request).id),
  );
  app.get(
    '/maintenance/summary',
    {
      preParsing: requires('device.read'),
      schema: {
        tags,
        summary: 'How many jobs of each kind each station has',
        response: { 200: jobSummarySchema, ...problemResponses },
      },
    },
    async (request) => ({ items: await summaryOf(scopeOf(request)) }),
  );
  app.get(
    '/maintenance/list.csv',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary: 'The jobs as CSV',
        querystring: jobQuerySchema,
        response: problemResponses,
      },
    },
    async (request, reply) => {
      const { id } = userOf(request);
      const scope = scopeOf(request);
      await commit('recordExport', { actorId: id, of: 'devices' });
      const lines = csvOf(
        columns,
        (after, limit) => page({ ...request.query, cursor: after, limit }, scope, id),
        (job) => columns.map((column) => String(job[column] ?? '')),
      );
      return sendCsv(reply, lines);
    },
  );
}

function addWorkRoutes(app: CarebellApp, { authorization, commit, reads, moments }: JobRoutePorts): void {
  const { requires, userOf, scopeOf } = authorization;

  async function job({ kind, of, id }: JobKey, scope: Scope): Promise<Job> {
    const found = await reads.job(await moments(stationsOf(scope)), { kind, of, id });
    return visible(found, scope, found?.stationId);
  }

  app.post(
    '/maintenance/take',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary: 'Undertake a job',
        body: takeJobSchema,
        response: { 200: jobSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { stationId, percent } = await job(request.body, scope);
      accepted(await commit('takeJob', { ...request.body, stationId, percent, actorId: userOf(request).id }));
      return job(request.body, scope);
    },
  );
  app.post(
    '/maintenance/release',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary: 'Give a job back that one has undertaken',
        body: releaseJobSchema,
        response: { 200: jobSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { stationId, percent } = await job(request.body, scope);
      accepted(
        await commit('releaseJob', { ...request.body, stationId, percent, actorId: userOf(request).id }),
      );
      return job(request.body, scope);
    },
  );
  app.post(
    '/maintenance/notes',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary: 'Note something of a job',
        body: noteJobSchema,
        response: { 200: jobSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { stationId, percent } = await job(request.body, scope);
      accepted(await commit('noteJob', { ...request.body, stationId, percent, actorId: userOf(request).id }));
      return job(request.body, scope);
    },
  );
}

function sendCsv(reply: FastifyReply, lines: AsyncGenerator<string>): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="maintenance.csv"')
    .send(Readable.from(lines));
}
