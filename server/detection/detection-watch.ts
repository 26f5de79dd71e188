import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';

/** Detection follows the journal once a second: a door that opens at night may wait for that, a press never waits for it. */
const lookEveryMs = 1_000;
/** Without anything to do the hub still notes that it is alive. */
const idleEveryMs = 60_000;
/** Entries of one portion: some ten or twenty milliseconds of the thread that owns the store. */
const entriesAtMost = 200;
/** Works before the journal past which only one portion a second is taken. */
const busyFrom = 100;

/** Lets the rules see what the journal has taken, behind it, and what is due; the deadlines are columns in the store. */
export function watchDetection(
  gate: Gate,
  clock: Clock,
  timeZone: string,
  troubled: (event: string, error: unknown) => void,
): { start(): Promise<void>; stop(): void } {
  let isRunning = false;
  let isStopped = false;
  let journalSeq = 0;
  let seenSeq = -1;
  let nextDueMs: number | null = null;
  let lastMs = 0;

  gate.listen({
    committed({ lastSeq }) {
      journalSeq = Math.max(journalSeq, lastSeq);
    },
  });
  const end = clock.every(lookEveryMs, () => {
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
        const followed = await gate.commit('followDetection', { timeZone, atMost: entriesAtMost });
        nextDueMs = followed.nextDueMs;
        lastMs = clock.now();
        if (!followed.isMoreLeft) seenSeq = untilSeq;
        if (!followed.isMoreLeft || isStopped || gate.depth() >= busyFrom) return;
      }
    } catch (error) {
      troubled('detection.failed', error);
    } finally {
      isRunning = false;
    }
  }

  return {
    /** The first look, before devices speak: what the hub missed while it was down is a gap, not silence. */
    start: run,
    stop() {
      isStopped = true;
      end();
    },
  };
}
