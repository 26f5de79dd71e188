import { deviceListQuerySchema, pageOf } from '@carebell/contracts/http-api.ts';
import {
  devicePatchSchema,
  deviceSchema,
  issuedDeviceSchema,
  newDeviceSchema,
} from '@carebell/contracts/registry.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp, RouteGroup } from '../http-api/app-types.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import { accepted, acceptedChange, visible } from '../resident/registry-answers.ts';
import { addClaimRoutes } from './claim-routes.ts';
import type { DeviceRoutePorts } from './device-route-ports.ts';
import { addExchangeRoutes } from './exchange-routes.ts';
import { addGatewayRoutes } from './gateway-routes.ts';
import { addMqttAccountRoutes } from './mqtt-account-routes.ts';
import { addSecretRenewal, issueSecret } from './secret-routes.ts';

export function deviceRoutes(ports: DeviceRoutePorts): RouteGroup {
  return (app) => {
    addDeviceRoutes(app, ports);
    addExchangeRoutes(app, ports);
    addClaimRoutes(app, ports, 'device');
    addGatewayRoutes(app, ports);
    addMqttAccountRoutes(app, ports);
  };
}

function addDeviceRoutes(app: CarebellApp, ports: DeviceRoutePorts): void {
  const { authorization, commit, reads } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const tags = ['devices'];

  async function device(id: string, scope: Scope): Promise<Device> {
    const found = await reads.device(id);
    return visible(found, scope, found?.stationId);
  }

  app.get(
    '/devices',
    {
      preParsing: requires('device.read'),
      schema: {
        tags,
        summary: 'List devices',
        querystring: deviceListQuerySchema,
        response: { 200: pageOf(deviceSchema), ...problemResponses },
      },
    },
    async (request) => {
      const { isRegistered, ...wanted } = pageQueryOf(request.query);
      return reads.devices({
        ...wanted,
        scope: scopeOf(request),
        isRegistered: isRegistered === undefined ? undefined : isRegistered === 'true',
      });
    },
  );
  app.get(
    '/devices/:id',
    {
      preParsing: requires('device.read'),
      schema: {
        tags,
        summary: 'One device',
        params: idParams,
        response: { 200: deviceSchema, ...problemResponses },
      },
    },
    async (request) => device(request.params.id, scopeOf(request)),
  );
  app.post(
    '/devices',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary: 'Enter a device, or adopt one that a gateway has heard; the secret is shown only here',
        body: newDeviceSchema.strict(),
        response: { 201: issuedDeviceSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const scope = scopeOf(request);
      const { secret, secretHash } = issueSecret(ports);
      const call = { actorId: userOf(request).id, scope, device: request.body };
      const outcome = await commit('createDevice', { ...call, secretHash });
      const { id, isSecretUsed } = accepted(outcome);
      const issued = { device: await device(id, scope), secret: isSecretUsed ? secret : null };
      return reply.code(201).send(issued);
    },
  );
  app.patch(
    '/devices/:id',
    {
      preParsing: requires('device.write'),
      schema: {
        tags,
        summary: 'Change a device; a new resident brings a new dwelling, a new dwelling a new station',
        params: idParams,
        body: devicePatchSchema,
        response: { 200: deviceSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { id } = request.params;
      const { version, ...change } = request.body;
      const call = { actorId: userOf(request).id, scope, id, change, version };
      await acceptedChange(await commit('changeDevice', call), () => device(id, scope));
      return device(id, scope);
    },
  );
  addSecretRenewal(app, ports, {
    of: 'device',
    path: '/devices',
    tags,
    preParsing: requires('device.write'),
  });
}
