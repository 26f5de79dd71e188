import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
import type { TestModeReads } from './test-mode-reads.ts';

/** An alarm looks at the time itself; this only enters that a test is over. */
const lookEveryMs = 2_000;

/** Enters the end of tests whose time is over; the times are columns in the store, so a restart keeps them. */
export function watchTestModes(
  gate: Gate,
  clock: Clock,
  reads: Pick<TestModeReads, 'isAnyTestOver'>,
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  async function look(): Promise<void> {
    if (await reads.isAnyTestOver(clock.now())) await gate.commit('endTestsInTime', null);
  }
  return lookEvery({
    gate,
    clock,
    everyMs: lookEveryMs,
    look,
    failed: (error) => troubled('test-modes.failed', error),
  });
}
