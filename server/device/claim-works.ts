import { claimValidMs, deliveriesAtMost, wrongCodesAtMost } from '@carebell/contracts/claim-code.ts';
import type { RefusalReason } from '@carebell/contracts/refusals.ts';
import { covers } from '../care-station/organisation-scope.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { Transaction } from '../journal/transaction.ts';
import { appendRegistryEntry } from '../resident/registry-journal.ts';
import { refused } from '../resident/registry-outcome.ts';
import type { RegistryOutcome } from '../resident/registry-outcome.ts';
import { claimStateAt } from './claim.ts';

type Call = { actorId: string; scope: Scope; id: string };
export type ClaimVerdict = { ok: true } | { ok: false; reason: RefusalReason };

/** Who did it, where the device itself did. */
const byItself = 'device';

/** A code for a device that signs in itself; the one before it is good no more, and the device keeps the secret that it has. */
export async function makeClaim(
  tx: Transaction,
  { actorId, scope, id, codeHash }: Call & { codeHash: string },
): Promise<RegistryOutcome> {
  const device = await tx.registry.device(id);
  if (!device?.isRegistered || !covers(scope, device.stationId)) return refused('not-found', 'id');
  if (device.gatewayId !== null) return refused('reference-mismatch', 'gatewayId');
  await tx.claims.put({
    deviceId: id,
    codeHash,
    madeAtMs: tx.nowMs,
    madeBy: actorId,
    expiresAtMs: tx.nowMs + claimValidMs,
    wrongCodes: 0,
    lockedAtMs: null,
    deliveries: 0,
    usedAtMs: null,
  });
  await tx.claims.setNextSecretHash(id, null);
  await tell(tx, id, 'device-claim-made', actorId);
  return { ok: true, id };
}

/** Takes the code back, and the secret that was handed out with it and not used yet. */
export async function cancelClaim(tx: Transaction, { actorId, scope, id }: Call): Promise<RegistryOutcome> {
  const device = await tx.registry.device(id);
  if (!device || !covers(scope, device.stationId)) return refused('not-found', 'id');
  if (!(await tx.claims.find(id))) return { ok: true, id };
  await tx.claims.forget(id);
  await tx.claims.setNextSecretHash(id, null);
  await tell(tx, id, 'device-claim-cancelled', actorId);
  return { ok: true, id };
}

/**
 * Judges a code that was compared with `codeHash` outside. Wrong ones are counted here, in the commit before their answer, so that
 * neither a restart nor two guesses at once give another try.
 */
export async function tryClaim(
  tx: Transaction,
  { deviceId, codeHash, isRight }: { deviceId: string; codeHash: string | null; isRight: boolean },
): Promise<ClaimVerdict> {
  const claim = await tx.claims.find(deviceId);
  if (!claim) return { ok: false, reason: 'claim-none' };
  const state = claimStateAt(claim, tx.nowMs);
  if (state === 'locked') return { ok: false, reason: 'claim-locked' };
  if (state === 'expired' || state === 'used') return { ok: false, reason: 'claim-expired' };
  if (isRight && claim.codeHash === codeHash) return { ok: true };
  const wrongCodes = claim.wrongCodes + 1;
  const isLocked = wrongCodes >= wrongCodesAtMost;
  await tx.claims.put({ ...claim, wrongCodes, lockedAtMs: isLocked ? tx.nowMs : null });
  if (isLocked) await tell(tx, deviceId, 'device-claim-locked', byItself);
  return { ok: false, reason: 'claim-wrong-code' };
}

/**
 * Stores what is kept of a secret before it is handed out; the secret that the device may still have stays good until this one is
 * used. A delivery that was lost is repeated with another secret, and only the last one that was handed out is good.
 */
export async function deliverClaim(
  tx: Transaction,
  { deviceId, codeHash, secretHash }: { deviceId: string; codeHash: string; secretHash: string },
): Promise<ClaimVerdict> {
  const claim = await tx.claims.find(deviceId);
  if (claim?.codeHash !== codeHash) return { ok: false, reason: 'claim-none' };
  const state = claimStateAt(claim, tx.nowMs);
  if (state === 'locked') return { ok: false, reason: 'claim-locked' };
  if (state !== 'open' && state !== 'delivered') return { ok: false, reason: 'claim-expired' };
  if (claim.deliveries >= deliveriesAtMost) return { ok: false, reason: 'claim-too-often' };
  await tx.claims.put({ ...claim, deliveries: claim.deliveries + 1 });
  await tx.claims.setNextSecretHash(deviceId, secretHash);
  await tell(tx, deviceId, 'device-claim-delivered', byItself);
  return { ok: true };
}

/** The device has signed in with the secret that was handed out: it is its own from now on, and the code is used up. */
export async function takeClaimedSecret(
  tx: Transaction,
  { deviceId, secretHash }: { deviceId: string; secretHash: string },
): Promise<boolean> {
  if ((await tx.claims.nextSecretHash(deviceId)) !== secretHash) return false;
  await tx.registry.setSecretHash('device', deviceId, secretHash);
  const claim = await tx.claims.find(deviceId);
  if (claim) await tx.claims.put({ ...claim, usedAtMs: tx.nowMs });
  await tell(tx, deviceId, 'device-claimed', byItself);
  return true;
}

export const claimWorks = { makeClaim, cancelClaim, tryClaim, deliverClaim, takeClaimedSecret };

async function tell(tx: Transaction, id: string, kind: string, actorId: string): Promise<void> {
  const device = await tx.registry.device(id);
  const { residentId = null, stationId = null } = device ?? {};
  await appendRegistryEntry(tx, { kind, id, actorId, deviceId: id, residentId, stationId });
  tx.touched.directory.add(`device:${id}`);
  tx.touched.devices.add(id);
}
