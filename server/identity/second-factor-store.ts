/** What a user has beside the password, with what only the hub may know of it. */
export type SecondFactorRecord = {
  userId: string;
  /** In base 32; empty if no key opens it. */
  secret: string;
  /** Of the recovery codes that are left. */
  recoveryHashes: readonly string[];
  /** The step of the last code that was taken (RFC 6238, 5.2). */
  lastStep: number;
  /** `null`: offered, and not yet answered with a code; nobody is asked for it. */
  confirmedAtMs: number | null;
};

export type SecondFactorStore = {
  load(userId: string): Promise<SecondFactorRecord | undefined>;
  save(factor: SecondFactorRecord): Promise<void>;
  remove(userId: string): Promise<void>;
};
