import {
  followUpDoneSchema,
  visitFollowUpPageSchema,
  visitFollowUpQuerySchema,
  visitFollowUpSchema,
} from '@carebell/contracts/visits.ts';
import { dayOf, localDay } from '../duty/rota.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import { visible } from '../resident/registry-answers.ts';
import { acceptedVisit } from './visit-answers.ts';
import type { VisitRoutePorts } from './visit-routes.ts';

const tags = ['visits'];

/** What visitors found that somebody must see to. */
export function visitFollowUpRoutes(ports: VisitRoutePorts): RouteGroup {
  const { authorization, commit, clock, reads, timeZone } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const today = (): string => dayOf(localDay(clock.now(), timeZone));

  return (app) => {
    app.get(
      '/visit-follow-ups',
      {
        preParsing: requires('visit.make'),
        schema: {
          tags,
          summary: 'What is to be seen to after visits, the first due standing first',
          querystring: visitFollowUpQuerySchema,
          response: { 200: visitFollowUpPageSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { mine, ...query } = pageQueryOf(request.query);
        const ownerId = mine === 'true' ? userOf(request).id : undefined;
        return reads.visits.followUps({ ...query, ownerId, scope: scopeOf(request), today: today() });
      },
    );
    app.post(
      '/visit-follow-ups/:id/done',
      {
        preParsing: requires('visit.make'),
        schema: {
          tags,
          summary: 'It has been seen to',
          params: idParams,
          body: followUpDoneSchema,
          response: { 200: visitFollowUpSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id } = request.params;
        const call = { actorId: userOf(request).id, scope: scopeOf(request), id, ...request.body };
        acceptedVisit(await commit('doneVisitFollowUp', call));
        return visible(await reads.visits.followUp(id, today()), 'all', null);
      },
    );
  };
}
