import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { AbsenceReads } from './absence-reads.ts';

/** Nobody waits for the minute of a return; rules about silence go by the instants themselves. */
const lookEveryMs = 2_000;

/** Begins and ends absences when their time has come; the times are columns in the store, so a restart keeps them. */
export function watchAbsences(
  gate: Gate,
  clock: Clock,
  reads: Pick<AbsenceReads, 'isAnyDue'>,
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  let isLooking = false;
  async function look(): Promise<void> {
    if (await reads.isAnyDue(clock.now())) await gate.commit('passAbsences', null);
  }
  const end = clock.every(lookEveryMs, () => {
    if (isLooking || gate.store().is === 'failing') return;
    isLooking = true;
    void look()
      .catch((error: unknown) => troubled('absences.failed', error))
      .finally(() => {
        isLooking = false;
      });
  });
  return { stop: end };
}
