/** Failures in a row that are forgiven: a mistyped password, a wrong keyboard layout. */
export const failuresBeforeLock = 5;
const firstLockMs = 15 * 60_000;
const longestLockMs = 24 * 3600_000;

/** How long a name is locked after this many failures in a row: 15 minutes, and twice as long with each further one. */
export function lockMsAfter(failedLogins: number): number {
  if (failedLogins < failuresBeforeLock) return 0;
  return Math.min(firstLockMs * 2 ** Math.min(failedLogins - failuresBeforeLock, 10), longestLockMs);
}

/** Names that nobody has are locked like those that somebody has, so that a lock does not tell them apart. */
export type UnknownNames = {
  lockedUntilMs(name: string): number | null;
  /** Returns until when the name is locked now, if it is. */
  fail(name: string, nowMs: number): number | null;
};

export function createUnknownNames(keptAtMost = 10_000): UnknownNames {
  const failures = new Map<string, { count: number; lockedUntilMs: number | null }>();
  return {
    lockedUntilMs: (name) => failures.get(name)?.lockedUntilMs ?? null,
    fail(name, nowMs) {
      const count = (failures.get(name)?.count ?? 0) + 1;
      const lockMs = lockMsAfter(count);
      const lockedUntilMs = lockMs === 0 ? null : nowMs + lockMs;
      failures.delete(name);
      failures.set(name, { count, lockedUntilMs });
      const oldest = failures.keys().next();
      if (failures.size > keptAtMost && !oldest.done) failures.delete(oldest.value);
      return lockedUntilMs;
    },
  };
}
