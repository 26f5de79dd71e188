import {
  organisationRulesSchema,
  residentRulesSchema,
  ruleChangesSchema,
  ruleTrialBodySchema,
  ruleTrialSchema,
} from '@carebell/contracts/detection.ts';
import type { OrganisationRules, ResidentRules } from '@carebell/contracts/detection.ts';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { acceptedChange, visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { DetectionReads } from './detection-reads.ts';
import { packs, rulesFor } from './packs.ts';
import { placedByPack, placedRules } from './placed-rules.ts';
import { tryRules } from './trial.ts';

export type RuleRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  timeZone: string;
  reads: { registry: Pick<RegistryReads, 'organisation'>; detection: DetectionReads };
};
type ById = FastifyRequest<{ Params: { id: string } }>;

/** The rules of organisations and residents, and what changed ones would have raised. */
export function ruleRoutes({ authorization, commit, clock, timeZone, reads }: RuleRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  const { detection } = reads;
  const tags = ['rules'];
  const params = idParams;

  async function organisationOf(request: ById): Promise<string> {
    const { id } = request.params;
    return visible(await reads.registry.organisation(id), scopeOf(request), id).id;
  }
  async function residentOf(request: ById) {
    const resident = await detection.replayed(request.params.id, clock.now());
    return visible(resident, scopeOf(request), resident?.stationId);
  }
  const rulesOf = {
    organisation: async (id: string): Promise<OrganisationRules> => {
      const [own, ...inherited] = await detection.organisationRules(id);
      if (!own) throw new Refusal(notFound());
      const places = [own, ...inherited]
        .toReversed()
        .map(({ rules, ...place }) => ({ origin: { of: 'organisation' as const, ...place }, rules }));
      return {
        ...own,
        inherited,
        packs: Object.fromEntries(
          Object.entries(packs).map(([pack, rules]) => [pack, [...rules]]),
        ) as OrganisationRules['packs'],
        placed: placedByPack(places),
      };
    },
    resident: async (id: string): Promise<ResidentRules> => {
      const { riskGroups = [], changes = [] } = (await detection.replayed(id, clock.now())) ?? {};
      const effective = rulesFor(
        riskGroups,
        changes.map(({ rules }) => rules),
      );
      const placed = placedRules(riskGroups, changes);
      return { residentId: id, ...(await detection.residentRules(id)), effective, riskGroups, placed };
    },
  };
  const ways = [
    { scope: 'organisation', path: '/organisations/:id/rules', schema: organisationRulesSchema },
    { scope: 'resident', path: '/residents/:id/rules', schema: residentRulesSchema },
  ] as const;
  const find = {
    organisation: organisationOf,
    resident: async (request: ById) => (await residentOf(request)).residentId,
  };

  return (app) => {
    for (const { scope, path, schema } of ways) {
      const response = { 200: schema, ...problemResponses };
      app.get(
        path,
        {
          preParsing: requires('rule.read'),
          schema: { tags, summary: `The rules of a ${scope}`, params, response },
        },
        async (request) => rulesOf[scope](await find[scope](request)),
      );
      app.put(
        path,
        {
          preParsing: requires('rule.write'),
          schema: {
            tags,
            summary: `Replace what a ${scope} has in place of the rules of the packs`,
            params,
            body: ruleChangesSchema,
            response,
          },
        },
        async (request) => {
          const id = await find[scope](request);
          const call = { actorId: userOf(request).id, reach: scopeOf(request), scope, id, ...request.body };
          await acceptedChange(await commit('putRules', call), () => rulesOf[scope](id));
          return rulesOf[scope](id);
        },
      );
      app.post(
        `${path}/trial`,
        {
          preParsing: requires('rule.write'),
          schema: {
            tags,
            summary: `What changed rules of a ${scope} would have raised over what is stored; nothing is raised`,
            params,
            body: ruleTrialBodySchema,
            response: { 200: ruleTrialSchema, ...problemResponses },
          },
        },
        async (request) => {
          const id = await find[scope](request);
          return tryRules(detection, { scope, id, ...request.body }, { nowMs: clock.now(), timeZone });
        },
      );
    }
  };
}
