import { hashOfRecoveryCode } from './recovery-codes.ts';
import type { Proof } from './second-factor.ts';
import type { SecondFactorRecord } from './second-factor-store.ts';
import { stepOfCode } from './totp.ts';

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
