import type { FastifyRequest } from 'fastify';
import { scopeOf } from '../care-station/organisation-scope.ts';
import type { OrganisationPlace, Scope } from '../care-station/organisation-scope.ts';
import type { Credentials } from '../identity/presented-token.ts';
import { may } from '../identity/rights.ts';
import type { Action } from '../identity/rights.ts';
import type { AuthenticatedUser } from '../identity/sessions.ts';
import { refusal } from './problems.ts';
import { isSameOrigin } from './same-origin.ts';

export type AuthorizationPorts = {
  authenticate(credentials: Credentials): Promise<AuthenticatedUser | undefined>;
  organisations(): Iterable<OrganisationPlace>;
};

export type RouteGuard = (request: FastifyRequest) => Promise<void>;

/** Who asks, and what they may. Stands as `preParsing: requires(…)` on every route, so a body of strangers is not read. */
export type Authorization = {
  /** Finds out who asks, and refuses what another site makes a browser do. Runs before everything else of the API. */
  identify: RouteGuard;
  requires: (action: Action) => RouteGuard;
  requiresLogin: RouteGuard;
  /** Also open to a user who must set up a second factor and has not yet. */
  requiresFirstStep: RouteGuard;
  findUser: (request: FastifyRequest) => AuthenticatedUser | undefined;
  /** The user of a route that requires one. */
  userOf: (request: FastifyRequest) => AuthenticatedUser;
  /** The part of the organisation that the user sees, as it is now. */
  scopeOf: (request: FastifyRequest) => Scope;
};

const harmlessMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export function createAuthorization(ports: AuthorizationPorts): Authorization {
  const users = new WeakMap<FastifyRequest, AuthenticatedUser>();

  function userOf(request: FastifyRequest): AuthenticatedUser {
    const user = users.get(request);
    if (!user)
      throw refusal('not-authenticated', 'Log in by POST /session, or send "authorization: Bearer …".');
    return user;
  }

  function enteredUserOf(request: FastifyRequest): AuthenticatedUser {
    const user = userOf(request);
    if (!user.mustSetUpSecondFactor) return user;
    throw refusal(
      'second-factor-required',
      'Your role logs in with a code: set it up in the dashboard, or by POST /users/me/second-factor.',
    );
  }

  return {
    async identify(request) {
      const { cookie, authorization, origin } = request.headers;
      if (authorization === undefined && !harmlessMethods.has(request.method)) {
        const secFetchSite = request.headers['sec-fetch-site'];
        const headers = { origin, host: request.host, secFetchSite: secFetchSite?.toString() };
        if (!isSameOrigin(headers)) {
          throw refusal(
            'cross-site',
            'Send it from a page of the hub itself, or as a tool with a bearer token.',
          );
        }
      }
      const user = await ports.authenticate({ cookie, authorization });
      if (user) users.set(request, user);
    },
    requires: (action) => async (request) => {
      const { role } = enteredUserOf(request);
      if (!may(role, action)) {
        throw refusal('forbidden', `Ask somebody with the right "${action}"; the role "${role}" has it not.`);
      }
    },
    requiresLogin: async (request) => void enteredUserOf(request),
    requiresFirstStep: async (request) => void userOf(request),
    findUser: (request) => users.get(request),
    userOf,
    scopeOf: (request) => scopeOf(userOf(request).organisationId, ports.organisations()),
  };
}
