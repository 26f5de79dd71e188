/** Keeps what must not be readable in the database, and signs what comes back from outside. */
export type SecretKey = {
  /** `owner` is the record whose secrets these are; they open as this one's only. */
  seal(owner: string, secrets: Readonly<Record<string, string>>): string;
  /** `undefined` if it was sealed with another key, for another record, or changed. */
  unseal(owner: string, sealed: string): Record<string, string> | undefined;
  /** 128 bits, base64url; each purpose has a key of its own. */
  sign(
    purpose: 'responder-link' | 'provider-link' | 'sms-report' | 'known-browser' | 'second-step',
    text: string,
  ): string;
};
