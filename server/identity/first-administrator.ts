import { randomBytes } from 'node:crypto';
import type { Gate } from '../journal/gate.ts';
import type { Passwords } from './passwords.ts';

const displayNames = { 'zh-CN': '管理员', en: 'Administrator' };
export type Locale = keyof typeof displayNames;

/** Enters the user `admin` if nobody is there. Returns the password if it was made here and nobody knows it yet. */
export async function ensureAdministrator(
  commit: Gate['commit'],
  passwords: Passwords,
  { adminPassword, locale }: { adminPassword: string | null; locale: Locale },
): Promise<string | null> {
  const password = adminPassword ?? randomBytes(15).toString('base64url');
  const passwordHash = await passwords.hash(password);
  const { isCreated } = await commit('ensureAdministrator', {
    passwordHash,
    displayName: displayNames[locale],
  });
  return isCreated && adminPassword === null ? password : null;
}
