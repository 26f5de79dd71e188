import { randomBytes } from 'node:crypto';
import { claimAlphabet, claimCodeLength } from '@carebell/contracts/claim-code.ts';

/** What strangers must not guess: secrets of devices, tokens of sessions and tools, first passwords. */
export const randomSecrets = {
  newSecret: (): string => randomBytes(24).toString('base64url'),
  newToken: (): string => randomBytes(32).toString('base64url'),
  /** Each character is five bits of a byte of its own, so that all of them are equally likely. */
  newClaimCode: (): string =>
    [...randomBytes(claimCodeLength)].map((byte) => claimAlphabet[byte & 31]).join(''),
  newPassword: (): string => randomBytes(15).toString('base64url'),
};
