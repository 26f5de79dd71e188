import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { IdentityReads } from './identity-reads.ts';
import { createUnknownNames } from './lock-out.ts';
import type { Passwords } from './passwords.ts';
import type { AuthenticatedUser, Sessions } from './sessions.ts';

export type LoginOutcome =
  | { ok: true; token: string; user: AuthenticatedUser }
  | { ok: false; reason: 'wrong-credentials' }
  | { ok: false; reason: 'locked'; untilMs: number };

export type LogInPorts = {
  commit: Gate['commit'];
  reads: Pick<IdentityReads, 'userByName'>;
  passwords: Passwords;
  sessions: Pick<Sessions, 'open'>;
  clock: Clock;
  newToken(): string;
};

export type LogIn = (credentials: { name: string; password: string }) => Promise<LoginOutcome>;

/**
 * Logs a user in. An unknown name takes the same steps and the same time as a known one: its password is checked
 * against a hash that nothing fits, its failures are counted, and it is locked after as many.
 */
export function createLogIn(ports: LogInPorts): LogIn {
  const { commit, clock, passwords } = ports;
  const unknownNames = createUnknownNames();
  const unfittingHash = passwords.hash(ports.newToken());
  // Whoever logs in awaits it and hears of the failure; until then it must not count as unhandled.
  unfittingHash.catch(() => undefined);

  return async function logIn({ name: typedName, password }) {
    const name = typedName.trim().toLowerCase();
    const user = await ports.reads.userByName(name);
    const userId = user?.id ?? null;
    const nowMs = clock.now();
    const untilMs = user ? user.lockedUntilMs : unknownNames.lockedUntilMs(name);
    if (untilMs !== null && untilMs > nowMs) {
      await commit('recordFailedLogin', { userId, reason: 'locked' });
      return { ok: false, reason: 'locked', untilMs };
    }
    const isRight = await passwords.verify(user?.passwordHash ?? (await unfittingHash), password);
    if (user?.isActive && isRight) {
      const opened = await ports.sessions.open(user);
      return opened ? { ok: true, ...opened } : { ok: false, reason: 'wrong-credentials' };
    }
    const reason = !user ? 'unknown-name' : isRight ? 'inactive' : 'wrong-password';
    const failed = await commit('recordFailedLogin', { userId, reason });
    const lockedUntilMs = user ? failed.lockedUntilMs : unknownNames.fail(name, nowMs);
    return lockedUntilMs === null
      ? { ok: false, reason: 'wrong-credentials' }
      : { ok: false, reason: 'locked', untilMs: lockedUntilMs };
  };
}
