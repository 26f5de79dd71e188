import { vi } from 'vitest';

/** Looks until it holds. On a busy machine a state may be slow to come; how fast it must come is said where it matters. */
export function eventually<T>(look: () => T | Promise<T>, timeoutMs = 15_000): Promise<T> {
  return vi.waitFor(look, { timeout: timeoutMs, interval: 25 });
}
