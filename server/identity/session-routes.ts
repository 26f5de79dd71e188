import { apiRoot, loginBodySchema, sessionSchema } from '@carebell/contracts/http-api.ts';
import type { Session } from '@carebell/contracts/http-api.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { problem, refusal, Refusal, retryAfter } from '../http-api/problems.ts';
import type { BrowserMark } from './known-browsers.ts';
import type { LogIn } from './log-in.ts';
import { sessionCookie } from './presented-token.ts';
import { actionsOf } from './rights.ts';
import type { AuthenticatedUser, Sessions } from './sessions.ts';

export type SessionRoutePorts = {
  authorization: Authorization;
  logIn: LogIn;
  sessions: Pick<Sessions, 'end'>;
  organisationName(id: string): string;
  hub: Session['hub'];
  clock: Clock;
  loginsPerMinute: number;
};

/**
 * The browser keeps the cookie longer than the session lives: the session's end slides with its use, which a wall screen
 * on the live feed makes without an answer that could set a cookie. Past its end the cookie opens nothing.
 */
const cookieLifeSeconds = 30 * 86_400;

const markLifeSeconds = 400 * 86_400;

/** What an answer says of a token that never ends. */
const endOfTime = '9999-12-31T23:59:59.999Z';

export function sessionRoutes(ports: SessionRoutePorts): RouteGroup {
  const { authorization, clock } = ports;

  function sessionOf(user: AuthenticatedUser): Session {
    const { id, name, displayName, role, organisationId, expiresAtMs } = user;
    const organisationName = ports.organisationName(organisationId);
    return {
      user: { id, name, displayName, role, organisationId, organisationName },
      actions: actionsOf(role),
      expiresAt: expiresAtMs === null ? endOfTime : instant(expiresAtMs),
      hub: ports.hub,
    };
  }

  return (app) => {
    const tags = ['session'];

    app.post(
      '/session',
      {
        config: {
          rateLimit: {
            max: ports.loginsPerMinute,
            timeWindow: 60_000,
            keyGenerator: (request: FastifyRequest) => request.ip,
          },
        },
        schema: {
          tags,
          summary: 'Log in',
          security: [],
          body: loginBodySchema,
          response: { 200: sessionSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const outcome = await ports.logIn(request.body, { source: request.ip, cookies: request.cookies });
        if (!outcome.ok && outcome.reason === 'locked') {
          const waitMs = outcome.untilMs - clock.now();
          const detail = `Wait ${Math.ceil(waitMs / 60_000)} minutes, log in from a browser that you use every day, or let an administrator set a new password.`;
          throw new Refusal(problem('account-locked', detail), retryAfter(waitMs));
        }
        if (!outcome.ok) throw refusal('wrong-credentials', 'Check both and try again.');
        setCookie(request, reply, outcome.token);
        if (outcome.mark) setMark(request, reply, outcome.mark);
        return sessionOf(outcome.user);
      },
    );

    app.get(
      '/session',
      {
        preParsing: authorization.requiresLogin,
        schema: { tags, summary: 'Who is logged in', response: { 200: sessionSchema, ...problemResponses } },
      },
      async (request) => sessionOf(authorization.userOf(request)),
    );

    app.delete(
      '/session',
      { schema: { tags, summary: 'Log out', response: { 204: z.null(), ...problemResponses } } },
      async (request, reply) => {
        const user = authorization.findUser(request);
        if (user) await ports.sessions.end(user);
        reply.clearCookie(sessionCookie, { path: '/', httpOnly: true, sameSite: 'strict' });
        return reply.code(204).send(null);
      },
    );
  };
}

/** Sent with log-ins only, which is where it is looked at. */
function setMark(request: FastifyRequest, reply: FastifyReply, { cookie, value }: BrowserMark): void {
  reply.setCookie(cookie, value, {
    path: `${apiRoot}/session`,
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: markLifeSeconds,
  });
}

function setCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(sessionCookie, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: cookieLifeSeconds,
  });
}
