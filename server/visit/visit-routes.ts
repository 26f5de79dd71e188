import {
  duePageSchema,
  dueQuerySchema,
  newVisitSchema,
  pressesQuerySchema,
  pressesSchema,
  visitFindingsSchema,
  visitListSchema,
  visitSchema,
} from '@carebell/contracts/visits.ts';
import type { MedicalViews } from '../audit/medical-views.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import { acceptedVisit } from './visit-answers.ts';
import type { VisitReads } from './visit-reads.ts';

export type VisitRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: {
    visits: VisitReads;
    registry: Pick<RegistryReads, 'resident' | 'dwelling' | 'organisation'>;
  };
  views: MedicalViews;
  timeZone: string;
};

const tags = ['visits'];
const shownOfOne = 100;

/** Who is to be visited, and what visitors did and found. */
export function visitRoutes(ports: VisitRoutePorts): RouteGroup {
  const { authorization, commit, clock, reads, views, timeZone } = ports;
  const { requires, userOf, scopeOf } = authorization;

  async function homeOf(residentId: string, scope: Scope) {
    const resident = await reads.registry.resident(residentId);
    const dwelling = resident && (await reads.registry.dwelling(resident.dwellingId));
    visible(resident, scope, dwelling?.stationId);
    return visible(dwelling, scope, dwelling?.stationId);
  }

  return (app) => {
    app.get(
      '/visits/due',
      {
        preParsing: requires('visit.make'),
        schema: {
          tags,
          summary: 'Who is to be visited, whose time ends first standing first; or who is away and not due',
          querystring: dueQuerySchema,
          response: { 200: duePageSchema, ...problemResponses },
        },
      },
      async (request) =>
        reads.visits.due({
          ...pageQueryOf(request.query),
          scope: scopeOf(request),
          nowMs: clock.now(),
        }),
    );
    app.post(
      '/visits',
      {
        preParsing: requires('visit.make'),
        schema: {
          tags,
          summary: 'Enter a visit or a try, with what was found; the same "id" sent again is entered once',
          body: newVisitSchema,
          response: { 201: visitSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { startedAt, at, findings, ...rest } = request.body;
        const visit = {
          ...rest,
          findings: findings ?? visitFindingsSchema.parse({}),
          startedAtMs: startedAt === undefined ? null : Date.parse(startedAt),
          atMs: at === undefined ? null : Date.parse(at),
        };
        const call = { actorId: userOf(request).id, scope: scopeOf(request), timeZone, visit };
        const { id } = acceptedVisit(await commit('recordVisit', call));
        return reply.code(201).send(visible(await reads.visits.visit(id), 'all', null));
      },
    );
    app.get(
      '/residents/:id/visits',
      {
        preParsing: requires('visit.make'),
        schema: {
          tags,
          summary: 'Visits of a resident, the latest first',
          params: idParams,
          response: { 200: visitListSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id } = request.params;
        const { stationId } = await homeOf(id, scopeOf(request));
        const items = await reads.visits.visitsOf(id, shownOfOne);
        const isMedical = items.some(({ findings }) => findings.condition !== null || findings.note !== '');
        const actorId = userOf(request).id;
        if (isMedical) views.record({ actorId, residentIds: [id], via: 'visits', alarmId: null, stationId });
        return { items };
      },
    );
    app.get(
      '/residents/:id/visit-presses',
      {
        preParsing: requires('visit.make'),
        schema: {
          tags,
          summary: 'Test presses at the dwelling of a resident since then: a visitor checks in by one',
          params: idParams,
          querystring: pressesQuerySchema,
          response: { 200: pressesSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id: dwellingId } = await homeOf(request.params.id, scopeOf(request));
        const presses = await reads.visits.pressesAt(dwellingId, Date.parse(request.query.since));
        return { items: presses.map(({ deviceId, atMs }) => ({ deviceId, at: instant(atMs) })) };
      },
    );
  };
}
