import {
  nearOrganisationsSchema,
  newRequestSchema,
  requestDetailSchema,
  requestListQuerySchema,
  requestNumbersSchema,
  requestPageSchema,
  serviceRequestSchema,
} from '@carebell/contracts/service-requests.ts';
import type { ServiceRequest } from '@carebell/contracts/service-requests.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { scopeOf as scopeBelow } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../device/directory.ts';
import { zoneOffsetMs } from '../history/local-time.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal } from '../http-api/problems.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import { readsMasked } from '../identity/masking.ts';
import type { Gate } from '../journal/gate.ts';
import { spanOf } from '../report/report-span.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import { serviceFor } from './services-in-force.ts';
import { requestActRoutes } from './request-act-routes.ts';
import { maskRequest, maskRequestStep } from './request-masking.ts';
import { requestNumbers } from './request-numbers.ts';
import type { RequestReads } from './request-reads.ts';

export type RequestRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: RequestReads;
  directory: Pick<Directory, 'organisations'>;
  timeZone: string;
};

const tags = ['requests'];
const dayMs = 86_400_000;
const numbersQuery = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'use a month such as "2026-03"')
    .optional(),
  organisationId: z.string().max(64).optional(),
});

/** Service requests: the queue, one of them, what is entered by telephone, and how many there were. */
export function requestRoutes(ports: RequestRoutePorts): RouteGroup {
  const { authorization, commit, clock, reads, directory, timeZone } = ports;
  const { requires, userOf, scopeOf } = authorization;

  const isMasked = (request: FastifyRequest): boolean => readsMasked(userOf(request).role);

  async function requestOf(request: FastifyRequest, id: string): Promise<ServiceRequest> {
    const isSeen = await reads.isSeenBy(id, scopeOf(request));
    const found = isSeen ? await reads.request(id) : undefined;
    if (!found) throw new Refusal(notFound());
    return isMasked(request) ? maskRequest(found) : found;
  }

  /** As it is after what a user did to it, which may have taken it out of their sight. */
  async function requestAfter(id: string): Promise<ServiceRequest> {
    const found = await reads.request(id);
    if (!found) throw new Refusal(notFound());
    return found;
  }

  function todayMs(): number {
    const nowMs = clock.now();
    const offsetMs = zoneOffsetMs(timeZone, nowMs);
    return Math.floor((nowMs + offsetMs) / dayMs) * dayMs - offsetMs;
  }

  return (app) => {
    app.get(
      '/requests',
      {
        preParsing: requires('request.read'),
        schema: {
          tags,
          summary: 'Service requests of your part, as they are due, and how many there are',
          querystring: requestListQuerySchema,
          response: { 200: requestPageSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const userId = userOf(request).id;
        const query = pageQueryOf(request.query);
        const page = await reads.requests({ ...query, scope, userId, todayMs: todayMs() });
        const counts = await reads.counts({ scope, userId, stationId: query.stationId });
        return { ...page, items: isMasked(request) ? page.items.map(maskRequest) : page.items, counts };
      },
    );
    app.get(
      '/requests/numbers',
      {
        preParsing: requires('report.read'),
        schema: {
          tags,
          summary:
            'How many requests were asked in a month or the last 24 hours, taken and arranged in time, and done',
          querystring: numbersQuery,
          response: { 200: requestNumbersSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { month, organisationId } = request.query;
        const own = scopeOf(request);
        const scope =
          organisationId === undefined
            ? own
            : scopeBelow(visible(organisationId, own, organisationId), directory.organisations());
        const { fromMs, toMs } = spanOf(month, clock.now(), timeZone);
        const facts = await reads.facts({ fromMs, toMs, scope });
        return { fromAt: instant(fromMs), toAt: instant(toMs), ...requestNumbers(facts) };
      },
    );
    app.get(
      '/requests/:id',
      {
        preParsing: requires('request.read'),
        schema: {
          tags,
          summary: 'One request with its time line, what to ask and who provides it',
          params: idParams,
          response: { 200: requestDetailSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id } = request.params;
        const found = await requestOf(request, id);
        const timeline = await reads.timeline(id);
        const above = found.stationId === null ? [] : await reads.servicesAbove(found.stationId);
        return {
          ...found,
          timeline: isMasked(request) ? timeline.map(maskRequestStep) : timeline,
          service: serviceFor(
            found.kind,
            above.map(({ services }) => services),
          ),
        };
      },
    );
    app.get(
      '/requests/:id/near',
      {
        preParsing: requires('request.write'),
        schema: {
          tags,
          summary: 'Whom a request can be handed over to',
          params: idParams,
          response: { 200: nearOrganisationsSchema, ...problemResponses },
        },
      },
      async (request) => ({ items: await reads.near(await requestOf(request, request.params.id)) }),
    );
    app.post(
      '/requests',
      {
        preParsing: requires('request.write'),
        schema: {
          tags,
          summary: 'Enter a request that came by telephone',
          body: newRequestSchema,
          response: { 201: serviceRequestSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { wishedAt, ...asked } = request.body;
        const { id: userId, displayName } = userOf(request);
        const { id } = accepted(
          await commit('askByPhone', {
            ...asked,
            wishedAtMs: wishedAt === null ? null : Date.parse(wishedAt),
            user: { id: userId, displayName },
            scope: scopeOf(request),
          }),
        );
        return reply.code(201).send(await requestAfter(id));
      },
    );
    requestActRoutes({ ...authorization, commit, requestAfter })(app);
  };
}
