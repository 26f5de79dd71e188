import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';
import type { HistoryPort } from './history-port.ts';

/** Downsampling and retention, in portions, while the hub has little else to do. */
export function keepHistory(
  history: Pick<HistoryPort, 'upkeep'>,
  { gate, clock, busyFrom = 100 }: { gate: Pick<Gate, 'depth'>; clock: Clock; busyFrom?: number },
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  let isRunning = false;
  let isStopped = false;
  const end = clock.every(20_000, () => {
    if (isRunning) return;
    isRunning = true;
    portions()
      .catch((error: unknown) => troubled('history.upkeep-failed', error))
      .finally(() => {
        isRunning = false;
      });
  });

  async function portions(): Promise<void> {
    const isMoreLeft = await history.upkeep(clock.now());
    if (isMoreLeft && !isStopped && gate.depth() < busyFrom) await portions();
  }

  return {
    stop() {
      isStopped = true;
      end();
    },
  };
}
