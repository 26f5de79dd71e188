/** Hashes and checks passwords, slowly on purpose and off the event loop. */
export type Passwords = {
  hash(password: string): Promise<string>;
  /** `false` for a wrong password. Throws if `hash` is not one of {@link Passwords.hash}. */
  verify(hash: string, password: string): Promise<boolean>;
};
