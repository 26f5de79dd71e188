import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { tellOfAccount } from './account-notice.ts';
import { isAskedFor, spent } from './second-factor.ts';
import type { Proof } from './second-factor.ts';

/** Keeps a secret that counts for nothing until a code of it was given. A later offer takes its place. */
async function offerSecondFactor(
  tx: Transaction,
  { userId, secret }: { userId: string; secret: string },
): Promise<{ isOffered: boolean }> {
  if (isAskedFor(await tx.secondFactors.load(userId))) return { isOffered: false };
  await tx.secondFactors.save({ userId, secret, recoveryHashes: [], lastStep: 0, confirmedAtMs: null });
  return { isOffered: true };
}

/** From here on it is asked for. `secret` is the one of which the code was, in case another offer came between. */
async function confirmSecondFactor(
  tx: Transaction,
  call: { userId: string; secret: string; step: number; recoveryHashes: readonly string[] },
): Promise<{ isConfirmed: boolean }> {
  const { userId, secret, step, recoveryHashes } = call;
  const offered = await tx.secondFactors.load(userId);
  if (offered?.secret !== secret || isAskedFor(offered)) return { isConfirmed: false };
  const confirmed = { userId, secret, recoveryHashes, lastStep: step, confirmedAtMs: tx.nowMs };
  await tx.secondFactors.save(confirmed);
  await appendRegistryEntry(tx, { kind: 'second-factor-enrolled', id: userId, actorId: userId });
  await tellOfAccount(tx, { userId, actorId: userId, change: 'second-factor-enrolled' });
  return { isConfirmed: true };
}

/** By the user's own wish, with a proof that it is theirs. */
async function removeSecondFactor(
  tx: Transaction,
  { userId, proof }: { userId: string; proof: Proof },
): Promise<{ isRemoved: boolean }> {
  const isThere = isAskedFor(await tx.secondFactors.load(userId));
  if (!isThere || !(await spendProof(tx, userId, proof))) return { isRemoved: false };
  await tx.secondFactors.remove(userId);
  await appendRegistryEntry(tx, { kind: 'second-factor-removed', id: userId, actorId: userId });
  await tellOfAccount(tx, { userId, actorId: userId, change: 'second-factor-removed' });
  return { isRemoved: true };
}

/** For somebody who has lost phone and codes. Whoever sits at one of their sessions logs in again. */
async function resetSecondFactor(
  tx: Transaction,
  { actorId, userId }: { actorId: string; userId: string },
): Promise<{ isReset: boolean }> {
  if (!isAskedFor(await tx.secondFactors.load(userId))) return { isReset: false };
  await tx.secondFactors.remove(userId);
  await tx.identity.deleteSessionsOf(userId);
  await appendRegistryEntry(tx, { kind: 'second-factor-reset', id: userId, actorId });
  await tellOfAccount(tx, { userId, actorId, change: 'second-factor-reset' });
  return { isReset: true };
}

/** `true` if nothing is asked for, or what was given had not been used before and is used now. */
export async function spendProof(
  tx: Transaction,
  userId: string,
  proof: Proof | undefined,
): Promise<boolean> {
  const factor = await tx.secondFactors.load(userId);
  if (!isAskedFor(factor)) return true;
  const after = proof && spent(factor, proof);
  if (!after) return false;
  await tx.secondFactors.save(after);
  if (proof.by === 'recovery-code') {
    await appendRegistryEntry(tx, { kind: 'recovery-code-used', id: userId, actorId: userId });
    await tellOfAccount(tx, { userId, actorId: userId, change: 'recovery-code-used' });
  }
  return true;
}

export const secondFactorWorks = {
  offerSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  resetSecondFactor,
};
