import { createHash } from 'node:crypto';
import type { Role } from '@carebell/contracts/roles.ts';
import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { StoreFailure } from '../journal/journal-port.ts';
import type { Bearer, IdentityReads } from './identity-reads.ts';
import type { UserRecord } from './identity-store.ts';
import { presentedToken } from './presented-token.ts';
import type { Credentials, PresentedToken } from './presented-token.ts';
import type { Proof } from './second-factor.ts';

/** Who asks. `sessionId` names the session (`session:…`) or the tool's token (`token:…`) that speaks for the user. */
export type AuthenticatedUser = {
  id: string;
  name: string;
  displayName: string;
  role: Role;
  organisationId: string;
  sessionId: string;
  /** `null` for a token that never ends. */
  expiresAtMs: number | null;
  /** The hub asks a code of this role, and the user has set none up: until then they may do nothing else. */
  mustSetUpSecondFactor: boolean;
};

/** A session without a request for this long has ended: 12 hours. */
export const sessionLifeMs = 12 * 3600_000;

/** A session in use is prolonged at most this often, because each time is a commit. */
const prolongEveryMs = 10 * 60_000;

/** What is known of a session or token is read again after this, in case another hub has changed it. */
const rereadAfterMs = 10_000;
const rememberedAtMost = 20_000;

export type SessionPorts = {
  commit: Gate['commit'];
  reads: Pick<IdentityReads, 'sessionBearer' | 'tokenBearer' | 'userRecord'>;
  clock: Clock;
  /** Who may not do without a second factor. */
  rolesWithCode: ReadonlySet<Role>;
  /** 256 random bits in base64url. */
  newToken(): string;
  troubled(event: string, error: unknown): void;
};

/** A session that was ended, or a user who was changed: who shows something on their behalf must ask again. */
export type AccessChange = { sessionId: string } | { userId: string };

export type Sessions = ReturnType<typeof createSessions>;

type Remembered = { bearer: Bearer; readAtMs: number };

