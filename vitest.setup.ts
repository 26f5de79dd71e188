import { vi } from 'vitest';

/**
 * What a test waits for is a state, and a machine with other work may be slow to reach it. Vitest gives `vi.waitFor` one
 * second and has no setting for it; here every wait has half a minute, unless it asks for another.
 */
const patience = { timeout: 30_000 };
const { waitFor, waitUntil } = vi;

vi.waitFor = (look, options) => waitFor(look, { ...patience, ...named(options) });
vi.waitUntil = (look, options) => waitUntil(look, { ...patience, ...named(options) });

function named<T extends object>(options: T | number | undefined): Partial<T> | { timeout: number } {
  return typeof options === 'number' ? { timeout: options } : { ...options };
}
