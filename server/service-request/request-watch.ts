import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
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
  let isLooking = false;
  let isStopped = false;
  async function look(): Promise<void> {
    if (!(await reads.isAnyDue(clock.now()))) return;
    for (;;) {
      const isMore = await gate.commit('passRequests', null);
      if (!isMore || isStopped) return;
    }
  }
  const end = clock.every(lookEveryMs, () => {
    if (isLooking || gate.store().is === 'failing') return;
    isLooking = true;
    void look()
      .catch((error: unknown) => troubled('requests.failed', error))
      .finally(() => {
        isLooking = false;
      });
  });
  return {
    stop() {
      isStopped = true;
      end();
    },
  };
}
