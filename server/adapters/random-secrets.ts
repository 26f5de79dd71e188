import { randomBytes } from 'node:crypto';

/** What strangers must not guess: secrets of devices, tokens of sessions and tools, first passwords. */
export const randomSecrets = {
  newSecret: (): string => randomBytes(24).toString('base64url'),
  newToken: (): string => randomBytes(32).toString('base64url'),
  newPassword: (): string => randomBytes(15).toString('base64url'),
};
