import type { Limits } from './config.ts';
import type { Connection } from './connection.ts';
import type { BrokerPorts, Timer } from './ports.ts';
import type { Roster } from './roster.ts';

const everyMs = 1_000;
/** A gap longer than this means that the clock was set or the hub itself stood still, and not that devices were silent. */
const longestGapMs = 5 * everyMs;

export type WatchDependencies = { ports: BrokerPorts; limits: Limits; after: Timer; roster: Roster };

/** Looks at every connection once a second: silent ones, ones whose intake is overdue, ones over their rate. */
export function createWatch({ ports, limits, after, roster }: WatchDependencies) {
  let cancel: (() => void) | undefined;
  let lastLookMs = ports.now();

  function start(): void {
    lastLookMs = ports.now();
    cancel = after(everyMs, look);
  }

  function look(): void {
    const nowMs = ports.now();
    const gapMs = nowMs - lastLookMs;
    lastLookMs = nowMs;
    const isClockSuspect = gapMs > longestGapMs || gapMs < 0;
    for (const connection of roster.open) {
      if (isClockSuspect) connection.lastReadAtMs = nowMs;
      reportOverRate(connection);
      if (connection.stream.destroyed) continue;
      if (connection.hasMissedKeepAlive(nowMs)) {
        connection.close('keep-alive-missed');
      } else if (!isClockSuspect && connection.oldestWaitMs(nowMs) > limits.intakeTimeoutMs) {
        // Aedes still answers PINGREQ, so the device would wait for its PUBACK for ever.
        ports.recordRefusal({ reason: 'intake-overdue', subject: connection.account?.id ?? '(nobody)' });
        connection.close('closed-by-hub');
      }
    }
    roster.sweep(nowMs);
    cancel = after(everyMs, look);
  }

  /** One record a second and connection, however many publications were held back or dropped. */
  function reportOverRate(connection: Connection): void {
    if (connection.overRate === 0) return;
    const subject = connection.account?.id ?? '(nobody)';
    ports.recordRefusal({ reason: 'over-rate', subject, count: connection.overRate });
    connection.overRate = 0;
  }

  return { start, stop: () => cancel?.(), reportOverRate };
}
