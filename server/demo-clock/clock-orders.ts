import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { clockOrderSchema } from '@carebell/contracts/demo-clock.ts';
import type { ClockReached } from '@carebell/contracts/demo-clock.ts';
import type { SteppedClock } from './stepped-clock.ts';
import type { Standing } from './standing.ts';

/** A deadline that stays due is looked at again as often as the hub looks. */
const shortestStepMs = 500;
/** The history is written in a thread of its own; a month in minutes must not run away from it by more. */
const historyWithinMs = 3_600_000;
const historyStepMs = 1_000;
const historyPauseMs = 2;
/** Quiet for so many turns of the event loop: what one turn begins is with the store in the next. */
const quietTurns = 2;
/** Waiting for longer than so many turns is left to a timer. */
const busyTurns = 200;

/**
 * Moves the clock to an instant in steps that end where something of an open alarm is due. The next step waits until the hub
 * has stored what the one before set going, so that nothing is late that was not late. Where an alarm has changed it stops,
 * so that people can answer it at their own time.
 */
export function createClockMover(clock: SteppedClock, standing: () => Standing) {
  let wholeAtMs = clock.now();

  async function rest(): Promise<void> {
    let quiet = 0;
    for (let turns = 0; quiet < quietTurns; turns += 1) {
      await (turns < busyTurns ? nextTurn() : pause(1));
      quiet = standing().isAtRest ? quiet + 1 : 0;
    }
  }

  return async function moveTo(toMs: number): Promise<Omit<ClockReached, 'number'>> {
    await rest();
    const { alarmCursor } = standing();
    while (clock.now() < toMs && standing().alarmCursor === alarmCursor) {
      const nowMs = clock.now();
      const { nextDueMs, isHistoryWhole } = standing();
      if (isHistoryWhole) wholeAtMs = nowMs;
      const isHistoryBehind = nowMs - wholeAtMs >= historyWithinMs;
      if (isHistoryBehind) await pause(historyPauseMs);
      const stepMs = isHistoryBehind ? historyStepMs : clock.longestStepMs;
      const dueMs = Math.max(nextDueMs ?? Infinity, nowMs + shortestStepMs);
      clock.stepTo(Math.min(toMs, dueMs, nowMs + stepMs));
      await rest();
    }
    return { atMs: clock.now(), alarmCursor: standing().alarmCursor };
  };
}

/** Obeys the process that started this hub, and nobody else: an IPC channel has one other end. */
export function obeyClockOrders(
  channel: Pick<NodeJS.Process, 'on' | 'send'>,
  moveTo: ReturnType<typeof createClockMover>,
): void {
  let before: Promise<unknown> = Promise.resolve();
  channel.on('message', (message: unknown) => {
    const order = clockOrderSchema.safeParse(message);
    if (!order.success) return;
    const { number, toMs } = order.data;
    before = before.then(async () => channel.send?.({ number, ...(await moveTo(toMs)) }));
  });
}
