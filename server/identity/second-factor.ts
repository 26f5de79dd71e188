import type { SecondFactorRecord } from './second-factor-store.ts';

/** By what somebody has shown that they hold a second factor; to be spent before it opens anything. */
export type Proof = { by: 'code'; step: number } | { by: 'recovery-code'; hash: string };

/** The factor after a proof was spent; `undefined` if another log-in has spent it meanwhile. */
export function spent(factor: SecondFactorRecord, proof: Proof): SecondFactorRecord | undefined {
  if (proof.by === 'code')
    return proof.step > factor.lastStep ? { ...factor, lastStep: proof.step } : undefined;
  const left = factor.recoveryHashes.filter((hash) => hash !== proof.hash);
  return left.length < factor.recoveryHashes.length ? { ...factor, recoveryHashes: left } : undefined;
}

type ConfirmedFactor = SecondFactorRecord & { confirmedAtMs: number };

export function isAskedFor(factor: SecondFactorRecord | undefined): factor is ConfirmedFactor {
  return factor !== undefined && factor.confirmedAtMs !== null;
}
