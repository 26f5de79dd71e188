import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
import { lookedAtOnce } from './visit-look.ts';
import type { VisitReads } from './visit-reads.ts';

/** Nobody waits for the minute at which a week begins. */
const lookEveryMs = 2_000;

/**
 * Decides what is owed to whom when a period begins or ends, or when something has changed; when that is to be is a column in
 * the store, so a restart keeps it.
 */
export function watchVisits(
  gate: Pick<Gate, 'commit' | 'store'>,
  clock: Pick<Clock, 'every' | 'now'>,
  { reads, timeZone }: { reads: Pick<VisitReads, 'isAnyToLookAt'>; timeZone: string },
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  async function look(isStopped: () => boolean): Promise<void> {
    if (!(await reads.isAnyToLookAt(clock.now()))) return;
    for (;;) {
      if (isStopped()) return;
      const count = await gate.commit('lookAtVisits', { timeZone });
      if (count < lookedAtOnce) return;
    }
  }
  return lookEvery({
    gate,
    clock,
    everyMs: lookEveryMs,
    look,
    failed: (error) => troubled('visits.failed', error),
  });
}
