import { claimValidMs, deliveriesAtMost, wrongCodesAtMost } from '@carebell/contracts/claim-code.ts';
import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import type { Claimant } from './claim-store.ts';
import { claimStateAt } from './claim.ts';

type Call = { actorId: string; scope: Scope; of: Claimant; id: string };
export type ClaimVerdict = { ok: true } | { ok: false; reason: RefusalReason };

/** Who did it, where the device or gateway itself did. */
const byItself: Record<Claimant, string> = { device: 'device', gateway: 'gateway' };

/** A code for what signs in itself; the one before it is good no more, and the secret that it has stays good. */
export async function makeClaim(
  tx: Transaction,
  { actorId, scope, of, id, codeHash }: Call & { codeHash: string },
): Promise<RegistryOutcome> {
  const place = await placeOf(tx, of, id);
  if (!place?.isInService || !covers(scope, place.stationId)) return refused('not-found', 'id');
  if (place.isBehindGateway) return refused('reference-mismatch', 'gatewayId');
  await tx.claims.put({
    accountId: id,
    codeHash,
    madeAtMs: tx.nowMs,
    madeBy: actorId,
    expiresAtMs: tx.nowMs + claimValidMs,
    wrongCodes: 0,
    lockedAtMs: null,
    deliveries: 0,
    usedAtMs: null,
  });
  await tx.claims.setNextSecretHash(of, id, null);
  await tell(tx, of, id, 'claim-made', actorId);
  return { ok: true, id };
}

/** Takes the code back, and the secret that was handed out with it and not used yet. */
export async function cancelClaim(
  tx: Transaction,
  { actorId, scope, of, id }: Call,
): Promise<RegistryOutcome> {
  const place = await placeOf(tx, of, id);
  if (!place || !covers(scope, place.stationId)) return refused('not-found', 'id');
  if (!(await tx.claims.find(id))) return { ok: true, id };
  await tx.claims.forget(id);
  await tx.claims.setNextSecretHash(of, id, null);
  await tell(tx, of, id, 'claim-cancelled', actorId);
  return { ok: true, id };
}

/**
 * Judges a code that was compared with `codeHash` outside. Wrong ones are counted here, in the commit before their answer, so that
 * neither a restart nor two guesses at once give another try.
 */
export async function tryClaim(
  tx: Transaction,
  { accountId, codeHash, isRight }: { accountId: string; codeHash: string | null; isRight: boolean },
): Promise<ClaimVerdict> {
  const claim = await tx.claims.find(accountId);
  if (!claim) return { ok: false, reason: 'claim-none' };
  const state = claimStateAt(claim, tx.nowMs);
  if (state === 'locked') return { ok: false, reason: 'claim-locked' };
  if (state === 'expired' || state === 'used') return { ok: false, reason: 'claim-expired' };
  if (isRight && claim.codeHash === codeHash) return { ok: true };
  const wrongCodes = claim.wrongCodes + 1;
  const isLocked = wrongCodes >= wrongCodesAtMost;
  await tx.claims.put({ ...claim, wrongCodes, lockedAtMs: isLocked ? tx.nowMs : null });
  const of = await claimantOf(tx, accountId);
  if (isLocked && of) await tell(tx, of, accountId, 'claim-locked', byItself[of]);
  return { ok: false, reason: 'claim-wrong-code' };
}

/**
 * Stores what is kept of a secret before it is handed out; the secret that there may still be stays good until this one is
 * used. A delivery that was lost is repeated with another secret, and only the last one that was handed out is good.
 */
export async function deliverClaim(
  tx: Transaction,
  { accountId, codeHash, secretHash }: { accountId: string; codeHash: string; secretHash: string },
): Promise<ClaimVerdict> {
  const claim = await tx.claims.find(accountId);
  const of = await claimantOf(tx, accountId);
  if (claim?.codeHash !== codeHash || !of) return { ok: false, reason: 'claim-none' };
  const state = claimStateAt(claim, tx.nowMs);
  if (state === 'locked') return { ok: false, reason: 'claim-locked' };
  if (state !== 'open' && state !== 'delivered') return { ok: false, reason: 'claim-expired' };
  if (claim.deliveries >= deliveriesAtMost) return { ok: false, reason: 'claim-too-often' };
  await tx.claims.put({ ...claim, deliveries: claim.deliveries + 1 });
  await tx.claims.setNextSecretHash(of, accountId, secretHash);
  await tell(tx, of, accountId, 'claim-delivered', byItself[of]);
  return { ok: true };
}

/** It has signed in with the secret that was handed out, which is its own from now on, and the code is used up. */
export async function takeClaimedSecret(
  tx: Transaction,
  { accountId, secretHash }: { accountId: string; secretHash: string },
): Promise<boolean> {
  const of = await claimantOf(tx, accountId);
  if (!of || (await tx.claims.nextSecretHash(of, accountId)) !== secretHash) return false;
  await tx.registry.setSecretHash(of, accountId, secretHash);
  const claim = await tx.claims.find(accountId);
  if (claim) await tx.claims.put({ ...claim, usedAtMs: tx.nowMs });
  await tell(tx, of, accountId, 'claimed', byItself[of]);
  return true;
}

export const claimWorks = { makeClaim, cancelClaim, tryClaim, deliverClaim, takeClaimedSecret };

async function claimantOf(tx: Transaction, accountId: string): Promise<Claimant | undefined> {
  const kind = await tx.registry.accountKind(accountId);
  return kind === 'service' ? undefined : kind;
}

type ClaimantPlace = { stationId: string | null; isInService: boolean; isBehindGateway: boolean };

async function placeOf(tx: Transaction, of: Claimant, id: string): Promise<ClaimantPlace | undefined> {
  if (of === 'gateway') {
    const gateway = await tx.registry.gateway(id);
    return gateway && { stationId: gateway.stationId, isInService: true, isBehindGateway: false };
  }
  const device = await tx.registry.device(id);
  return (
    device && {
      stationId: device.stationId,
      isInService: device.isRegistered,
      isBehindGateway: device.gatewayId !== null,
    }
  );
}

async function tell(
  tx: Transaction,
  of: Claimant,
  id: string,
  what: 'claim-made' | 'claim-cancelled' | 'claim-locked' | 'claim-delivered' | 'claimed',
  actorId: string,
): Promise<void> {
  const kind = `${of}-${what}`;
  tx.touched.directory.add(`${of}:${id}`);
  if (of === 'gateway') {
    const stationId = (await tx.registry.gateway(id))?.stationId ?? null;
    await appendRegistryEntry(tx, { kind, id, actorId, stationId });
    return;
  }
  const device = await tx.registry.device(id);
  const { residentId = null, stationId = null } = device ?? {};
  await appendRegistryEntry(tx, { kind, id, actorId, deviceId: id, residentId, stationId });
  tx.touched.devices.add(id);
}
