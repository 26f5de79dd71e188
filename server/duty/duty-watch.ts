import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';

/** Turns reach forty days ahead, so this has many more chances than it needs. */
const renewEveryMs = 6 * 3_600_000;

/** Writes the coming turns of all rotas, at the start and then four times a day, one organisation at a time. */
export function watchDuty(
  gate: Pick<Gate, 'commit' | 'store'>,
  clock: Pick<Clock, 'every'>,
  timeZone: string,
  troubled: (event: string, error: unknown) => void,
): { start(): Promise<void>; stop(): void } {
  let isStopped = false;
  let isRunning = false;

  async function renewAfter(afterId: string): Promise<void> {
    const next = await gate.commit('renewDutyTurns', { afterId, timeZone });
    if (next !== null && !isStopped) await renewAfter(next);
  }
  const end = clock.every(renewEveryMs, () => {
    if (isRunning || gate.store().is === 'failing') return;
    isRunning = true;
    renewAfter('')
      .catch((error: unknown) => troubled('duty.renew-failed', error))
      .finally(() => {
        isRunning = false;
      });
  });
  return {
    start: () => renewAfter(''),
    stop() {
      isStopped = true;
      end();
    },
  };
}
