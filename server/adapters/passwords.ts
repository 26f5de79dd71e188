import { hash, verify } from '@node-rs/argon2';
import type { Passwords } from '../identity/passwords.ts';

/**
 * OWASP's first choice of parameters for Argon2id: 19 MiB, 2 passes, 1 lane; about 20 ms. `algorithm` is left at the
 * package's default, Argon2id.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** So many at a time, that a flood of log-ins takes neither the thread pool nor the memory. */
const hashingAtOnce = 2;

export function createPasswords(): Passwords {
  const take = limitAtOnce(hashingAtOnce);
  return {
    hash: (password) => take(() => hash(password, parameters)),
    verify: (hashed, password) => take(() => verify(hashed, password)),
  };
}

function limitAtOnce(atOnce: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async function take<T>(action: () => Promise<T>): Promise<T> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await action();
    } finally {
      const next = waiting.shift();
      // The place is handed on, so that nobody new slips in between.
      if (next) next();
      else running -= 1;
    }
  };
}
