import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import type { Proof } from './second-factor.ts';
import { spendProof } from './second-factor-works.ts';

export type LoginFault =
  'wrong-password' | 'unknown-name' | 'inactive' | 'locked' | 'wrong-code' | 'second-step-expired';

/** Counts a refused log-in. `userId` is `null` for a name that nobody has; the name itself might be a password. */
export async function recordFailedLogin(
  tx: Transaction,
  { userId, reason }: { userId: string | null; reason: LoginFault },
): Promise<void> {
  await tx.refusals.count({ reason: `login-${reason}`, subject: userId ?? 'unknown-user' }, 1, tx.nowMs);
  // Whoever fails here has the right password, which the user should know.
  if (reason === 'wrong-code' && userId !== null)
    await appendRegistryEntry(tx, { kind: 'second-factor-failed', id: userId, actorId: userId });
}

/**
 * Begins a session after the password was right, unless the user was locked, deactivated or changed meanwhile, or has a second
 * factor for which nothing was proved, or by what was used before.
 */
export async function openSession(
  tx: Transaction,
  session: {
    userId: string;
    passwordHash: string;
    tokenHash: string;
    expiresAtMs: number;
    proof?: Proof | undefined;
  },
): Promise<{ isOpen: boolean }> {
  const user = await tx.identity.user(session.userId);
  if (!user?.isActive || user.passwordHash !== session.passwordHash) return { isOpen: false };
  if ((user.lockedUntilMs ?? 0) > tx.nowMs) return { isOpen: false };
  if (!(await spendProof(tx, user.id, session.proof))) return { isOpen: false };
  await tx.identity.deleteSessionsBefore(tx.nowMs);
  await tx.identity.updateUser({ ...user, failedLogins: 0, lockedUntilMs: null, lastLoginAtMs: tx.nowMs });
  await tx.identity.insertSession({
    tokenHash: session.tokenHash,
    userId: session.userId,
    createdAtMs: tx.nowMs,
    expiresAtMs: session.expiresAtMs,
  });
  return { isOpen: true };
}

export async function extendSession(
  tx: Transaction,
  { tokenHash, expiresAtMs }: { tokenHash: string; expiresAtMs: number },
): Promise<void> {
  await tx.identity.extendSession(tokenHash, expiresAtMs);
}

export async function endSession(tx: Transaction, { tokenHash }: { tokenHash: string }): Promise<void> {
  await tx.identity.deleteSession(tokenHash);
}
