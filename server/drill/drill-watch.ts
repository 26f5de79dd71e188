import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
import type { DrillReads } from './drill-reads.ts';

/** Nobody minds a drill that begins two seconds late. */
const lookEveryMs = 2_000;

/** Begins planned drills when their time has come; the times are columns in the store, so a restart keeps them. */
export function watchDrills(
  gate: Gate,
  clock: Clock,
  reads: Pick<DrillReads, 'isAnyDue'>,
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  async function look(): Promise<void> {
    if (await reads.isAnyDue(clock.now())) await gate.commit('beginDrills', null);
  }
  return lookEvery({
    gate,
    clock,
    everyMs: lookEveryMs,
    look,
    failed: (error) => troubled('drills.failed', error),
  });
}
