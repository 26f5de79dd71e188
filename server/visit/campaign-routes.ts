import { pageQuerySchema } from '@carebell/contracts/http-api.ts';
import {
  campaignCallBodySchema,
  campaignCallPageSchema,
  campaignCallQuerySchema,
  campaignPageSchema,
  campaignSchema,
  newCampaignSchema,
} from '@carebell/contracts/visit-campaigns.ts';
import type { Campaign } from '@carebell/contracts/visit-campaigns.ts';
import { z } from 'zod';
import type { Scope } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import { visible } from '../resident/registry-answers.ts';
import { acceptedVisit } from './visit-answers.ts';
import type { VisitRoutePorts } from './visit-routes.ts';

const tags = ['visits'];
const callParams = z.object({ id: z.string(), residentId: z.string() });

/** Calling everybody of some groups, because of a heat wave or the like. */
export function campaignRoutes(ports: VisitRoutePorts): RouteGroup {
  const { authorization, commit, reads, timeZone } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const campaign = async (id: string, scope: Scope): Promise<Campaign> =>
    visible(await reads.visits.campaign(id, scope), 'all', null);
  const one = { 200: campaignSchema, ...problemResponses };

  return (app) => {
    app.get(
      '/visit-campaigns',
      {
        preParsing: requires('visit.read'),
        schema: {
          tags,
          summary: 'Campaigns with their progress, the latest first',
          querystring: pageQuerySchema,
          response: { 200: campaignPageSchema, ...problemResponses },
        },
      },
      async (request) => reads.visits.campaigns({ ...pageQueryOf(request.query), scope: scopeOf(request) }),
    );
    app.post(
      '/visit-campaigns',
      {
        preParsing: requires('visit.plan'),
        schema: {
          tags,
          summary: 'Begin a campaign: all residents of these groups are to be called',
          body: newCampaignSchema,
          response: { 201: campaignSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const scope = scopeOf(request);
        const { until, ...rest } = request.body;
        const wanted = { ...rest, untilMs: Date.parse(until) };
        const call = { actorId: userOf(request).id, scope, campaign: wanted };
        const { id } = acceptedVisit(await commit('startCampaign', call));
        return reply.code(201).send(await campaign(id, scope));
      },
    );
    app.get(
      '/visit-campaigns/:id',
      {
        preParsing: requires('visit.read'),
        schema: { tags, summary: 'A campaign with its progress by station', params: idParams, response: one },
      },
      async (request) => campaign(request.params.id, scopeOf(request)),
    );
    app.post(
      '/visit-campaigns/:id/end',
      {
        preParsing: requires('visit.plan'),
        schema: {
          tags,
          summary: 'End a campaign; its numbers are its report',
          params: idParams,
          response: one,
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { id } = request.params;
        acceptedVisit(await commit('endCampaign', { actorId: userOf(request).id, scope, id }));
        return campaign(id, scope);
      },
    );
    app.get(
      '/visit-campaigns/:id/calls',
      {
        preParsing: requires('visit.call'),
        schema: {
          tags,
          summary: 'Whom to call: who is open first, the least tried standing first',
          params: idParams,
          querystring: campaignCallQuerySchema,
          response: { 200: campaignCallPageSchema, ...problemResponses },
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { id: campaignId } = await campaign(request.params.id, scope);
        return reads.visits.calls({ ...pageQueryOf(request.query), campaignId, scope });
      },
    );
    app.post(
      '/visit-campaigns/:id/calls/:residentId',
      {
        preParsing: requires('visit.call'),
        schema: {
          tags,
          summary: 'What a call met; who was reached counts as visited',
          params: callParams,
          body: campaignCallBodySchema,
          response: one,
        },
      },
      async (request) => {
        const scope = scopeOf(request);
        const { id: campaignId, residentId } = request.params;
        const call = { actorId: userOf(request).id, scope, timeZone, campaignId, residentId };
        acceptedVisit(await commit('recordCampaignCall', { ...call, ...request.body }));
        return campaign(campaignId, scope);
      },
    );
  };
}
