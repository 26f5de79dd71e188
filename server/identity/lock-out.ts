/** Failures in a row that are forgiven: a mistyped password, a wrong keyboard layout. */
export const failuresBeforeWait = 5;
const firstWaitMs = 60_000;
const longestWaitMs = 3600_000;
/** After a day without another one failures are forgotten. */
const forgottenAfterMs = 24 * 3600_000;

/** Of all browsers in which a name has not been used before, in an hour (OWASP ASVS 2.2.1). */
export const strangersFailuresPerHour = 100;
const hourMs = 3600_000;

/** How long to wait after this many failures in a row: a minute, and twice as long with each further one. */
export function waitMsAfter(failures: number): number {
  if (failures < failuresBeforeWait) return 0;
  return Math.min(firstWaitMs * 2 ** Math.min(failures - failuresBeforeWait, 10), longestWaitMs);
}

/** From where somebody tries a name. `browser` names one in which this very name has logged in before. */
export type Origin = { source: string; browser: string | null };

/**
 * Counts failed log-ins by name and by where they come from, so that nobody locks somebody else out: who guesses waits, and the
 * one whose name it is logs in from the browser of every day meanwhile. Names that nobody has are counted like all others,
 * so that a wait does not tell them apart. Held in memory: a restart forgives.
 */
export type LockOut = {
  /** Until when this name may not be tried from there. */
  waitUntilMs(name: string, from: Origin, nowMs: number): number | null;
  /** Returns until when to wait now. */
  failed(name: string, from: Origin, nowMs: number): number | null;
  succeeded(name: string, from: Origin): void;
};

type Failures = { count: number; lastAtMs: number };
type Hour = { count: number; beganAtMs: number };

export function createLockOut(keptAtMost = 10_000): LockOut {
  const failures = new Map<string, Failures>();
  const strangers = new Map<string, Hour>();

  function waitUntilMs(name: string, from: Origin, nowMs: number): number | null {
    const own = failures.get(keyOf(name, from));
    const untilMs = own && isFresh(own, nowMs) ? own.lastAtMs + waitMsAfter(own.count) : 0;
    const hour = from.browser === null ? strangers.get(name) : undefined;
    const hourEndsMs = hour && hour.count >= strangersFailuresPerHour ? hour.beganAtMs + hourMs : 0;
    const latest = Math.max(untilMs, hourEndsMs);
    return latest > nowMs ? latest : null;
  }

  return {
    waitUntilMs,
    failed(name, from, nowMs) {
      const key = keyOf(name, from);
      const own = failures.get(key);
      keep(failures, key, { count: own && isFresh(own, nowMs) ? own.count + 1 : 1, lastAtMs: nowMs });
      if (from.browser === null) {
        const hour = strangers.get(name);
        const isOver = !hour || nowMs - hour.beganAtMs >= hourMs;
        keep(strangers, name, isOver ? { count: 1, beganAtMs: nowMs } : { ...hour, count: hour.count + 1 });
      }
      return waitUntilMs(name, from, nowMs);
    },
    succeeded(name, from) {
      failures.delete(keyOf(name, from));
    },
  };

  function keep<T>(kept: Map<string, T>, key: string, value: T): void {
    kept.delete(key);
    kept.set(key, value);
    const oldest = kept.keys().next();
    if (kept.size > keptAtMost && !oldest.done) kept.delete(oldest.value);
  }
}

const isFresh = ({ lastAtMs }: Failures, nowMs: number): boolean => nowMs - lastAtMs < forgottenAfterMs;

/** No name holds a blank. */
function keyOf(name: string, { source, browser }: Origin): string {
  return browser === null ? `${name} from ${networkOf(source)}` : `${name} in ${browser}`;
}

/** Of an IPv6 address the network: everybody has 2^64 addresses of one's own. */
export function networkOf(source: string): string {
  if (!source.includes(':')) return source;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(source)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = source.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const given = groups.length + (tail === undefined || tail === '' ? 0 : tail.split(':').length);
  const whole =
    tail === undefined
      ? groups
      : [...groups, ...Array<string>(Math.max(0, 8 - given)).fill('0'), ...tail.split(':')];
  return whole.slice(0, 4).join(':');
}
