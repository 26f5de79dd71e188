import type { CarebellApp } from './app-types.ts';
import type { Authorization } from './authorization.ts';

/**
 * One line for each answer: who asked for which kind of thing and how it ended. Not the address as sent, whose query may
 * name a resident, and nothing of a body.
 */
export function logAnswers(app: CarebellApp, authorization: Pick<Authorization, 'findUser'>): void {
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode } = reply;
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: statusCode,
      ms: Math.round(reply.elapsedTime),
      userId: authorization.findUser(request)?.id ?? null,
    };
    if (statusCode >= 500) request.log.error(line, 'http.answered');
    else request.log.info(line, 'http.answered');
  });
}
