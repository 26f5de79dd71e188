import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { Followed } from './detection-works.ts';

/** Detection follows the journal once a second: a door that opens at night may wait for that, a press never waits for it. */
const lookEveryMs = 1_000;
/** Without anything to do the hub still notes that it is alive. */
const idleEveryMs = 60_000;
/** Entries of one portion, for which a press may wait: two to five milliseconds of the thread that owns the store. */
const entriesAtMost = 50;
/** Works before the journal past which only one portion a second is taken. */
const busyFrom = 100;

/** Behind for so long without a pause, what should be told at once is told too late: somebody must look after it. */
const alarmAfterMs = 120_000;

export type DetectionStatus = {
  lagEntries: number;
  lagSeconds: number;
  /** How long the latest portion took, with what it waited for others. */
  portionSeconds: number;
};

export type DetectionWatch = {
  start(): Promise<void>;
  status(): DetectionStatus;
  stop(): void;
};

/** Lets the rules see what the journal has taken, behind it, and what is due; the deadlines are columns in the store. */
export function watchDetection(
  gate: Gate,
  clock: Clock,
  timeZone: string,
  troubled: (event: string, error: unknown) => void,
): DetectionWatch {
  let isRunning = false;
  let isStopped = false;
  let journalSeq = 0;
  let seenSeq = -1;
  let nextDueMs: number | null = null;
  let lastMs = 0;
  let takenSeq = 0;
  let portionMs = 0;
  let reachedMs = clock.now();
  let behindSinceMs: number | null = null;
  let isAlarmRaised = false;
  /** At first one from before this start. */
  let mayBeOpen = true;

  gate.listen({
    committed({ lastSeq }) {
      journalSeq = Math.max(journalSeq, lastSeq);
    },
  });
  const end = clock.every(lookEveryMs, () => {
    watchLag();
    if (isRunning || isStopped || gate.store().is === 'failing') return;
    const isDue = nextDueMs !== null && nextDueMs <= clock.now();
    if (journalSeq <= seenSeq && !isDue && clock.now() - lastMs < idleEveryMs) return;
    void run();
  });

  async function run(): Promise<void> {
    isRunning = true;
    try {
      for (;;) {
        const untilSeq = journalSeq;
        const begunMs = clock.monotonic();
        const followed = await gate.commit('followDetection', { timeZone, atMost: entriesAtMost });
        nextDueMs = followed.nextDueMs;
        lastMs = clock.now();
        takenSeq = followed.seq;
        portionMs = clock.monotonic() - begunMs;
        if (!followed.isMoreLeft) seenSeq = untilSeq;
        reached(followed);
        if (!followed.isMoreLeft || isStopped || gate.depth() >= busyFrom) return;
      }
    } catch (error) {
      behindSinceMs ??= clock.now();
      troubled('detection.failed', error);
    } finally {
      isRunning = false;
    }
  }

  function reached(followed: Followed): void {
    reachedMs = followed.isMoreLeft ? (followed.reachedMs ?? reachedMs) : clock.now();
    if (followed.isMoreLeft) {
      behindSinceMs ??= clock.now();
      return;
    }
    behindSinceMs = null;
    isAlarmRaised = false;
    if (!mayBeOpen) return;
    mayBeOpen = false;
    tell('clearHubAlarm', () => {
      mayBeOpen = true;
    });
  }

  function watchLag(): void {
    // What cannot be stored is behind for another reason, of which the store's own alarm speaks.
    if (gate.store().is === 'failing') behindSinceMs = null;
    if (behindSinceMs === null || isAlarmRaised || clock.now() - behindSinceMs < alarmAfterMs) return;
    isAlarmRaised = true;
    mayBeOpen = true;
    tell('raiseHubAlarm', () => {
      isAlarmRaised = false;
    });
  }

  function tell(work: 'raiseHubAlarm' | 'clearHubAlarm', undo: () => void): void {
    const sinceMs = behindSinceMs ?? clock.now();
    gate.commit(work, { kind: 'detection-behind', sinceMs }).catch((error: unknown) => {
      undo();
      troubled('detection.alarm-failed', error);
    });
  }

  return {
    status: () => ({
      portionSeconds: portionMs / 1_000,
      lagEntries: Math.max(0, journalSeq - takenSeq),
      lagSeconds:
        seenSeq >= journalSeq && behindSinceMs === null ? 0 : Math.max(0, clock.now() - reachedMs) / 1_000,
    }),
    /** The first look, before devices speak: what the hub missed while it was down is a gap, not silence. */
    start: run,
    stop() {
      isStopped = true;
      end();
    },
  };
}
