import { servicesBodySchema, servicesSchema } from '@carebell/contracts/service-catalogue.ts';
import type { Services } from '@carebell/contracts/service-catalogue.ts';
import type { FastifyRequest } from 'fastify';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { acceptedChange, visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import { servicesInForce } from './services-in-force.ts';
import type { RequestReads } from './request-reads.ts';

export type ServiceRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: {
    registry: Pick<RegistryReads, 'organisation'>;
    requests: Pick<RequestReads, 'services' | 'servicesAbove'>;
  };
};

/** Which services an organisation offers, by whom and within which times. */
export function serviceRoutes({ authorization, commit, reads }: ServiceRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  const path = '/organisations/:id/services';
  const tags = ['services'];
  const response = { 200: servicesSchema, ...problemResponses };

  async function organisationOf(request: FastifyRequest<{ Params: { id: string } }>): Promise<string> {
    const { id } = request.params;
    return visible(await reads.registry.organisation(id), scopeOf(request), id).id;
  }
  async function servicesOf(id: string): Promise<Services> {
    const own = await reads.requests.services(id);
    const above = await reads.requests.servicesAbove(id);
    const inForce = servicesInForce(above.map(({ services }) => services)).map(({ service, from }) => {
      const place = above[from];
      return { service, from: place ? { id: place.id, name: place.name } : null };
    });
    return { organisationId: id, version: own?.version ?? 0, services: own?.services ?? [], inForce };
  }

  return (app) => {
    app.get(
      path,
      {
        preParsing: requires('service.read'),
        schema: {
          tags,
          summary: 'The services of an organisation, and those that hold there',
          params: idParams,
          response,
        },
      },
      async (request) => servicesOf(await organisationOf(request)),
    );
    app.put(
      path,
      {
        preParsing: requires('service.write'),
        schema: {
          tags,
          summary: 'Replace the services of an organisation',
          params: idParams,
          body: servicesBodySchema,
          response,
        },
      },
      async (request) => {
        const organisationId = await organisationOf(request);
        const { services, version } = request.body;
        const call = { actorId: userOf(request).id, scope: scopeOf(request), organisationId };
        await acceptedChange(await commit('putServices', { ...call, services, version }), () =>
          servicesOf(organisationId),
        );
        return servicesOf(organisationId);
      },
    );
  };
}
