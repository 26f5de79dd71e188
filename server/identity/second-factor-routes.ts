import {
  recoveryCodeCount,
  recoveryCodesSchema,
  secondFactorBeginSchema,
  secondFactorConfirmSchema,
  secondFactorOfferSchema,
  secondFactorRemovalSchema,
  secondFactorSchema,
} from '@carebell/contracts/second-factor.ts';
import type { SecondFactor } from '@carebell/contracts/second-factor.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { instant } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { problemResponses } from '../http-api/api-docs.ts';
import type { RouteGroup } from '../http-api/app-types.ts';
import type { Authorization } from '../http-api/authorization.ts';
import { refusal } from '../http-api/problems.ts';
import { idParams } from '../http-api/route-parts.ts';
import type { Gate } from '../journal/gate.ts';
import { visible } from '../resident/registry-answers.ts';
import type { IdentityReads } from './identity-reads.ts';
import type { LogIn } from './log-in.ts';
import { refusedAgain } from './login-refusals.ts';
import { hashOfRecoveryCode, shownRecoveryCode } from './recovery-codes.ts';
import { mayPlace } from './rights.ts';
import { isAskedFor } from './second-factor.ts';
import { originOf } from './session-routes.ts';
import type { AuthenticatedUser, Sessions } from './sessions.ts';
import { stepOfCode, totpAddress } from './totp.ts';

export type SecondFactorRoutePorts = {
  authorization: Authorization;
  commit: Gate['commit'];
  reads: Pick<IdentityReads, 'secondFactor' | 'user'>;
  logIn: Pick<LogIn, 'again'>;
  sessions: Pick<Sessions, 'accessChanged' | 'mustHaveCode'>;
  clock: Pick<Clock, 'now'>;
  /** 160 bits in base 32. */
  newTotpSecret(): string;
  newRecoveryCode(): string;
};

/** What the app shows above the code; short, so that the QR code is coarse. */
const hubName = 'Carebell';
const tags = ['users'];

