import { stationListQuerySchema, pageOf } from '@carebell/contracts/http-api.ts';
import {
  gatewayPatchSchema,
  gatewaySchema,
  issuedGatewaySchema,
  newGatewaySchema,
} from '@carebell/contracts/registry.ts';
import type { Gateway } from '@carebell/contracts/registry.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import { accepted, acceptedChange, visible } from '../resident/registry-answers.ts';
import { addClaimRoutes } from './claim-routes.ts';
import type { DeviceRoutePorts } from './device-route-ports.ts';
import { addSecretRenewal, issueSecret } from './secret-routes.ts';

export function addGatewayRoutes(app: CarebellApp, ports: DeviceRoutePorts): void {
  const { authorization, commit, reads } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const tags = ['gateways'];

  async function gateway(id: string, scope: Scope): Promise<Gateway> {
    const found = await reads.gateway(id);
    return visible(found, scope, found?.stationId);
  }

  app.get(
    '/gateways',
    {
      preParsing: requires('device.read'),
      schema: {
        tags,
        summary: 'List gateways',
        querystring: stationListQuerySchema,
        response: { 200: pageOf(gatewaySchema), ...problemResponses },
      },
    },
    async (request) => reads.gateways({ ...pageQueryOf(request.query), scope: scopeOf(request) }),
  );
  app.get(
    '/gateways/:id',
    {
      preParsing: requires('device.read'),
      schema: {
        tags,
        summary: 'One gateway',
        params: idParams,
        response: { 200: gatewaySchema, ...problemResponses },
      },
    },
    async (request) => gateway(request.params.id, scopeOf(request)),
  );
  app.post(
    '/gateways',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary: 'Enter a gateway; its secret is shown only here',
        body: newGatewaySchema.strict(),
        response: { 201: issuedGatewaySchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const scope = scopeOf(request);
      const { secret, secretHash } = issueSecret(ports);
      const call = { actorId: userOf(request).id, scope, gateway: request.body };
      const outcome = await commit('createGateway', { ...call, secretHash });
      const { id } = accepted(outcome);
      return reply.code(201).send({ gateway: await gateway(id, scope), secret });
    },
  );
  app.patch(
    '/gateways/:id',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary: 'Change a gateway',
        params: idParams,
        body: gatewayPatchSchema,
        response: { 200: gatewaySchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { id } = request.params;
      const { version, ...change } = request.body;
      const call = { actorId: userOf(request).id, scope, id, change, version };
      await acceptedChange(await commit('changeGateway', call), () => gateway(id, scope));
      return gateway(id, scope);
    },
  );
  addClaimRoutes(app, ports, 'gateway');
  addSecretRenewal(app, ports, {
    of: 'gateway',
    path: '/gateways',
    tags,
    preParsing: requires('device.write'),
  });
}
