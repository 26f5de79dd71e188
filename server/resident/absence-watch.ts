import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
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
  async function look(): Promise<void> {
    if (await reads.isAnyDue(clock.now())) await gate.commit('passAbsences', null);
  }
  return lookEvery({
    gate,
    clock,
    everyMs: lookEveryMs,
    look,
    failed: (error) => troubled('absences.failed', error),
  });
}
