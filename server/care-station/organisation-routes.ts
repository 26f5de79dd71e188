import { pageOf, pageQuerySchema } from '@carebell/contracts/http-api.ts';
import {
  newOrganisationSchema,
  newStationSchema,
  organisationPatchSchema,
  organisationSchema,
} from '@carebell/contracts/registry.ts';
import type { Organisation } from '@carebell/contracts/registry.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp, RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, acceptedChange, visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';

export type OrganisationRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<RegistryReads, 'organisation' | 'organisations'>;
};

/** `/organisations` is the whole tree, `/stations` its lowest level. */
export function organisationRoutes(ports: OrganisationRoutePorts): RouteGroup {
  return (app) => {
    addRoutes(app, ports, '/organisations');
    addRoutes(app, ports, '/stations');
  };
}

function addRoutes(
  app: CarebellApp,
  ports: OrganisationRoutePorts,
  path: '/organisations' | '/stations',
): void {
  const { authorization, commit, reads } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const ofStations = path === '/stations';
  const tags = [path.slice(1)];

  async function organisation(id: string): Promise<Organisation> {
    const found = await reads.organisation(id);
    return visible(ofStations && found?.level !== 'station' ? undefined : found, 'all', id);
  }

  app.get(
    path,
    {
      preParsing: requires('registry.read'),
      schema: {
        tags,
        summary: `List ${path.slice(1)}`,
        querystring: pageQuerySchema,
        response: { 200: pageOf(organisationSchema), ...problemResponses },
      },
    },
    async (request) => {
      const query = { ...pageQueryOf(request.query), scope: scopeOf(request) };
      return reads.organisations(ofStations ? { ...query, level: 'station' } : query);
    },
  );
  app.get(
    `${path}/:id`,
    {
      preParsing: requires('registry.read'),
      schema: {
        tags,
        summary: 'One of them',
        params: idParams,
        response: { 200: organisationSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = request.params;
      return visible(await organisation(id), scopeOf(request), id);
    },
  );
  app.post(
    path,
    {
      preParsing: requires('registry.write'),
      schema: {
        tags,
        summary: 'Enter one below another of yours',
        body: ofStations ? newStationSchema.strict() : newOrganisationSchema.strict(),
        response: { 201: organisationSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const entered = { ...request.body, phone: request.body.phone ?? null };
      const call = { actorId: userOf(request).id, scope: scopeOf(request), organisation: entered };
      const { id } = accepted(await commit('createOrganisation', call));
      return reply.code(201).send(await organisation(id));
    },
  );
  app.patch(
    `${path}/:id`,
    {
      preParsing: requires('registry.write'),
      schema: {
        tags,
        summary: 'Change its name, telephone number or place in the organisation',
        params: idParams,
        body: organisationPatchSchema,
        response: { 200: organisationSchema, ...problemResponses },
      },
    },
    async (request) => {
      const { id } = await organisation(request.params.id);
      const { version, ...change } = request.body;
      const call = { actorId: userOf(request).id, scope: scopeOf(request), id, change, version };
      await acceptedChange(await commit('changeOrganisation', call), () => organisation(id));
      return organisation(id);
    },
  );
}
