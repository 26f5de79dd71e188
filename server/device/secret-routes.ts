import { issuedSecretSchema } from '@carebell/contracts/registry.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { CarebellApp } from '../http-api/app-types.ts';
import type { RouteGuard } from '../http-api/authorization.ts';
import { idParams } from '../http-api/route-parts.ts';
import { accepted } from '../resident/registry-answers.ts';
import type { AccountKind } from '../resident/registry-store.ts';
import type { DeviceRoutePorts } from './device-route-ports.ts';

/** A new secret, and all that is kept of it. */
export function issueSecret({ newSecret, hashSecret }: Pick<DeviceRoutePorts, 'newSecret' | 'hashSecret'>): {
  secret: string;
  secretHash: string;
} {
  const secret = newSecret();
  return { secret, secretHash: hashSecret(secret) };
}

/** `POST …/{id}/secret`, alike for every kind of account. */
export function addSecretRenewal(
  app: CarebellApp,
  ports: DeviceRoutePorts,
  account: {
    of: AccountKind;
    path: string;
    tags: string[];
    preParsing: RouteGuard | RouteGuard[];
  },
): void {
  const { userOf, scopeOf } = ports.authorization;
  const { of, path, tags, preParsing } = account;
  app.post(
    `${path}/:id/secret`,
    {
      preParsing,
      schema: {
        tags,
        summary: `Give a ${of} a new secret; the old one stops working at once`,
        params: idParams,
        response: { 201: issuedSecretSchema, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { secret, secretHash } = issueSecret(ports);
      const call = { actorId: userOf(request).id, scope: scopeOf(request), id: request.params.id };
      accepted(await ports.commit('renewSecret', { ...call, of, secretHash }));
      return reply.code(201).send({ secret });
    },
  );
}
