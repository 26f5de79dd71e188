import { pageOf, userListQuerySchema } from '@carebell/contracts/http-api.ts';
import {
  issuedUserSchema,
  newUserSchema,
  userChangeSchema,
  userSchema,
} from '@carebell/contracts/registry.ts';
import type { User } from '@carebell/contracts/registry.ts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import { idParams, pageQueryOf } from '../http-api/route-parts.ts';
import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { accepted, acceptedChange, visible } from '../resident/registry-answers.ts';
import type { IdentityReads } from './identity-reads.ts';
import type { UserOutcome } from './identity-works.ts';
import type { LogIn } from './log-in.ts';
import { refusedAgain } from './login-refusals.ts';
import { passwordFault, shortestPassword } from './password-rules.ts';
import type { PasswordFault } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { may, mayPlace } from './rights.ts';
import { originOf } from './session-routes.ts';
import { tokenHashOf } from './sessions.ts';
import type { Sessions } from './sessions.ts';

export type UserRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<IdentityReads, 'user' | 'users'>;
  passwords: Pick<Passwords, 'hash'>;
  logIn: Pick<LogIn, 'again'>;
  clock: Clock;
  sessions: Pick<Sessions, 'accessChanged'>;
  newPassword(): string;
};

/** What a user without further rights may change of themselves. */
const ownFields: ReadonlySet<string> = new Set(['displayName', 'password', 'currentPassword', 'version']);

export function userRoutes(ports: UserRoutePorts): RouteGroup {
  const { authorization, commit, reads } = ports;
  const { requires, userOf, scopeOf } = authorization;
  const tags = ['users'];

  /** Refuses to make or leave a user with more than the one who asks has. */
  function checkPlacement(request: FastifyRequest, placed: Pick<User, 'role' | 'organisationId'>): void {
    const own = { role: userOf(request).role, scope: scopeOf(request) };
    if (mayPlace(own, placed)) return;
    throw refusal(
      'forbidden',
      'Choose an organisation at or below your own, and a role with no more rights than yours.',
    );
  }

  async function namesOf(id: string): Promise<{ name: string; displayName: string }> {
    return (await reads.user(id)) ?? { name: '', displayName: '' };
  }

  async function visibleUser(request: FastifyRequest, id: string): Promise<User> {
    const found = await reads.user(id);
    return visible(found, id === userOf(request).id ? 'all' : scopeOf(request), found?.organisationId);
  }

  async function checkChange(
    request: FastifyRequest,
    id: string,
    change: z.infer<typeof userChangeSchema>,
  ): Promise<void> {
    const asking = userOf(request);
    const isOwn = id === asking.id && Object.keys(change).every((field) => ownFields.has(field));
    if (isOwn) return;
    if (!may(asking.role, 'user.write')) {
      throw refusal(
        'forbidden',
        'Without the right "user.write" you change your own name and password only.',
      );
    }
    const user = await visibleUser(request, id);
    checkPlacement(request, user);
    checkPlacement(request, {
      role: change.role ?? user.role,
      organisationId: change.organisationId ?? user.organisationId,
    });
  }

  /** Whoever finds a screen that was left alone must not lock its user out. */
  async function checkCurrentPassword(request: FastifyRequest, password: string | undefined): Promise<void> {
    if (password === undefined)
      throw refusal(
        'password-wrong',
        'Send the password with which you log in as "currentPassword", to set one of your own.',
      );
    const asked = await ports.logIn.again({ userId: userOf(request).id, password }, originOf(request));
    if (!asked.ok) throw refusedAgain(asked, ports.clock.now());
  }

  return (app) => {
    app.get(
      '/users',
      {
        preParsing: requires('user.read'),
        schema: {
          tags,
          summary: 'List users',
          querystring: userListQuerySchema,
          response: { 200: pageOf(userSchema), ...problemResponses },
        },
      },
      async (request) => reads.users({ ...pageQueryOf(request.query), scope: scopeOf(request) }),
    );
    app.get(
      '/users/:id',
      {
        preParsing: requires('user.read'),
        schema: {
          tags,
          summary: 'One user',
          params: idParams,
          response: { 200: userSchema, ...problemResponses },
        },
      },
      async (request) => visibleUser(request, request.params.id),
    );
    app.post(
      '/users',
      {
        preParsing: requires('user.write'),
        schema: {
          tags,
          summary: 'Enter a user; a password that the hub made is shown only here',
          body: newUserSchema.strict(),
          response: { 201: issuedUserSchema, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { password: chosen, ...user } = request.body;
        checkPlacement(request, user);
        if (chosen !== undefined) checkPassword(chosen, user);
        const password = chosen ?? ports.newPassword();
        const passwordHash = await ports.passwords.hash(password);
        const call = { actorId: userOf(request).id, user: { ...user, passwordHash } };
        const { userId } = acceptedUser(await commit('createUser', call));
        const issued = {
          user: await visibleUser(request, userId),
          password: chosen === undefined ? password : null,
        };
        return reply.code(201).send(issued);
      },
    );
    app.patch(
      '/users/:id',
      {
        preParsing: authorization.requiresLogin,
        schema: {
          tags,
          summary:
            'Change a user; a new password or a deactivation ends their sessions, of your own password all others',
          params: idParams,
          body: userChangeSchema.strict(),
          response: { 200: userSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id } = request.params;
        await checkChange(request, id, request.body);
        const { password, currentPassword, version, ...fields } = request.body;
        const asking = userOf(request);
        const isOwnPassword = password !== undefined && id === asking.id;
        if (isOwnPassword) await checkCurrentPassword(request, currentPassword);
        if (password !== undefined) checkPassword(password, { ...(await namesOf(id)), ...fields });
        const change =
          password === undefined ? fields : { ...fields, passwordHash: await ports.passwords.hash(password) };
        const keptTokenHash = isOwnPassword ? tokenHashOf(asking) : undefined;
        const call = { actorId: asking.id, userId: id, change, version, keptTokenHash };
        await acceptedUserChange(await commit('changeUser', call), () => visibleUser(request, id));
        ports.sessions.accessChanged({ userId: id });
        const changed = await reads.user(id);
        return visible(changed, 'all', changed?.organisationId);
      },
    );
  };
}

const passwordAdvice: Record<PasswordFault, string> = {
  'too-short': `use at least ${shortestPassword} characters`,
  'too-common':
    'choose one that is not among the first to be tried: three words that have nothing to do with each other',
  'holds-name': 'choose one without the name of its user',
};

function checkPassword(password: string, user: { name: string; displayName?: string | undefined }): void {
  const { name, displayName = '' } = user;
  const fault = passwordFault(password, { name, displayName });
  if (fault === undefined) return;
  const message = passwordAdvice[fault];
  throw refusal('password-weak', `Correct "password": ${message}.`, [
    { field: 'password', code: fault, message },
  ]);
}

function acceptedUser(outcome: UserOutcome): { userId: string } {
  if (outcome.ok) return outcome;
  const { reason, field } = outcome;
  if (reason === 'last-administrator') {
    throw refusal(reason, 'First make another administrator of the whole organisation.');
  }
  return accepted<{ ok: true; userId: string }>({ ok: false, reason, field });
}

async function acceptedUserChange(outcome: UserOutcome, current: () => Promise<User>): Promise<void> {
  if (outcome.ok || outcome.reason !== 'changed-meanwhile') acceptedUser(outcome);
  else await acceptedChange({ ok: false, reason: outcome.reason, field: outcome.field }, current);
}
