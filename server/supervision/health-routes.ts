import { z } from 'zod';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Readiness } from './readiness.ts';

/** For service managers and load balancers, without a log-in: whether it runs, whether it can do its work. */
export function healthRoutes(ports: { readiness(): Readiness }): RouteGroup {
  return (app) => {
    app.get(
      '/healthz',
      { schema: { hide: true, response: { 200: z.object({ ok: z.literal(true) }) } } },
      () => ({
        ok: true as const,
      }),
    );
    const answer = z.object({ ok: z.boolean(), reasons: z.array(z.string()) });
    app.get(
      '/readyz',
      // Who asks it again and again while a hub starts wants no line each time; what troubles a hub has lines of its own.
      { logLevel: 'fatal', schema: { hide: true, response: { 200: answer, 503: answer } } },
      async (_, reply) => {
        const { isReady, reasons } = ports.readiness();
        return reply.code(isReady ? 200 : 503).send({ ok: isReady, reasons });
      },
    );
  };
}
