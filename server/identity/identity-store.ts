import type { Role } from '@carebell/contracts/roles.ts';

/** A user with what only the hub may know of them. Instants are milliseconds since the epoch. */
export type UserRecord = {
  id: string;
  name: string;
  displayName: string;
  role: Role;
  organisationId: string;
  passwordHash: string;
  isActive: boolean;
  failedLogins: number;
  lockedUntilMs: number | null;
  lastLoginAtMs: number | null;
  version: number;
};

export type SessionRecord = { tokenHash: string; userId: string; createdAtMs: number; expiresAtMs: number };

/** A tool's access, with the rights of the user who made it. */
export type TokenRecord = {
  id: string;
  name: string;
  tokenHash: string;
  userId: string;
  createdAtMs: number;
  expiresAtMs: number | null;
};

export type IdentityStore = {
  hasUsers(): Promise<boolean>;
  user(id: string): Promise<UserRecord | undefined>;
  userByName(name: string): Promise<UserRecord | undefined>;
  insertUser(user: UserRecord): Promise<void>;
  updateUser(user: UserRecord): Promise<void>;
  /** Active administrators of the whole organisation. */
  countRootAdministrators(): Promise<number>;
  insertSession(session: SessionRecord): Promise<void>;
  extendSession(tokenHash: string, expiresAtMs: number): Promise<void>;
  deleteSession(tokenHash: string): Promise<void>;
  /** But for the one whose token has this hash. */
  deleteSessionsOf(userId: string, keptTokenHash?: string): Promise<void>;
  deleteSessionsBefore(expiredBeforeMs: number): Promise<void>;
  insertToken(token: TokenRecord): Promise<void>;
  /** `false` if this user has no such token. */
  deleteToken(id: string, userId: string): Promise<boolean>;
};
