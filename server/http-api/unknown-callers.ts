import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import type { RouteGroup } from './app-types.ts';

export type UnknownCallerLimits = {
  /** Of one address; behind one mobile network's address stand several phones. */
  requestsPerMinute: number;
  /** Of a form; the app's own limit if it is not given. */
  formBytes?: number;
};

/** Routes for callers who do not log in: so many requests a minute of one address, and bodies that may be forms. */
export function forUnknownCallers(
  { requestsPerMinute, formBytes }: UnknownCallerLimits,
  routes: RouteGroup,
): RouteGroup {
  return (app) => {
    void app.register(async (scope) => {
      await scope.register(fastifyRateLimit, {
        max: requestsPerMinute,
        timeWindow: 60_000,
        keyGenerator: ({ ip }: FastifyRequest) => ip,
      });
      scope.addContentTypeParser(
        'application/x-www-form-urlencoded',
        { parseAs: 'string', ...(formBytes !== undefined && { bodyLimit: formBytes }) },
        (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
      );
      routes(scope);
    });
  };
}
