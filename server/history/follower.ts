import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { Carrier } from './carry.ts';

export type FollowerLimits = {
  /** Entries of one portion. */
  atMost: number;
  everyMs: number;
  firstPauseMs: number;
  longestPauseMs: number;
  /** The store has not answered well for this long: somebody must look after it. */
  alarmAfterMs: number;
  /** The store answers, and is behind for this long all the same. */
  alarmBehindAfterMs: number;
  /** Works before the journal past which following waits: what devices say now comes first. */
  busyFrom: number;
};
export const followerLimits: FollowerLimits = {
  atMost: 1_000,
  everyMs: 1_000,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  alarmAfterMs: 600_000,
  alarmBehindAfterMs: 3_600_000,
  busyFrom: 100,
};

export type FollowerStatus = {
  journalSeq: number;
  cursor: number;
  lagSeconds: number;
  failing: { sinceMs: number; why: string } | null;
  /** Since the start of the hub. */
  points: number;
  refused: number;
  retries: number;
};

export type FollowerPorts = {
  carrier: Pick<Carrier, 'cursor' | 'keep' | 'carry'>;
  gate: Pick<Gate, 'commit' | 'depth' | 'listen'>;
  clock: Clock;
  journalSeq: number;
  limits?: Partial<FollowerLimits>;
  told(event: string, details: Readonly<Record<string, unknown>>): void;
};

export type Follower = { status(): FollowerStatus; stop(): Promise<void> };

/**
 * Follows the journal into the history, behind everything else: no device and no screen waits for it. What cannot be
 * written is tried again for ever, with pauses; where to go on is asked of the store after each failure, because it may
 * have been wiped or restored meanwhile.
 */
export function followJournal({ carrier, gate, clock, told, ...ports }: FollowerPorts): Follower {
  const limits = { ...followerLimits, ...ports.limits };
  const counts = { points: 0, refused: 0, retries: 0 };
  let journalSeq = ports.journalSeq;
  /** `null`: the store must say it. */
  let cursor: number | null = null;
  let shownCursor = 0;
  let keptCursor = 0;
  let keptAtMs = 0;
  let failing: FollowerStatus['failing'] = null;
  let pauseMs = 0;
  let nextAtMs = 0;
  let isAlarmRaised = false;
  /** An alarm may be open, at first one from before this start. */
  let mayBeOpen = true;
  let behindSinceMs: number | null = null;
  let reachedMs = clock.now();
  let running: Promise<void> | null = null;
  let isStopped = false;

  gate.listen({
    committed({ lastSeq }) {
      journalSeq = Math.max(journalSeq, lastSeq);
    },
  });
  const end = clock.every(limits.everyMs, tick);

  function tick(): void {
    watchLag();
    if (running || isStopped || clock.monotonic() < nextAtMs) return;
    running = follow()
      .catch((error: unknown) => failed(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        running = null;
      });
  }

  async function follow(): Promise<void> {
    if (cursor === null) {
      // A journal that was restored from a back-up numbers its new entries over again: what the store has beyond it is past.
      cursor = Math.min(await carrier.cursor(), Math.max(ports.journalSeq, shownCursor));
      keptCursor = cursor;
      shownCursor = cursor;
    }
    for (;;) {
      const portion = await carrier.carry({ from: cursor, atMost: limits.atMost });
      if (!portion.ok) {
        failed(portion.message);
        return;
      }
      if (portion.refused.length > 0) {
        counts.refused += portion.refused.length;
        // Before the cursor passes them: a crash in between refuses them once more.
        await gate.commit('recordDeadLetters', portion.refused);
        told('history.refused', { count: portion.refused.length, reason: portion.refused[0]?.reason });
      }
      counts.points += portion.points;
      cursor = portion.cursor;
      shownCursor = cursor;
      reachedMs = portion.isEnd ? clock.now() : (portion.receivedAtMs ?? reachedMs);
      const isLast = portion.isEnd || isStopped || gate.depth() >= limits.busyFrom;
      if (cursor !== keptCursor && (isLast || clock.monotonic() - keptAtMs >= limits.everyMs)) {
        await carrier.keep(cursor);
        keptCursor = cursor;
        keptAtMs = clock.monotonic();
      }
      succeeded(portion.isEnd);
      if (isLast) return;
    }
  }

  function failed(message: string): void {
    if (failing === null) told('history.failing', { reason: message });
    failing = { sinceMs: failing?.sinceMs ?? clock.now(), why: message };
    counts.retries += 1;
    cursor = null;
    pauseMs = Math.min(pauseMs === 0 ? limits.firstPauseMs : pauseMs * 2, limits.longestPauseMs);
    nextAtMs = clock.monotonic() + pauseMs;
  }

  function succeeded(isEnd: boolean): void {
    if (failing) told('history.well-again', { failedMs: clock.now() - failing.sinceMs });
    failing = null;
    pauseMs = 0;
    if (isEnd) {
      behindSinceMs = null;
      isAlarmRaised = false;
      clearAlarm();
    } else behindSinceMs ??= clock.now();
  }

  function watchLag(): void {
    const isOverdue = (sinceMs: number | undefined | null, limitMs: number): boolean =>
      typeof sinceMs === 'number' && clock.now() - sinceMs >= limitMs;
    const isDue =
      isOverdue(failing?.sinceMs, limits.alarmAfterMs) || isOverdue(behindSinceMs, limits.alarmBehindAfterMs);
    if (!isDue || isAlarmRaised) return;
    isAlarmRaised = true;
    mayBeOpen = true;
    const sinceMs = failing?.sinceMs ?? behindSinceMs ?? clock.now();
    gate.commit('raiseHubAlarm', { kind: 'history-failing', sinceMs }).catch((error: unknown) => {
      isAlarmRaised = false;
      told('history.alarm-failed', { error: String(error) });
    });
  }

  function clearAlarm(): void {
    if (!mayBeOpen) return;
    mayBeOpen = false;
    gate.commit('clearHubAlarm', { kind: 'history-failing' }).catch((error: unknown) => {
      mayBeOpen = true;
      told('history.alarm-failed', { error: String(error) });
    });
  }

  return {
    status: () => ({
      journalSeq,
      cursor: shownCursor,
      lagSeconds: shownCursor >= journalSeq ? 0 : Math.max(0, (clock.now() - reachedMs) / 1000),
      failing,
      ...counts,
    }),
    async stop() {
      isStopped = true;
      end();
      await running;
    },
  };
}
