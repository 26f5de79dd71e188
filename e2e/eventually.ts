import { vi } from 'vitest';

/** Looks until it holds. On a busy machine a state may be slow to come; how fast it must come is said where it matters. */
export function eventually<T>(look: () => T | Promise<T>, timeoutMs = 30_000): Promise<T> {
  return vi.waitFor(look, { timeout: timeoutMs, interval: 25 });
}

/** The same for what must be asked over HTTP, where a user may ask 1,200 times a minute. */
export function eventuallyTold<T>(ask: () => Promise<T>, timeoutMs = 40_000): Promise<T> {
  return vi.waitFor(ask, { timeout: timeoutMs, interval: 100 });
}
