import { pageOf, pageQuerySchema } from '@carebell/contracts/http-api.ts';
import { issuedTokenSchema, newTokenSchema, tokenSchema } from '@carebell/contracts/registry.ts';
import { z } from 'zod';
import { instant, instantOrNull } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { refusal, Refusal } from '../http-api/problems.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import type { IdentityReads } from './identity-reads.ts';
import { toolTokenPrefix } from './presented-token.ts';
import { hashOf } from './sessions.ts';
import type { Sessions } from './sessions.ts';

export type TokenRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<IdentityReads, 'tokens'>;
  sessions: Pick<Sessions, 'accessChanged'>;
  clock: Clock;
  /** 256 random bits in base64url. */
  newToken(): string;
};

const dayMs = 86_400_000;

export function tokenRoutes(ports: TokenRoutePorts): RouteGroup {
  const { authorization, commit, clock } = ports;
  const { requires, userOf } = authorization;
  const tags = ['tokens'];

  return (app) => {
    app.get(
      '/tokens',
      {
        preParsing: requires('token.create'),
        schema: {
          tags,
          summary: 'List your own tokens',
          querystring: pageQuerySchema,
          response: { 200: pageOf(tokenSchema), ...problemResponses },
        },
      },
      async (request) => ports.reads.tokens({ ...pageQueryOf(request.query), userId: userOf(request).id }),
    );
    app.post(
      '/tokens',
      {
        preParsing: requires('token.create'),
        schema: {
          tags,
          summary: 'Make a token with your rights for a tool; it is shown only here',
          body: newTokenSchema.strict(),
          response: { 201: issuedTokenSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const user = userOf(request);
        if (user.sessionId.startsWith('token:')) {
          // One that leaked could otherwise outlive its own end.
          throw refusal('forbidden', 'Log in by POST /session: a token makes no tokens.');
        }
        const secret = toolTokenPrefix + ports.newToken();
        const { name, days } = request.body;
        const expiresAtMs = days === null ? null : clock.now() + days * dayMs;
        const call = { userId: user.id, name, tokenHash: hashOf(secret), expiresAtMs };
        const { id, createdAtMs } = await commit('createToken', call);
        const token = { id, name, createdAt: instant(createdAtMs), expiresAt: instantOrNull(expiresAtMs) };
        return reply.code(201).send({ token, secret });
      },
    );
    app.delete(
      '/tokens/:id',
      {
        preParsing: requires('token.create'),
        schema: {
          tags,
          summary: 'Revoke one of your tokens; it stops working at once',
          params: idParams,
          response: { 204: z.null(), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const outcome = await commit('revokeToken', { id, userId: userOf(request).id });
        if (!outcome.ok) throw new Refusal(notFound());
        ports.sessions.accessChanged({ sessionId: `token:${id}` });
        return reply.code(204).send(null);
      },
    );
  };
}
