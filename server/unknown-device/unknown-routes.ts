import {
  adoptedSchema,
  adoptionSchema,
  dismissalSchema,
  unknownKeySchema,
  unknownPageSchema,
  unknownQuerySchema,
} from '@carebell/contracts/unknown-devices.ts';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import type { RegistryReads } from '../resident/registry-reads.ts';
import type { UnknownReads } from './unknown-reads.ts';

export type UnknownRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  clock: Pick<Clock, 'now'>;
  reads: { unknown: UnknownReads; registry: Pick<RegistryReads, 'device'> };
};

const tags = ['devices'];

/** What gateways hear and nobody has entered: looked at, entered in one step, or put aside as a neighbour's. */
export function unknownRoutes({ authorization, commit, clock, reads }: UnknownRoutePorts): RouteGroup {
  const { requires, userOf, scopeOf } = authorization;

  return (app) => {
    app.get(
      '/unknown-devices',
      {
        preParsing: requires('device.read'),
        schema: {
          tags,
          summary: 'Radio codes that gateways hear and nobody has entered, the latest heard first',
          querystring: unknownQuerySchema,
          response: { 200: unknownPageSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { dismissed, ...query } = pageQueryOf(request.query);
        const at = instant(clock.now());
        const isDismissed = dismissed === 'true';
        const page = await reads.unknown.unknownDevices({ ...query, isDismissed, scope: scopeOf(request) });
        return { ...page, at };
      },
    );
    app.post(
      '/unknown-devices/adoption',
      {
        preParsing: requires('device.write'),
        schema: {
          tags,
          summary:
            'Enter an unknown device behind the gateway that heard it; its open alarms become its resident’s',
          body: adoptionSchema,
          response: { 201: adoptedSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const scope = scopeOf(request);
        const { gatewayId, code, ...device } = request.body;
        const call = { actorId: userOf(request).id, scope, gatewayId, code, device };
        const { id, alarmIds } = accepted(await commit('adoptUnknown', call));
        const found = await reads.registry.device(id);
        return reply.code(201).send({ device: visible(found, scope, found?.stationId), alarmIds });
      },
    );
    app.post(
      '/unknown-devices/dismissal',
      {
        preParsing: requires('device.write'),
        schema: {
          tags,
          summary: 'It is a neighbour’s: put it aside at this station. Its alarms stay alarms',
          body: dismissalSchema,
          response: { 200: unknownKeySchema, ...problemResponses },
        },
      },
      async (request) => {
        const { note, ...key } = request.body;
        const call = { actorId: userOf(request).id, scope: scopeOf(request), ...key, note };
        accepted(await commit('dismissUnknown', call));
        return key;
      },
    );
    app.post(
      '/unknown-devices/restoration',
      {
        preParsing: requires('device.write'),
        schema: {
          tags,
          summary: 'It is not a neighbour’s after all',
          body: unknownKeySchema,
          response: { 200: unknownKeySchema, ...problemResponses },
        },
      },
      async (request) => {
        const call = { actorId: userOf(request).id, scope: scopeOf(request), ...request.body };
        accepted(await commit('restoreUnknown', call));
        return request.body;
      },
    );
  };
}
