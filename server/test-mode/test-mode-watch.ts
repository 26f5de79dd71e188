import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
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
  let isLooking = false;
  async function look(): Promise<void> {
    if (await reads.isAnyTestOver(clock.now())) await gate.commit('endTestsInTime', null);
  }
  const end = clock.every(lookEveryMs, () => {
    if (isLooking || gate.store().is === 'failing') return;
    isLooking = true;
    void look()
      .catch((error: unknown) => troubled('test-modes.failed', error))
      .finally(() => {
        isLooking = false;
      });
  });
  return { stop: end };
}
