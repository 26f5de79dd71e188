import { pageOf, pageQuerySchema } from '@carebell/contracts/http-api.ts';
import {
  issuedServiceAccountSchema,
  newServiceAccountSchema,
  serviceAccountSchema,
} from '@carebell/contracts/registry.ts';
import type { FastifyRequest } from 'fastify';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import { refusal } from '../http-api/problems.ts';
import { pageQueryOf } from '../http-api/route-parts.ts';
import { accepted, visible } from '../resident/registry-answers.ts';
import type { DeviceRoutePorts } from './device-route-ports.ts';
import { addSecretRenewal, issueSecret } from './secret-routes.ts';

/** A service reads the whole MQTT tree, so only those who see the whole organisation deal with its account. */
export function addMqttAccountRoutes(app: CarebellApp, ports: DeviceRoutePorts): void {
  const { authorization, commit, reads } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const tags = ['mqtt-accounts'];

  async function wholeOrganisation(request: FastifyRequest): Promise<void> {
    if (scopeOf(request) === 'all') return;
    throw refusal(
      'forbidden',
      'Ask an administrator of the whole organisation: the account reads all of it.',
    );
  }

  app.get(
    '/mqtt-accounts',
    {
      preParsing: [requires('mqtt-account.read'), wholeOrganisation],
      schema: {
        tags,
        summary: 'List the services that read the MQTT tree',
        querystring: pageQuerySchema,
        response: { 200: pageOf(serviceAccountSchema), ...problemResponses },
      },
    },
    async (request) => reads.serviceAccounts(pageQueryOf(request.query)),
  );
  app.post(
    '/mqtt-accounts',
    {
      preParsing: [requires('mqtt-account.write'), wholeOrganisation],
      schema: {
        tags,
        summary: 'Let a service read the MQTT tree; its secret is shown only here',
        body: newServiceAccountSchema.strict(),
        response: { 201: issuedServiceAccountSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { secret, secretHash } = issueSecret(ports);
      const call = { actorId: userOf(request).id, ...request.body, secretHash };
      const { id } = accepted(await commit('createServiceAccount', call));
      const account = visible(await reads.serviceAccount(id), 'all', null);
      return reply.code(201).send({ account, secret });
    },
  );
  addSecretRenewal(app, ports, {
    of: 'service',
    path: '/mqtt-accounts',
    tags,
    preParsing: [requires('mqtt-account.write'), wholeOrganisation],
  });
}
