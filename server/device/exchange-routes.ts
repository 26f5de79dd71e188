import { deviceExchangeSchema, deviceRetirementSchema } from '@carebell/contracts/device-exchange.ts';
import { deviceSchema, issuedDeviceSchema } from '@carebell/contracts/registry.ts';
import type { Device } from '@carebell/contracts/registry.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import { idParams } from '../http-api/route-parts.ts';
import { acceptedChange, visible } from '../resident/registry-answers.ts';
import type { DeviceRoutePorts } from './device-route-ports.ts';
import { issueSecret } from './secret-routes.ts';

/** Other hardware in the place of a device, or none. */
export function addExchangeRoutes(app: CarebellApp, ports: DeviceRoutePorts): void {
  const { authorization, commit, reads } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const preParsing = requires('device.write');
  const tags = ['devices'];

  async function device(id: string, scope: Scope): Promise<Device> {
    const found = await reads.device(id);
    return visible(found, scope, found?.stationId);
  }

  app.post(
    '/devices/:id/exchange',
    {
      preParsing,
      schema: {
        tags,
        summary:
          'Put other hardware in the place of a device, which keeps its history; the secret is shown only here',
        params: idParams,
        body: deviceExchangeSchema,
        response: { 201: issuedDeviceSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const scope = scopeOf(request);
      const { id } = request.params;
      const { version, ...hardware } = request.body;
      const { secret, secretHash } = issueSecret(ports);
      const call = { actorId: userOf(request).id, scope, id, version, hardware, secretHash };
      const outcome = await commit('exchangeDevice', call);
      const exchanged = await acceptedChange(outcome, () => device(id, scope));
      const issued = {
        device: await device(exchanged.id, scope),
        secret: exchanged.isSecretUsed ? secret : null,
      };
      return reply.code(201).send(issued);
    },
  );
  app.post(
    '/devices/:id/retire',
    {
      preParsing,
      schema: {
        tags,
        summary:
          'Take a device out of service: it is waited for no more and cannot sign in; its call is still a call',
        params: idParams,
        body: deviceRetirementSchema,
        response: { 200: deviceSchema, ...problemResponses },
      },
    },
    async (request) => {
      const scope = scopeOf(request);
      const { id } = request.params;
      const call = { actorId: userOf(request).id, scope, id, ...request.body };
      await acceptedChange(await commit('retireDevice', call), () => device(id, scope));
      return device(id, scope);
    },
  );
}
