import type { Clock } from '../clock.ts';
import type { HistoryPort } from './history-port.ts';

/** Downsampling and retention, in portions, while the hub has little else to do. */
export function keepHistory(
  history: Pick<HistoryPort, 'upkeep'>,
  { clock, isBusy }: { clock: Clock; isBusy(): boolean },
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  let isRunning = false;
  let isStopped = false;
  const end = clock.every(20_000, () => {
    if (isRunning || isBusy()) return;
    isRunning = true;
    portions()
      .catch((error: unknown) => troubled('history.upkeep-failed', error))
      .finally(() => {
        isRunning = false;
      });
  });

  async function portions(): Promise<void> {
    const isMoreLeft = await history.upkeep(clock.now());
    if (isMoreLeft && !isStopped && !isBusy()) await portions();
  }

  return {
    stop() {
      isStopped = true;
      end();
    },
  };
}
