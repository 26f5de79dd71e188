import { userAddressesPatchSchema, userAddressesSchema } from '@carebell/contracts/user-addresses.ts';
import type { UserAddresses } from '@carebell/contracts/user-addresses.ts';
import type { User } from '@carebell/contracts/registry.ts';
import type { FastifyRequest } from 'fastify';
import { covers } from '../care-station/organisation-scope.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { notFound } from '../http-api/error-answers.ts';
import { Refusal, refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import { may, mayPlace } from '../identity/rights.ts';
import type { Gate } from '../journal/gate.ts';
import type { NotificationReads } from './notification-reads.ts';
import type { UserWishes } from './notification-store.ts';
import { wishesVersion } from './user-addresses.ts';

export type UserAddressPorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<NotificationReads, 'userWishes'>;
  findUser(id: string): Promise<User | undefined>;
};

/** Everyone says for themselves where they are notified; who manages users does it for theirs. `me` is who asks. */
export function userAddressRoutes(ports: UserAddressPorts): RouteGroup {
  const { authorization, commit, reads } = ports;
  const { requiresLogin, userOf, scopeOf } = authorization;
  const tags = ['users'];

  async function reachable(
    request: FastifyRequest,
    asked: string,
    action: 'user.read' | 'user.write',
  ): Promise<string> {
    const own = userOf(request);
    if (asked === 'me' || asked === own.id) return own.id;
    const user = await ports.findUser(asked);
    const scope = scopeOf(request);
    const isTheirs = user !== undefined && may(own.role, action) && covers(scope, user.organisationId);
    const isAllowed = isTheirs && (action === 'user.read' || mayPlace({ role: own.role, scope }, user));
    if (!isAllowed) throw new Refusal(notFound());
    return user.id;
  }

  return (app) => {
    app.get(
      '/users/:id/addresses',
      {
        preParsing: requiresLogin,
        schema: {
          tags,
          summary: 'Where, in which language and of what a user is told ("me": yourself)',
          params: idParams,
          response: { 200: userAddressesSchema, ...problemResponses },
        },
      },
      async (request) => {
        const userId = await reachable(request, request.params.id, 'user.read');
        return wishesView(await reads.userWishes(userId));
      },
    );
    app.patch(
      '/users/:id/addresses',
      {
        preParsing: requiresLogin,
        schema: {
          tags,
          summary: 'Say where, in the order of trying, in which language and of what a user is told',
          params: idParams,
          body: userAddressesPatchSchema,
          response: { 200: userAddressesSchema, ...problemResponses },
        },
      },
      async (request) => {
        const userId = await reachable(request, request.params.id, 'user.write');
        const actorId = userOf(request).id;
        const outcome = await commit('setUserWishes', { actorId, userId, change: request.body });
        if (!outcome.ok) throw refusal(outcome.reason, 'Read it again, and change it as it is now.');
        return wishesView(await reads.userWishes(userId));
      },
    );
  };
}

/** What stands there, with the version by which a change of something older is known. */
function wishesView(wishes: UserWishes): UserAddresses {
  return userAddressesSchema.parse({ ...wishes, version: wishesVersion(wishes) });
}
