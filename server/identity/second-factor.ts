import { hashOfRecoveryCode } from './recovery-codes.ts';
import type { SecondFactorRecord } from './second-factor-store.ts';
import { stepOfCode } from './totp.ts';

/** By what somebody has shown that they hold a second factor; to be spent before it opens anything. */
export type Proof = { by: 'code'; step: number } | { by: 'recovery-code'; hash: string };

/** What a typed code proves, if anything. */
export function proofOf(factor: SecondFactorRecord, typed: string, nowMs: number): Proof | undefined {
  const digits = typed.replaceAll(/[\s-]/g, '');
  if (/^\d{6}$/.test(digits)) {
    const step = stepOfCode(factor.secret, digits, nowMs, factor.lastStep);
    return step === undefined ? undefined : { by: 'code', step };
  }
  const hash = hashOfRecoveryCode(factor.userId, typed);
  return factor.recoveryHashes.includes(hash) ? { by: 'recovery-code', hash } : undefined;
}

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
