import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';

/** `/metrics` tells how busy a place is, so it needs an account: a tool's token of a supervisor or administrator. */
export function metricsRoutes(ports: { authorization: Authorization; text(): Promise<string> }): RouteGroup {
  return (app) => {
    app.get(
      '/metrics',
      {
        onRequest: ports.authorization.identify,
        preParsing: ports.authorization.requires('user.read'),
        schema: { hide: true },
      },
      async (_, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(await ports.text()),
    );
  };
}
