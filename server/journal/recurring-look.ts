import type { Clock } from '../clock.ts';
import type { Gate } from './gate.ts';

type Ports = {
  gate: Pick<Gate, 'store'>;
  clock: Pick<Clock, 'every'>;
  everyMs: number;
  /** Carries out what is due; a long one asks between its steps whether the hub is stopping. */
  look: (isStopped: () => boolean) => Promise<void>;
  /** A look that failed: the next one tries again. */
  failed: (error: unknown) => void;
};

/** Looks again and again for what is due: never twice at once, and not while nothing can be stored. */
export function lookEvery({ gate, clock, everyMs, look, failed }: Ports): { stop(): void } {
  let isLooking = false;
  let isStopped = false;
  const end = clock.every(everyMs, () => {
    if (isLooking || gate.store().is === 'failing') return;
    isLooking = true;
    void look(() => isStopped)
      .catch(failed)
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
