import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { IdentityReads } from './identity-reads.ts';
import type { UserRecord } from './identity-store.ts';
import { createKnownBrowsers } from './known-browsers.ts';
import type { BrowserMark, KnownBrowserPorts } from './known-browsers.ts';
import { createLockOut } from './lock-out.ts';
import type { Origin } from './lock-out.ts';
import type { Passwords } from './passwords.ts';
import { isAskedFor } from './second-factor.ts';
import type { Proof } from './second-factor.ts';
import type { SecondFactorRecord } from './second-factor-store.ts';
import { createSecondSteps } from './second-step.ts';
import type { SecondStepPorts } from './second-step.ts';
import type { LoginFault } from './session-works.ts';
import type { AuthenticatedUser, Sessions } from './sessions.ts';
import { proofOf } from './typed-proof.ts';

export type LoginRefusal =
  | { ok: false; reason: 'wrong-credentials' | 'wrong-code' | 'second-step-expired' }
  | { ok: false; reason: 'locked'; untilMs: number };
/** The password was right, and a code is asked for; `secondStep` goes back to the browser. */
export type SecondStepNeeded = { ok: false; reason: 'second-step-needed'; secondStep: string };
export type LoggedIn = { ok: true; token: string; user: AuthenticatedUser; mark: BrowserMark | null };

export type LogInPorts = KnownBrowserPorts &
  SecondStepPorts & {
    commit: Gate['commit'];
    reads: Pick<IdentityReads, 'userByName' | 'userRecord' | 'secondFactor'>;
    passwords: Passwords;
    sessions: Pick<Sessions, 'open'>;
    clock: Clock;
  };

/** Where a log-in comes from: the address, and the cookies of its browser. */
export type LoginOrigin = { source: string; cookies: Readonly<Record<string, string | undefined>> };

export type LogIn = {
  byPassword(
    credentials: { name: string; password: string },
    from: LoginOrigin,
  ): Promise<LoggedIn | SecondStepNeeded | LoginRefusal>;
  /** After {@link SecondStepNeeded}. */
  byCode(call: { secondStep: string; code: string }, from: LoginOrigin): Promise<LoggedIn | LoginRefusal>;
  /** Asks a user who is logged in once more, before what must not be done at a screen that they have left. */
  again(
    call: { userId: string; password: string; code?: string },
    from: LoginOrigin,
  ): Promise<{ ok: true; proof: Proof | undefined } | LoginRefusal>;
};

/**
 * Logs a user in. An unknown name takes the same steps and the same time as a known one: its password is checked
 * against a hash that nothing fits, and its failures are counted like all others. Wrong codes are counted with the wrong
 * passwords of the same name, and only a whole log-in forgets them.
 */
