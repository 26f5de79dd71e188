import { vi } from 'vitest';

/** Waits until the claim holds. The limit is for a machine that is busy with other things, not a promise. */
export function eventually<T>(claim: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(claim, { timeout: 15_000, interval: 10 });
}
