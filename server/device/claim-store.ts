/** Devices and gateways sign in under names of one space, so that the name alone says whose code it is. */
export type ClaimRecord = {
  accountId: string;
  codeHash: string;
  madeAtMs: number;
  madeBy: string;
  expiresAtMs: number;
  wrongCodes: number;
  lockedAtMs: number | null;
  deliveries: number;
  usedAtMs: number | null;
};

/** What may fetch its own secret. */
export type Claimant = 'device' | 'gateway';

export type ClaimStore = {
  find(accountId: string): Promise<ClaimRecord | undefined>;
  /** In place of the one before it. */
  put(claim: ClaimRecord): Promise<void>;
  forget(accountId: string): Promise<void>;
  nextSecretHash(of: Claimant, accountId: string): Promise<string | null>;
  setNextSecretHash(of: Claimant, accountId: string, secretHash: string | null): Promise<void>;
};

/** What is read beside the transactions. */
export type ClaimReads = { claim(accountId: string): Promise<ClaimRecord | undefined> };
