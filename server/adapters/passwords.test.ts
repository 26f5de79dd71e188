import { describe, expect, it } from 'vitest';
import { createPasswords } from './passwords.ts';

describe('passwords', () => {
  const passwords = createPasswords();

  it('are kept as Argon2id with the parameters that OWASP asks for, each with a salt of its own', async () => {
    const first = await passwords.hash('correct horse');
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.hash('correct horse')).not.toBe(first);
  });

  it('are told apart, whatever they are made of', async () => {
    for (const password of ['correct horse', '安铃 🔔 密码', ' leading and trailing ', 'x'.repeat(200)]) {
      const hashed = await passwords.hash(password);
      expect(await passwords.verify(hashed, password)).toBe(true);
      expect(await passwords.verify(hashed, `${password}.`)).toBe(false);
    }
  });

  it('are all answered when many are checked at once, one that cannot be checked among them', async () => {
    const hashed = await passwords.hash('right');
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        passwords.verify(index === 3 ? 'no hash at all' : hashed, index % 2 === 0 ? 'right' : 'wrong'),
      ),
    );
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'rejected'))).toEqual(
      Array.from({ length: 12 }, (_, index) => (index === 3 ? 'rejected' : index % 2 === 0)),
    );
  });
});