export function createLogIn(ports: LogInPorts): LogIn {
  const { commit, clock, passwords } = ports;
  const lockOut = createLockOut();
  const knownBrowsers = createKnownBrowsers(ports);
  const secondSteps = createSecondSteps(ports);
  /** The last step of each user that was taken here: it holds also while nothing can be stored. */
  const takenSteps = new Map<string, number>();
  const unfittingHash = passwords.hash(ports.newToken());
  // Whoever logs in awaits it and hears of the failure; until then it must not count as unhandled.
  unfittingHash.catch(() => undefined);

  /** What is counted against a name, from where it is tried. */
  function countingFor(name: string, user: UserRecord | undefined, { source, cookies }: LoginOrigin) {
    const from: Origin = { source, browser: knownBrowsers.recognise(name, cookies) };
    const userId = user?.id ?? null;
    // With a new password failures begin anew: an administrator lets somebody in who has forgotten theirs.
    const counted = `${name}/${user?.passwordHash ?? ''}`;
    return {
      isKnown: from.browser !== null,
      waitUntilMs: () => lockOut.waitUntilMs(counted, from, clock.now()),
      failed: () => lockOut.failed(counted, from, clock.now()),
      succeeded: () => lockOut.succeeded(counted, from),
      async locked(untilMs: number): Promise<LoginRefusal> {
        await commit('recordFailedLogin', { userId, reason: 'locked' });
        return { ok: false, reason: 'locked', untilMs };
      },
      async refused(
        reason: 'wrong-credentials' | 'wrong-code',
        fault: LoginFault,
        untilMs: number | null,
      ): Promise<LoginRefusal> {
        await commit('recordFailedLogin', { userId, reason: fault });
        return untilMs === null ? { ok: false, reason } : { ok: false, reason: 'locked', untilMs };
      },
    };
  }
  type Counting = ReturnType<typeof countingFor>;

  /** The user of a right password, or the refusal of a wrong one. */
  async function passwordOf(
    counting: Counting,
    user: UserRecord | undefined,
    password: string,
  ): Promise<{ ok: true; user: UserRecord } | LoginRefusal> {
    const untilMs = counting.waitUntilMs();
    if (untilMs !== null) return counting.locked(untilMs);
    const isRight = await passwords.verify(user?.passwordHash ?? (await unfittingHash), password);
    if (user?.isActive && isRight) return { ok: true, user };
    const fault = !user ? 'unknown-name' : isRight ? 'inactive' : 'wrong-password';
    return counting.refused('wrong-credentials', fault, counting.failed());
  }

  /** From the question whether to wait to the count nothing is awaited, so that many tries at once are counted one by one. */
  async function codeOf(
    counting: Counting,
    factor: SecondFactorRecord,
    code: string,
  ): Promise<{ ok: true; proof: Proof } | LoginRefusal> {
    const untilMs = counting.waitUntilMs();
    if (untilMs !== null) return counting.locked(untilMs);
    const lastStep = Math.max(factor.lastStep, takenSteps.get(factor.userId) ?? 0);
    const proof = proofOf({ ...factor, lastStep }, code, clock.now());
    if (!proof) return counting.refused('wrong-code', 'wrong-code', counting.failed());
    if (proof.by === 'code') takenSteps.set(factor.userId, proof.step);
    return { ok: true, proof };
  }

  async function open(counting: Counting, user: UserRecord, proof?: Proof): Promise<LoggedIn | undefined> {
    const opened = await ports.sessions.open(user, proof);
    if (!opened) return undefined;
    counting.succeeded();
    return { ok: true, ...opened, mark: counting.isKnown ? null : knownBrowsers.mark(user.name) };
  }

  return {
    async byPassword({ name: typedName, password }, origin) {
      const name = typedName.trim().toLowerCase();
      const found = await ports.reads.userByName(name);
      const counting = countingFor(name, found, origin);
      const checked = await passwordOf(counting, found, password);
      if (!checked.ok) return checked;
      const { user } = checked;
      if (isAskedFor(await ports.reads.secondFactor(user.id))) {
        const secondStep = secondSteps.begin(user, clock.now());
        return { ok: false, reason: 'second-step-needed', secondStep };
      }
      return (await open(counting, user)) ?? { ok: false, reason: 'wrong-credentials' };
    },

    async byCode({ secondStep, code }, origin) {
      const user = await secondSteps.userOf(secondStep, clock.now(), ports.reads.userRecord);
      const factor = user && (await ports.reads.secondFactor(user.id));
      if (!user || !isAskedFor(factor)) {
        await commit('recordFailedLogin', { userId: user?.id ?? null, reason: 'second-step-expired' });
        return { ok: false, reason: 'second-step-expired' };
      }
      const counting = countingFor(user.name, user, origin);
      const checked = await codeOf(counting, factor, code);
      if (!checked.ok) return checked;
      const opened = await open(counting, user, checked.proof);
      return opened ?? counting.refused('wrong-code', 'wrong-code', counting.failed());
    },

    async again({ userId, password, code }, origin) {
      const found = await ports.reads.userRecord(userId);
      const counting = countingFor(found?.name ?? '', found, origin);
      const checked = await passwordOf(counting, found, password);
      const factor = checked.ok ? await ports.reads.secondFactor(userId) : undefined;
      if (!checked.ok || code === undefined || !isAskedFor(factor))
        return checked.ok ? { ok: true, proof: undefined } : checked;
      return codeOf(counting, factor, code);
    },
  };
}