/** The user's own second factor, and taking it away from one who has lost it. */
export function secondFactorRoutes(ports: SecondFactorRoutePorts): RouteGroup {
  const { authorization, commit, reads, clock } = ports;
  const { requires, requiresFirstStep, scopeOf } = authorization;

  /** A token of a tool has no password to be asked for. */
  function personOf(request: FastifyRequest): AuthenticatedUser {
    const user = authorization.userOf(request);
    if (user.sessionId.startsWith('session:')) return user;
    throw refusal('forbidden', 'Log in by POST /session: a token sets up no second factor.');
  }

  async function stateOf(user: AuthenticatedUser): Promise<SecondFactor> {
    const factor = await reads.secondFactor(user.id);
    const isOn = isAskedFor(factor);
    return {
      since: isOn ? instant(factor.confirmedAtMs) : null,
      recoveryCodesLeft: isOn ? factor.recoveryHashes.length : 0,
      isRequired: ports.sessions.mustHaveCode(user.role),
    };
  }

  const alreadyOn = () => refusal('second-factor-on', 'Switch it off first, by password and code.');
  const off = () => refusal('second-factor-off', 'There is nothing to switch off.');

  return (app) => {
    app.get(
      '/users/me/second-factor',
      {
        preParsing: requiresFirstStep,
        schema: {
          tags,
          summary: 'Whether you are asked for a code when you log in',
          response: { 200: secondFactorSchema, ...problemResponses },
        },
      },
      async (request) => stateOf(authorization.userOf(request)),
    );
    app.post(
      '/users/me/second-factor',
      {
        preParsing: requiresFirstStep,
        schema: {
          tags,
          summary: 'Get a secret for an authenticator app; it counts once a code of it was given',
          body: secondFactorBeginSchema.strict(),
          response: { 200: secondFactorOfferSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id: userId, name } = personOf(request);
        const asked = await ports.logIn.again({ userId, ...request.body }, originOf(request));
        if (!asked.ok) throw refusedAgain(asked, clock.now());
        const secret = ports.newTotpSecret();
        const { isOffered } = await commit('offerSecondFactor', { userId, secret });
        if (!isOffered) throw alreadyOn();
        return { secret, address: totpAddress(secret, name, hubName) };
      },
    );
    app.post(
      '/users/me/second-factor/confirmation',
      {
        preParsing: requiresFirstStep,
        schema: {
          tags,
          summary: 'Confirm it by a code; the answer is the only one with the recovery codes',
          body: secondFactorConfirmSchema.strict(),
          response: { 200: recoveryCodesSchema, ...problemResponses },
        },
      },
      async (request) => {
        const { id: userId } = personOf(request);
        const factor = await reads.secondFactor(userId);
        if (isAskedFor(factor)) throw alreadyOn();
        if (!factor) throw refusal('second-factor-off', 'First get a secret.');
        const code = request.body.code.replaceAll(/[\s-]/g, '');
        const step = stepOfCode(factor.secret, code, clock.now(), factor.lastStep);
        if (step === undefined)
          throw refusal('code-wrong', 'Enter the six digits that the app shows now, and see to its clock.');
        const recoveryCodes = Array.from({ length: recoveryCodeCount }, ports.newRecoveryCode);
        const recoveryHashes = recoveryCodes.map((one) => hashOfRecoveryCode(userId, one));
        const call = { userId, secret: factor.secret, step, recoveryHashes };
        const { isConfirmed } = await commit('confirmSecondFactor', call);
        if (!isConfirmed) throw refusal('changed-meanwhile', 'Begin anew: it was begun elsewhere too.');
        // Who had to set it up first is let in from now on.
        ports.sessions.accessChanged({ userId });
        return { recoveryCodes: recoveryCodes.map(shownRecoveryCode) };
      },
    );
    app.post(
      '/users/me/second-factor/removal',
      {
        preParsing: requiresFirstStep,
        schema: {
          tags,
          summary: 'Be asked for a code no more; needs the password and a code',
          body: secondFactorRemovalSchema.strict(),
          response: { 200: secondFactorSchema, ...problemResponses },
        },
      },
      async (request) => {
        const user = personOf(request);
        const { id: userId } = user;
        if (ports.sessions.mustHaveCode(user.role))
          throw refusal('second-factor-required', 'It is not to be switched off.');
        const asked = await ports.logIn.again({ userId, ...request.body }, originOf(request));
        if (!asked.ok) throw refusedAgain(asked, clock.now());
        if (asked.proof === undefined) throw off();
        const { isRemoved } = await commit('removeSecondFactor', { userId, proof: asked.proof });
        if (!isRemoved) throw refusal('code-wrong', 'Wait for the next code of the app.');
        return stateOf(user);
      },
    );
    app.delete(
      '/users/:id/second-factor',
      {
        preParsing: requires('second-factor.reset'),
        schema: {
          tags,
          summary: 'Take the second factor of somebody away who has lost it; ends their sessions',
          params: idParams,
          response: { 204: z.null(), ...problemResponses },
        },
      },
      async (request, reply) => {
        const asking = personOf(request);
        const { id } = request.params;
        const found = await reads.user(id);
        const user = visible(found, scopeOf(request), found?.organisationId);
        // Whoever finds somebody's screen unlocked would take it away without a code.
        if (id === asking.id)
          throw refusal('forbidden', 'Switch your own off by password and code, or ask somebody else.');
        if (!mayPlace({ role: asking.role, scope: scopeOf(request) }, user))
          throw refusal('forbidden', 'Ask somebody whose role has all rights that this user has.');
        const { isReset } = await commit('resetSecondFactor', { actorId: asking.id, userId: id });
        if (!isReset) throw off();
        ports.sessions.accessChanged({ userId: id });
        return reply.code(204).send(null);
      },
    );
  };
}
