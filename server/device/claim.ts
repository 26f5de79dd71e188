import type { Claim, ClaimState } from '@carebell/contracts/claims.ts';
import { instant, instantOrNull } from '../clock.ts';
import type { ClaimRecord } from './claim-store.ts';

export function claimStateAt(
  { usedAtMs, lockedAtMs, expiresAtMs, madeAtMs, deliveries }: ClaimRecord,
  nowMs: number,
): Exclude<ClaimState, 'none'> {
  if (usedAtMs !== null) return 'used';
  if (lockedAtMs !== null) return 'locked';
  // A clock that was set back does not make a code good for longer.
  if (nowMs >= expiresAtMs || nowMs < madeAtMs) return 'expired';
  return deliveries > 0 ? 'delivered' : 'open';
}

export function claimViewOf(claim: ClaimRecord | undefined, nowMs: number): Claim {
  if (!claim) {
    return { state: 'none', madeAt: null, expiresAt: null, wrongCodes: 0, deliveries: 0, usedAt: null };
  }
  return {
    state: claimStateAt(claim, nowMs),
    madeAt: instant(claim.madeAtMs),
    expiresAt: instant(claim.expiresAtMs),
    wrongCodes: claim.wrongCodes,
    deliveries: claim.deliveries,
    usedAt: instantOrNull(claim.usedAtMs),
  };
}
