import { randomBytes } from 'node:crypto';
import { claimAlphabet, claimCodeLength } from '@carebell/contracts/claim-code.ts';
import { Secret } from 'otpauth';
import { recoveryCodeLength } from '../identity/recovery-codes.ts';

/** What strangers must not guess: secrets of devices, tokens of sessions and tools, first passwords. */
export const randomSecrets = {
  newSecret: (): string => randomBytes(24).toString('base64url'),
  newToken: (): string => randomBytes(32).toString('base64url'),
  newClaimCode: (): string => readableCode(claimCodeLength),
  newRecoveryCode: (): string => readableCode(recoveryCodeLength),
  /** 160 bits in base 32, as RFC 4226 recommends. */
  newTotpSecret: (): string => new Secret({ buffer: Uint8Array.from(randomBytes(20)).buffer }).base32,
  newPassword: (): string => randomBytes(15).toString('base64url'),
};

/** Each character is five bits of a byte of its own, so that all of them are equally likely. */
function readableCode(length: number): string {
  return [...randomBytes(length)].map((byte) => claimAlphabet[byte & 31]).join('');
}
