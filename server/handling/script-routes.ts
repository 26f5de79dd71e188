import { scriptsBodySchema, scriptsSchema } from '@carebell/contracts/handling.ts';
import type { FastifyRequest } from 'fastify';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { acceptedChange, visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { HandlingReads } from './handling-reads.ts';

export type ScriptRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: {
    registry: Pick<RegistryReads, 'organisation'>;
    handling: Pick<HandlingReads, 'scripts'>;
  };
};

/** What operators are to do with alarms of each kind, organisation by organisation. */
export function scriptRoutes({ authorization, commit, reads }: ScriptRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;
  const path = '/organisations/:id/scripts';
  const tags = ['scripts'];
  const response = { 200: scriptsSchema, ...problemResponses };

  async function organisationOf(request: FastifyRequest<{ Params: { id: string } }>): Promise<string> {
    const { id } = request.params;
    return visible(await reads.registry.organisation(id), scopeOf(request), id).id;
  }
  const scriptsOf = async (id: string) => ({ organisationId: id, ...(await reads.handling.scripts(id)) });

  return (app) => {
    app.get(
      path,
      {
        preParsing: requires('script.read'),
        schema: {
          tags,
          summary: 'The scripts of an organisation, and those that it inherits',
          params: idParams,
          response,
        },
      },
      async (request) => scriptsOf(await organisationOf(request)),
    );
    app.put(
      path,
      {
        preParsing: requires('script.write'),
        schema: {
          tags,
          summary: 'Replace the scripts of an organisation',
          params: idParams,
          body: scriptsBodySchema,
          response,
        },
      },
      async (request) => {
        const organisationId = await organisationOf(request);
        const { scripts, version } = request.body;
        const call = { actorId: userOf(request).id, scope: scopeOf(request), organisationId };
        await acceptedChange(await commit('putScripts', { ...call, scripts, version }), () =>
          scriptsOf(organisationId),
        );
        return scriptsOf(organisationId);
      },
    );
  };
}
