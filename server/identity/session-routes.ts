import { apiRoot, loginBodySchema, sessionSchema } from '@carebell/contracts/http-api.ts';
import type { Session } from '@carebell/contracts/http-api.ts';
import {
  secondStepBodySchema,
  secondStepCookie,
  secondStepLifeMs,
} from '@carebell/contracts/second-factor.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import type { BrowserMark } from './known-browsers.ts';
import type { LoggedIn, LogIn, LoginOrigin } from './log-in.ts';
import { refusedLogin } from './login-refusals.ts';
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
    const { id, name, displayName, role, organisationId, expiresAtMs, mustSetUpSecondFactor } = user;
    const organisationName = ports.organisationName(organisationId);
    return {
      user: { id, name, displayName, role, organisationId, organisationName },
      actions: mustSetUpSecondFactor ? [] : actionsOf(role),
      ...(mustSetUpSecondFactor ? { mustSetUpSecondFactor } : {}),
      expiresAt: expiresAtMs === null ? endOfTime : instant(expiresAtMs),
      hub: ports.hub,
    };
  }

  const rateLimit = {
    max: ports.loginsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request: FastifyRequest) => request.ip,
  };

  function begun(request: FastifyRequest, reply: FastifyReply, { token, user, mark }: LoggedIn): Session {
    setCookie(request, reply, token);
    if (mark) setMark(request, reply, mark);
    return sessionOf(user);
  }

  return (app) => {
    const tags = ['session'];

    app.post(
      '/session',
      {
        config: { rateLimit },
        schema: {
          tags,
          summary: 'Log in; "second-step-needed" asks for a code at /session/second-step within five minutes',
          security: [],
          body: loginBodySchema,
          response: { 200: sessionSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const outcome = await ports.logIn.byPassword(request.body, originOf(request));
        if (outcome.ok) return begun(request, reply, outcome);
        if (outcome.reason !== 'second-step-needed') throw refusedLogin(outcome, clock.now());
        setSecondStep(request, reply, outcome.secondStep);
        throw refusal(
          'second-step-needed',
          'Send the code of your authenticator app, or a recovery code, to /session/second-step.',
        );
      },
    );

    app.post(
      '/session/second-step',
      {
        config: { rateLimit },
        schema: {
          tags,
          summary: 'End a log-in with a code, in the browser in which the password was right',
          security: [],
          body: secondStepBodySchema.strict(),
          response: { 200: sessionSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const secondStep = request.cookies[secondStepCookie] ?? '';
        const outcome = await ports.logIn.byCode({ secondStep, ...request.body }, originOf(request));
        if (!outcome.ok) throw refusedLogin(outcome, clock.now());
        reply.clearCookie(secondStepCookie, secondStepOptions(request));
        return begun(request, reply, outcome);
      },
    );

    app.get(
      '/session',
      {
        preParsing: authorization.requiresFirstStep,
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

export function originOf(request: FastifyRequest): LoginOrigin {
  return { source: request.ip, cookies: request.cookies };
}

function secondStepOptions(request: FastifyRequest) {
  const path = `${apiRoot}/session`;
  return { path, httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const;
}

function setSecondStep(request: FastifyRequest, reply: FastifyReply, value: string): void {
  reply.setCookie(secondStepCookie, value, {
    ...secondStepOptions(request),
    maxAge: secondStepLifeMs / 1_000,
  });
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
