import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import { lookEvery } from '../journal/recurring-look.ts';
import type { RequestReads } from './request-reads.ts';

/** The shortest limit is a minute: a second is what it may be late by. */
const lookEveryMs = 1_000;

/** Carries out what is due of service requests; the deadlines are columns in the store, so a restart keeps them. */
export function watchRequests(
  gate: Gate,
  clock: Clock,
  reads: Pick<RequestReads, 'isAnyDue'>,
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  async function look(isStopped: () => boolean): Promise<void> {
    if (!(await reads.isAnyDue(clock.now()))) return;
    for (;;) {
      if (isStopped()) return;
      const isMore = await gate.commit('passRequests', null);
      if (!isMore) return;
    }
  }
  return lookEvery({
    gate,
    clock,
    everyMs: lookEveryMs,
    look,
    failed: (error) => troubled('requests.failed', error),
  });
}
