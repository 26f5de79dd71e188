import { rootOrganisationId } from '@carebell/contracts/roles.ts';
import type { Role } from '@carebell/contracts/roles.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { isOutdated } from '../resident/registry-outcome.ts';
import { tellOfAccount } from './account-notice.ts';
import type { UserRecord } from './identity-store.ts';
import { secondFactorWorks } from './second-factor-works.ts';
import { endSession, extendSession, openSession, recordFailedLogin } from './session-works.ts';
import { createToken, revokeToken } from './token-works.ts';

export type UserOutcome =
  | { ok: true; userId: string }
  | { ok: false; reason: 'already-exists'; field: 'name' }
  | { ok: false; reason: 'reference-unknown'; field: 'organisationId' }
  | { ok: false; reason: 'not-found' | 'last-administrator' | 'changed-meanwhile'; field: string };

/** Makes sure at the first start that somebody can log in. An existing user, active or not, is left alone. */
async function ensureAdministrator(
  tx: Transaction,
  { passwordHash, displayName }: Pick<NewUserFields, 'passwordHash' | 'displayName'>,
): Promise<{ isCreated: boolean }> {
  if (await tx.identity.hasUsers()) return { isCreated: false };
  const user = newUser(tx, {
    name: 'admin',
    displayName,
    role: 'administrator',
    organisationId: rootOrganisationId,
    passwordHash,
  });
  await tx.identity.insertUser(user);
  await appendRegistryEntry(tx, { kind: 'user-created', id: user.id, actorId: 'hub' });
  return { isCreated: true };
}

type NewUserFields = Pick<UserRecord, 'name' | 'displayName' | 'role' | 'organisationId' | 'passwordHash'>;

async function createUser(
  tx: Transaction,
  { actorId, user: fields }: { actorId: string; user: NewUserFields },
): Promise<UserOutcome> {
  if (await tx.identity.userByName(fields.name))
    return { ok: false, reason: 'already-exists', field: 'name' };
  if (!(await organisationExists(tx, fields.organisationId))) {
    return { ok: false, reason: 'reference-unknown', field: 'organisationId' };
  }
  const user = newUser(tx, fields);
  await tx.identity.insertUser(user);
  await appendRegistryEntry(tx, { kind: 'user-created', id: user.id, actorId });
  return { ok: true, userId: user.id };
}

export type UserChange = {
  displayName?: string | undefined;
  role?: Role | undefined;
  organisationId?: string | undefined;
  isActive?: boolean | undefined;
  passwordHash?: string | undefined;
};

/** A new password lifts a lock; a new password, other rights or a deactivation end the user's sessions. */
async function changeUser(
  tx: Transaction,
  call: {
    actorId: string;
    userId: string;
    change: UserChange;
    version?: number | undefined;
    /** The session in which somebody has changed their own password goes on. */
    keptTokenHash?: string | undefined;
  },
): Promise<UserOutcome> {
  const { actorId, userId, change } = call;
  const user = await tx.identity.user(userId);
  if (!user) return { ok: false, reason: 'not-found', field: 'id' };
  if (isOutdated(user, call)) return { ok: false, reason: 'changed-meanwhile', field: 'version' };
  if (change.organisationId !== undefined && !(await organisationExists(tx, change.organisationId))) {
    return { ok: false, reason: 'reference-unknown', field: 'organisationId' };
  }
  const changed: UserRecord = {
    ...user,
    displayName: change.displayName ?? user.displayName,
    role: change.role ?? user.role,
    organisationId: change.organisationId ?? user.organisationId,
    isActive: change.isActive ?? user.isActive,
    version: user.version + 1,
    ...(change.passwordHash === undefined
      ? {}
      : { passwordHash: change.passwordHash, failedLogins: 0, lockedUntilMs: null }),
  };
  if (isRootAdministrator(user) && !isRootAdministrator(changed)) {
    // Without one nobody could ever again enter a district, or let anybody else in.
    const others = (await tx.identity.countRootAdministrators()) - 1;
    if (others < 1) return { ok: false, reason: 'last-administrator', field: 'isActive' };
  }
  await tx.identity.updateUser(changed);
  const hasOtherRights = changed.role !== user.role || changed.organisationId !== user.organisationId;
  if (change.passwordHash !== undefined || !changed.isActive || hasOtherRights) {
    await tx.identity.deleteSessionsOf(userId, call.keptTokenHash);
  }
  await appendRegistryEntry(tx, {
    kind: 'user-changed',
    id: userId,
    actorId,
    fields: Object.keys(change).map((field) => (field === 'passwordHash' ? 'password' : field)),
  });
  if (change.passwordHash !== undefined) await tellOfAccount(tx, { userId, actorId, change: 'password' });
  return { ok: true, userId };
}

function isRootAdministrator(user: UserRecord): boolean {
  return user.isActive && user.role === 'administrator' && user.organisationId === rootOrganisationId;
}

async function organisationExists(tx: Transaction, id: string): Promise<boolean> {
  return id === rootOrganisationId || (await tx.registry.organisation(id)) !== undefined;
}

function newUser(tx: Transaction, fields: NewUserFields): UserRecord {
  return {
    id: tx.newId(),
    ...fields,
    isActive: true,
    failedLogins: 0,
    lockedUntilMs: null,
    lastLoginAtMs: null,
    version: 1,
  };
}

export const identityWorks = {
  ensureAdministrator,
  createUser,
  changeUser,
  recordFailedLogin,
  openSession,
  extendSession,
  endSession,
  createToken,
  revokeToken,
  ...secondFactorWorks,
};
