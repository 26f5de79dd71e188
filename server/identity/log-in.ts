import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { IdentityReads } from './identity-reads.ts';
import { createKnownBrowsers } from './known-browsers.ts';
import type { BrowserMark, KnownBrowserPorts } from './known-browsers.ts';
import { createLockOut } from './lock-out.ts';
import type { Passwords } from './passwords.ts';
import type { AuthenticatedUser, Sessions } from './sessions.ts';

export type LoginOutcome =
  | { ok: true; token: string; user: AuthenticatedUser; mark: BrowserMark | null }
  | { ok: false; reason: 'wrong-credentials' }
  | { ok: false; reason: 'locked'; untilMs: number };

export type LogInPorts = KnownBrowserPorts & {
  commit: Gate['commit'];
  reads: Pick<IdentityReads, 'userByName'>;
  passwords: Passwords;
  sessions: Pick<Sessions, 'open'>;
  clock: Clock;
};

/** Where a log-in comes from: the address, and the cookies of its browser. */
export type LoginOrigin = { source: string; cookies: Readonly<Record<string, string | undefined>> };

export type LogIn = (
  credentials: { name: string; password: string },
  from: LoginOrigin,
) => Promise<LoginOutcome>;

/**
 * Logs a user in. An unknown name takes the same steps and the same time as a known one: its password is checked
 * against a hash that nothing fits, and its failures are counted like all others.
 */
export function createLogIn(ports: LogInPorts): LogIn {
  const { commit, clock, passwords } = ports;
  const lockOut = createLockOut();
  const knownBrowsers = createKnownBrowsers(ports);
  const unfittingHash = passwords.hash(ports.newToken());
  // Whoever logs in awaits it and hears of the failure; until then it must not count as unhandled.
  unfittingHash.catch(() => undefined);

  return async function logIn({ name: typedName, password }, { source, cookies }) {
    const name = typedName.trim().toLowerCase();
    const user = await ports.reads.userByName(name);
    const userId = user?.id ?? null;
    const from = { source, browser: knownBrowsers.recognise(name, cookies) };
    // With a new password failures begin anew: an administrator lets somebody in who has forgotten theirs.
    const counted = `${name}/${user?.passwordHash ?? ''}`;
    const untilMs = lockOut.waitUntilMs(counted, from, clock.now());
    if (untilMs !== null) {
      await commit('recordFailedLogin', { userId, reason: 'locked' });
      return { ok: false, reason: 'locked', untilMs };
    }
    const isRight = await passwords.verify(user?.passwordHash ?? (await unfittingHash), password);
    if (user?.isActive && isRight) {
      const opened = await ports.sessions.open(user);
      if (!opened) return { ok: false, reason: 'wrong-credentials' };
      lockOut.succeeded(counted, from);
      return { ok: true, ...opened, mark: from.browser === null ? knownBrowsers.mark(name) : null };
    }
    const reason = !user ? 'unknown-name' : isRight ? 'inactive' : 'wrong-password';
    const lockedUntilMs = lockOut.failed(counted, from, clock.now());
    await commit('recordFailedLogin', { userId, reason });
    return lockedUntilMs === null
      ? { ok: false, reason: 'wrong-credentials' }
      : { ok: false, reason: 'locked', untilMs: lockedUntilMs };
  };
}
