import type { Token, User } from '@carebell/contracts/registry.ts';
import type { Page, PageQuery } from '../http-api/page.ts';
import type { Scope } from '../care-station/organisation-scope.ts';
import type { UserRecord } from './identity-store.ts';
import type { SecondFactorRecord } from './second-factor-store.ts';

/** Whose session or token it is, and until when it holds (`null`: for ever). */
export type Bearer = {
  user: UserRecord;
  id: string;
  expiresAtMs: number | null;
  hasSecondFactor: boolean;
};

/** Users and their accesses, read beside the transactions. */
export type IdentityReads = {
  userByName(name: string): Promise<UserRecord | undefined>;
  userRecord(id: string): Promise<UserRecord | undefined>;
  sessionBearer(tokenHash: string): Promise<Bearer | undefined>;
  tokenBearer(tokenHash: string): Promise<Bearer | undefined>;
  secondFactor(userId: string): Promise<SecondFactorRecord | undefined>;
  user(id: string): Promise<User | undefined>;
  users(query: PageQuery & { scope: Scope; q?: string | undefined }): Promise<Page<User>>;
  tokens(query: PageQuery & { userId: string }): Promise<Page<Token>>;
};