export function createSessions(ports: SessionPorts) {
  const remembered = new Map<string, Remembered>();
  /** Sessions that were begun while the store could not commit: they live in this process only. */
  const unstored = new Map<string, { userId: string; expiresAtMs: number }>();
  const watchers = new Set<(change: AccessChange) => void>();
  let changes = 0;

  /** Who presents this cookie or `Authorization` header; `undefined` for nobody whom the hub knows. */
  async function authenticate(credentials: Credentials): Promise<AuthenticatedUser | undefined> {
    const presented = presentedToken(credentials);
    if (!presented) return undefined;
    const key = `${presented.of}:${hashOf(presented.token)}`;
    const bearer = await bearerOf(key, presented);
    const nowMs = ports.clock.now();
    if (!bearer?.user.isActive || (bearer.expiresAtMs ?? Infinity) <= nowMs) return undefined;
    if (presented.of === 'session') prolong(bearer, nowMs);
    const { id, name, displayName, role, organisationId } = bearer.user;
    const sessionId = `${presented.of}:${bearer.id}`;
    const { expiresAtMs } = bearer;
    const mustSetUpSecondFactor = !bearer.hasSecondFactor && ports.rolesWithCode.has(role);
    return {
      id,
      name,
      displayName,
      role,
      organisationId,
      sessionId,
      expiresAtMs,
      mustSetUpSecondFactor,
    };
  }

  async function bearerOf(key: string, presented: PresentedToken): Promise<Bearer | undefined> {
    const known = remembered.get(key);
    const nowMs = ports.clock.now();
    if (known && nowMs - known.readAtMs < rereadAfterMs) return known.bearer;
    const changesBefore = changes;
    let bearer: Bearer | undefined;
    try {
      bearer = await readBearer(presented);
    } catch (error) {
      // A screen that is logged in stays so while the store cannot be read, or alarms would find nobody.
      if (!known) throw error;
      ports.troubled('session.not-reread', error);
      return known.bearer;
    }
    // What was read before somebody was locked out must not let them in afterwards.
    if (changes !== changesBefore) return bearerOf(key, presented);
    remembered.delete(key);
    // A prolongation that is not stored yet, or cannot be at the moment, holds in this process all the same.
    if (bearer && known && presented.of === 'session') bearer.expiresAtMs = later(bearer, known.bearer);
    if (bearer) remember(key, { bearer, readAtMs: nowMs });
    return bearer;
  }

  async function readBearer({ of, token }: PresentedToken): Promise<Bearer | undefined> {
    const tokenHash = hashOf(token);
    if (of === 'token') return ports.reads.tokenBearer(tokenHash);
    const session = unstored.get(tokenHash);
    if (!session) return ports.reads.sessionBearer(tokenHash);
    const user = await ports.reads.userRecord(session.userId);
    // While nothing can be stored no second factor can be set up, and alarms must be seen all the same.
    return user && { user, id: tokenHash, expiresAtMs: session.expiresAtMs, hasSecondFactor: true };
  }

  function remember(key: string, entry: Remembered): void {
    remembered.set(key, entry);
    const oldest = remembered.keys().next();
    if (remembered.size > rememberedAtMost && !oldest.done) remembered.delete(oldest.value);
  }

  function prolong(bearer: Bearer, nowMs: number): void {
    const expiresAtMs = nowMs + sessionLifeMs;
    if (bearer.expiresAtMs === null || expiresAtMs - bearer.expiresAtMs < prolongEveryMs) return;
    bearer.expiresAtMs = expiresAtMs;
    const session = unstored.get(bearer.id);
    if (session) {
      session.expiresAtMs = expiresAtMs;
      return;
    }
    ports.commit('extendSession', { tokenHash: bearer.id, expiresAtMs }).catch((error: unknown) => {
      ports.troubled('session.not-prolonged', error);
    });
  }

  /**
   * Begins a session for a user whose password was right, and spends the proof of the second factor; `undefined` if the user was
   * changed or the proof was used in between.
   */
  async function open(
    user: UserRecord,
    proof?: Proof,
  ): Promise<{ token: string; user: AuthenticatedUser } | undefined> {
    const token = ports.newToken();
    const tokenHash = hashOf(token);
    const expiresAtMs = ports.clock.now() + sessionLifeMs;
    let mustSetUpSecondFactor = proof === undefined && ports.rolesWithCode.has(user.role);
    try {
      const { id: userId, passwordHash } = user;
      const session = { userId, passwordHash, tokenHash, expiresAtMs, proof };
      const { isOpen } = await ports.commit('openSession', session);
      if (!isOpen) return undefined;
    } catch (error) {
      // A recovery code that cannot be crossed out would open again after a restart; a code of an app is too old by then.
      if (!(error instanceof StoreFailure) || proof?.by === 'recovery-code') throw error;
      // An operator must get in to see alarms that cannot be stored.
      unstored.set(tokenHash, { userId: user.id, expiresAtMs });
      mustSetUpSecondFactor = false;
      ports.troubled('session.not-stored', error);
    }
    const { id, name, displayName, role, organisationId } = user;
    const sessionId = `${ofSession}${tokenHash}`;
    const opened = { id, name, displayName, role, organisationId, sessionId, expiresAtMs };
    return { token, user: { ...opened, mustSetUpSecondFactor } };
  }

  async function end(user: AuthenticatedUser): Promise<void> {
    const tokenHash = tokenHashOf(user);
    if (tokenHash === undefined) return;
    const isUnstored = unstored.delete(tokenHash);
    try {
      await ports.commit('endSession', { tokenHash });
    } catch (error) {
      if (!isUnstored) throw error;
      ports.troubled('session.end-not-stored', error);
    }
    accessChanged({ sessionId: user.sessionId });
  }

  /** To be called after a commit that changed a user, ended a session or revoked a token. */
  function accessChanged(change: AccessChange): void {
    changes += 1;
    remembered.clear();
    if ('userId' in change) {
      for (const [tokenHash, { userId }] of unstored) {
        if (userId === change.userId) unstored.delete(tokenHash);
      }
    }
    for (const watcher of watchers) watcher(change);
  }

  return {
    authenticate,
    open,
    end,
    accessChanged,
    mustHaveCode: (role: Role): boolean => ports.rolesWithCode.has(role),
    /** The returned function ends the watch. */
    watch(watcher: (change: AccessChange) => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

const ofSession = 'session:';

/** Of the session in which somebody asks; `undefined` of a tool. */
export function tokenHashOf({ sessionId }: AuthenticatedUser): string | undefined {
  return sessionId.startsWith(ofSession) ? sessionId.slice(ofSession.length) : undefined;
}

function later(a: Bearer, b: Bearer): number {
  return Math.max(a.expiresAtMs ?? 0, b.expiresAtMs ?? 0);
}

/** Only this is kept of a token: whoever reads the store cannot log in with it. 256 random bits need no slow hash. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
