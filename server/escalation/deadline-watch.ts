import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';

/** A press waits for no more than these, however many alarms are due at the same time: 4 are about 1 ms. */
export const passedAtOnce = 4;

/** How often the hub looks whether something is due: half a second is what a deadline may be late by. */
const lookEveryMs = 500;

/**
 * Carries out what is due of the open alarms: displays that did not happen, steps, calls, acknowledgements that end,
 * reminders. The deadlines are columns in the store, so a restart keeps them; this only asks, and only when one is due.
 */
export function watchDeadlines(
  gate: Pick<Gate, 'commit' | 'store'>,
  clock: Clock,
  /** The next deadline of all open alarms, as the hub's memory has it. */
  nextDeadlineAt: () => string | null,
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  let isAsking = false;
  let isLookDue = false;
  let isStopped = false;

  /** In portions, between which presses are committed. */
  async function passAll(): Promise<void> {
    for (;;) {
      const passed = await gate.commit('passDeadlines', null);
      if (passed < passedAtOnce || isStopped) return;
    }
  }

  function look(): void {
    isLookDue = isAsking;
    if (isAsking || gate.store().is === 'failing') return;
    const next = nextDeadlineAt();
    if (next === null || Date.parse(next) > clock.now()) return;
    isAsking = true;
    void passAll()
      .catch((error: unknown) => troubled('deadlines.failed', error))
      .finally(() => {
        isAsking = false;
        // What fell due while the store was slow does not wait for the next look.
        if (isLookDue && !isStopped) look();
      });
  }

  const end = clock.every(lookEveryMs, look);
  return {
    stop() {
      isStopped = true;
      end();
    },
  };
}
