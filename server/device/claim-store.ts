export type ClaimRecord = {
  deviceId: string;
  codeHash: string;
  madeAtMs: number;
  madeBy: string;
  expiresAtMs: number;
  wrongCodes: number;
  lockedAtMs: number | null;
  deliveries: number;
  usedAtMs: number | null;
};

export type ClaimStore = {
  find(deviceId: string): Promise<ClaimRecord | undefined>;
  /** In place of the one before it. */
  put(claim: ClaimRecord): Promise<void>;
  forget(deviceId: string): Promise<void>;
  nextSecretHash(deviceId: string): Promise<string | null>;
  setNextSecretHash(deviceId: string, secretHash: string | null): Promise<void>;
};

/** What is read beside the transactions. */
export type ClaimReads = { claim(deviceId: string): Promise<ClaimRecord | undefined> };
