import { createHash } from 'node:crypto';
import { bareClaimCode } from '@carebell/contracts/claim-code.ts';

/** 12 characters of 32: 60 bits, which nobody tries out, and which are written down without a mistake. */
export const recoveryCodeLength = 12;

/** Only this is kept of a recovery code, sealed with the secret beside it; the user's identifier is its salt. */
export function hashOfRecoveryCode(userId: string, typed: string): string {
  return createHash('sha256')
    .update(`${userId} ${bareClaimCode(typed)}`)
    .digest('base64url');
}

/** `XXXX-XXXX-XXXX`, as it is shown and printed. */
export function shownRecoveryCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}
