import { randomBytes } from 'node:crypto';
import type { Gate } from '../journal/gate.ts';
import type { Passwords } from './passwords.ts';

/** Enters the user `admin` if nobody is there. Returns the password if it was made here and nobody knows it yet. */
export async function ensureAdministrator(
  commit: Gate['commit'],
  passwords: Passwords,
  wanted: string | null,
): Promise<string | null> {
  const password = wanted ?? randomBytes(15).toString('base64url');
  const { isCreated } = await commit('ensureAdministrator', { passwordHash: await passwords.hash(password) });
  return isCreated && wanted === null ? password : null;
}
