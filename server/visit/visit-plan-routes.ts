import { shownVisitSettingsSchema, visitSettingsPutSchema } from '@carebell/contracts/visit-settings.ts';
import { visitSettingsOf } from '@carebell/contracts/visit-frequencies.ts';
import type { ShownVisitSettings } from '@carebell/contracts/visit-settings.ts';
import { visitPlanPutSchema, visitPlanSchema } from '@carebell/contracts/visits.ts';
import type { VisitPlan } from '@carebell/contracts/visits.ts';
import type { FastifyRequest } from 'fastify';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import { idParams } from '../http-api/route-parts.ts';
import { acceptedChange, visible } from '../resident/registry-answers.ts';
import { frequencyOf } from './frequency.ts';
import type { VisitRoutePorts } from './visit-routes.ts';

type ById = FastifyRequest<{ Params: { id: string } }>;
const tags = ['visits'];

/** How often residents are to be visited, and what counts: for organisations, and for one resident. */
export function visitPlanRoutes(ports: VisitRoutePorts): RouteGroup {
  const { authorization, commit, reads, timeZone } = ports;
  const { requires, userOf, scopeOf } = authorization;

  async function organisationOf(request: ById): Promise<string> {
    const { id } = request.params;
    return visible(await reads.registry.organisation(id), scopeOf(request), id).id;
  }
  async function settingsOf(id: string): Promise<ShownVisitSettings> {
    const [own, ...above] = await reads.visits.settings(id);
    const entered = above.map(({ settings }) => settings).toReversed();
    return {
      own: own?.settings ?? {},
      inherited: visitSettingsOf(entered),
      holds: visitSettingsOf([...entered, own?.settings ?? {}]),
      from: above.map(({ id: from, name, level }) => ({ id: from, name, level })),
      version: own?.version ?? 0,
    };
  }
  async function stationOf(request: ById): Promise<string> {
    const resident = await reads.registry.resident(request.params.id);
    const home = resident && (await reads.registry.dwelling(resident.dwellingId));
    return visible(home, scopeOf(request), home?.stationId).stationId;
  }
  async function planOf(residentId: string, stationId: string): Promise<VisitPlan> {
    const plan = visible(await reads.visits.plan(residentId), 'all', null);
    const { holds } = await settingsOf(stationId);
    const { own, note, version } = plan;
    return { residentId, frequency: own, note, holds: frequencyOf(plan, holds), version };
  }

  return (app) => {
    app.get(
      '/organisations/:id/visit-settings',
      {
        preParsing: requires('visit.read'),
        schema: {
          tags,
          summary: 'How often residents of an organisation are to be visited, and what counts as a visit',
          params: idParams,
          response: { 200: shownVisitSettingsSchema, ...problemResponses },
        },
      },
      async (request) => settingsOf(await organisationOf(request)),
    );
    app.put(
      '/organisations/:id/visit-settings',
      {
        preParsing: requires('visit.plan'),
        schema: {
          tags,
          summary: 'Replace what an organisation has in place of what holds above it',
          params: idParams,
          body: visitSettingsPutSchema,
          response: { 200: shownVisitSettingsSchema, ...problemResponses },
        },
      },
      async (request) => {
        const organisationId = await organisationOf(request);
        const { settings, version } = request.body;
        const call = { actorId: userOf(request).id, scope: scopeOf(request), organisationId };
        await acceptedChange(await commit('putVisitSettings', { ...call, settings, version }), () =>
          settingsOf(organisationId),
        );
        return settingsOf(organisationId);
      },
    );
    app.get(
      '/residents/:id/visit-plan',
      {
        preParsing: requires('visit.read'),
        schema: {
          tags,
          summary: 'How often a resident is to be visited',
          params: idParams,
          response: { 200: visitPlanSchema, ...problemResponses },
        },
      },
      async (request) => planOf(request.params.id, await stationOf(request)),
    );
    app.put(
      '/residents/:id/visit-plan',
      {
        preParsing: requires('visit.plan'),
        schema: {
          tags,
          summary: 'Visit a resident more or less often than the risk groups ask for',
          params: idParams,
          body: visitPlanPutSchema,
          response: { 200: visitPlanSchema, ...problemResponses },
        },
      },
      async (request) => {
        const stationId = await stationOf(request);
        const residentId = request.params.id;
        const call = { actorId: userOf(request).id, scope: scopeOf(request), timeZone, residentId };
        await acceptedChange(await commit('putVisitPlan', { ...call, ...request.body }), () =>
          planOf(residentId, stationId),
        );
        return planOf(residentId, stationId);
      },
    );
  };
}
