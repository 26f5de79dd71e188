import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import { apiRoot } from '@carebell/contracts/http-api.ts';
import type { Problem } from '@carebell/contracts/http-api.ts';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { serveApiDocs } from './api-docs.ts';
import type { CarebellApp, RouteGroup } from './app-types.ts';
import type { Authorization } from './authorization.ts';
import { serveDashboard } from './dashboard-files.ts';
import { answerTo, notFound } from './error-answers.ts';
import type { ErrorAnswer } from './error-answers.ts';
import { httpPatience, httpServerFactory } from './http-server.ts';
import { watchMethods } from './known-methods.ts';
import { problem, Refusal, retryAfter } from './problems.ts';
import { logAnswers } from './request-log.ts';
import { validateByContract } from './validation.ts';

export type HttpLimits = {
  bodyBytes: number;
  /** Of one user, or of one address as long as nobody has logged in. */
  requestsPerMinute: number;
  /** Of one address. */
  loginsPerMinute: number;
};

/** A screen makes a handful of requests a minute; a station's screens and tools share one address at most. */
export const httpLimits: HttpLimits = {
  bodyBytes: 1024 * 1024,
  requestsPerMinute: 1_200,
  loginsPerMinute: 20,
};

export type HttpAppPorts = {
  log: FastifyBaseLogger;
  authorization: Authorization;
  /** Under `/api/v1`, with authentication, limits and documentation. */
  apiRoutes: readonly RouteGroup[];
  /** Beside it: health, readiness, metrics. */
  rootRoutes: readonly RouteGroup[];
  /** Where the built dashboard lies, if it has been built. */
  dashboardDir: string;
  version: string;
  /** Counts a caller who was turned away. */
  recordRefusal(refusal: { reason: RefusalReason; subject: string }): void;
  /** A certificate and its key, in PEM, make it HTTPS. */
  tls: { cert: string; key: string } | null;
  limits: HttpLimits;
  /** Another host whose pictures pages may show: that of map tiles. */
  imageOrigin?: string | null;
  /** Whether a proxy in front speaks for its clients by `X-Forwarded-…`, and which one. */
  trustProxy: boolean | string;
};

/** Wrong log-ins are counted where they are checked; the rest of the answers say that a request was mistaken. */
const turnedAway: Readonly<Record<string, RefusalReason>> = {
  'not-authenticated': 'http-not-authenticated',
  forbidden: 'http-forbidden',
  'cross-site': 'http-cross-site',
  'too-many-requests': 'http-too-many-requests',
};

/** Sources of the dashboard's own pages; the API's documentation has a policy of its own. */
const contentSecurityPolicy = (imageOrigin: string | null) => ({
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', ...(imageOrigin === null ? [] : [imageOrigin])],
    'connect-src': ["'self'"],
    'media-src': ["'self'", 'data:', 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'self'"],
  },
});

/** Given when Fastify is made, which then loads no compilers of its own. Its types know only those that it would load. */
const compilersFactory: unknown = {
  buildValidator: () => validateByContract,
  buildSerializer: () => serializerCompiler,
};
type CompilersFactory = NonNullable<FastifyServerOptions['schemaController']>['compilersFactory'];

export async function createHttpApp(ports: HttpAppPorts): Promise<CarebellApp> {
  const { log, limits, tls } = ports;
  const serverFactory = httpServerFactory(tls, httpPatience, () =>
    ports.recordRefusal({ reason: 'http-too-slow', subject: '(nobody)' }),
  );
  const app: CarebellApp = fastify({
    loggerInstance: log,
    serverFactory,
    trustProxy: ports.trustProxy,
    bodyLimit: limits.bodyBytes,
    forceCloseConnections: true,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 256 },
    schemaController: { compilersFactory: compilersFactory as NonNullable<CompilersFactory> },
    frameworkErrors: (error, _request, reply) => void sendAnswer(reply, answerTo(error, limits)),
  }).withTypeProvider<ZodTypeProvider>();

  takeJsonOnly(app);
  const methodsOf = watchMethods(app);
  logAnswers(app, ports.authorization);
  app.setErrorHandler((error, request, reply) => {
    const answer = answerTo(error, limits);
    if (answer.problem.status === 500) request.log.error({ err: error }, 'http.failed');
    const reason = turnedAway[answer.problem.code];
    if (reason !== undefined) {
      const subject = ports.authorization.findUser(request)?.id ?? 'unknown-caller';
      ports.recordRefusal({ reason, subject });
    }
    return sendAnswer(reply, answer);
  });

  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: contentSecurityPolicy(ports.imageOrigin ?? null),
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', async (request, reply) => {
    // Over plain HTTP, on a station's own network, it would lock people out of the hub for good.
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000');
  });

  await serveApiDocs(app, ports.version);
  for (const routes of ports.rootRoutes) routes(app);
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<ZodTypeProvider>();
      api.addHook('onRequest', ports.authorization.identify);
      api.addHook('onSend', async (_request, reply) => {
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      });
      await api.register(fastifyRateLimit, {
        max: limits.requestsPerMinute,
        timeWindow: 60_000,
        keyGenerator: (request: FastifyRequest) =>
          ports.authorization.findUser(request)?.sessionId ?? request.ip,
        errorResponseBuilder: (_request, { ttl }) => {
          const detail = `Wait ${Math.ceil(ttl / 1000)} seconds, and then ask less often.`;
          return new Refusal(problem('too-many-requests', detail), retryAfter(ttl));
        },
      });
      for (const routes of ports.apiRoutes) routes(api);
    },
    { prefix: apiRoot },
  );
  const sendPage = await serveDashboard(app, ports.dashboardDir);

  app.setNotFoundHandler((request, reply) => {
    if (sendPage(request, reply)) return reply;
    const allowed = methodsOf(request.url);
    if (allowed.length === 0 || allowed.includes(request.method)) {
      return sendAnswer(reply, { problem: notFound(), headers: {} });
    }
    const allow = allowed.join(', ');
    const wrongMethod = problem('method-not-allowed', `Use one of these methods: ${allow}.`);
    return sendAnswer(reply, { problem: wrongMethod, headers: { allow } });
  });
  return app;
}

function sendAnswer(reply: FastifyReply, { problem: document, headers }: ErrorAnswer): FastifyReply {
  const answered: Problem = { ...document, instance: reply.request.url.split('?', 1)[0] ?? '/' };
  return reply
    .code(answered.status)
    .headers(headers)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(answered);
}

/** A body is JSON or nothing: other types that browsers send without asking are refused with 415. */
function takeJsonOnly(app: CarebellApp): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // A POST without a body may name a type all the same; whether a body is needed the contract says.
    if (body === '') done(null, undefined);
    else void parseJson(request, body.toString(), done);
  });
}
