import {
  dutyBodySchema,
  dutySchema,
  escalationPoliciesBodySchema,
  escalationPoliciesSchema,
} from '@carebell/contracts/escalation.ts';
import { faultsOf, faultsOfAll } from '@carebell/contracts/escalation-check.ts';
import { previewBodySchema, previewOf, previewSchema } from '@carebell/contracts/escalation-preview.ts';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, acceptedChange, visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { EscalationReads } from './escalation-reads.ts';

export type PolicyRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: { registry: Pick<RegistryReads, 'organisation'>; escalation: EscalationReads };
};

/** Who is told what and when while nobody answers, and who is on duty. */
export function policyRoutes({ authorization, commit, clock, reads }: PolicyRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  const policiesPath = '/organisations/:id/escalation-policies';
  const tags = ['escalation'];

  async function organisationOf(request: FastifyRequest<{ Params: { id: string } }>): Promise<string> {
    const { id } = request.params;
    return visible(await reads.registry.organisation(id), scopeOf(request), id).id;
  }
  const policiesOf = async (id: string) => ({
    organisationId: id,
    ...(await reads.escalation.policies(id)),
  });
  const dutyOf = async (id: string) => ({
    organisationId: id,
    ...(await reads.escalation.duty(id, clock.now())),
  });

  return (app) => {
    app.get(
      policiesPath,
      {
        preParsing: requires('escalation.read'),
        schema: {
          tags,
          summary: 'The policies of an organisation, and those that it inherits',
          params: idParams,
          response: { 200: escalationPoliciesSchema, ...problemResponses },
        },
      },
      async (request) => policiesOf(await organisationOf(request)),
    );
    app.put(
      policiesPath,
      {
        preParsing: requires('escalation.write'),
        schema: {
          tags,
          summary: 'Replace the policies of an organisation; one that could leave an alarm alone is refused',
          params: idParams,
          body: escalationPoliciesBodySchema,
          response: { 200: escalationPoliciesSchema, ...problemResponses },
        },
      },
      async (request) => {
        const organisationId = await organisationOf(request);
        const { policies, version } = request.body;
        const faults = faultsOfAll(policies);
        if (faults.length > 0)
          throw refusal(
            'policy-unsafe',
            `Change the policies: ${faults[0]?.message}.`,
            faults.map(({ field, message, code }) => ({ field, message, code })),
          );
        const call = { actorId: userOf(request).id, scope: scopeOf(request), organisationId };
        await acceptedChange(await commit('putEscalationPolicies', { ...call, policies, version }), () =>
          policiesOf(organisationId),
        );
        return policiesOf(organisationId);
      },
    );
    app.post(
      `${policiesPath}/preview`,
      {
        preParsing: requires('escalation.read'),
        schema: {
          tags,
          summary: 'What a policy would do while nobody answers, as a time line; nothing is stored',
          params: idParams,
          body: previewBodySchema,
          response: { 200: previewSchema, ...problemResponses },
        },
      },
      async (request) => {
        await organisationOf(request);
        return { ...previewOf(request.body), faults: faultsOf(request.body) };
      },
    );
    app.get(
      '/organisations/:id/duty',
      {
        preParsing: requires('alarm.read'),
        schema: {
          tags: ['duty'],
          summary: 'Who is on duty now',
          params: idParams,
          response: { 200: dutySchema, ...problemResponses },
        },
      },
      async (request) => dutyOf(await organisationOf(request)),
    );
    app.put(
      '/organisations/:id/duty',
      {
        preParsing: requires('duty.write'),
        schema: {
          tags: ['duty'],
          summary: 'Enter who is on duty from now on',
          params: idParams,
          body: dutyBodySchema,
          response: { 200: dutySchema, ...problemResponses },
        },
      },
      async (request) => {
        const organisationId = await organisationOf(request);
        const { userIds, until } = request.body;
        const call = { actorId: userOf(request).id, scope: scopeOf(request), organisationId };
        const untilMs = until === null ? null : Date.parse(until);
        accepted(await commit('putDuty', { ...call, userIds, untilMs }));
        return dutyOf(organisationId);
      },
    );
  };
}
