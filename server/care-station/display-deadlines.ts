import type { Clock } from '../clock.ts';
import type { Gate } from '../journal/gate.ts';

/**
 * Moves alarms on that no screen has displayed in time. The deadlines are columns in the store, so a restart keeps them;
 * this only asks often enough, and only while some open alarm has one.
 */
export function watchDisplayDeadlines(
  gate: Gate,
  clock: Clock,
  hasDeadline: () => boolean,
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  let isAsking = false;
  const end = clock.every(500, () => {
    if (isAsking || !hasDeadline() || gate.store().is === 'failing') return;
    isAsking = true;
    void gate
      .commit('widenOverdueAlarms', null)
      .catch((error: unknown) => troubled('display-deadline.failed', error))
      .finally(() => {
        isAsking = false;
      });
  });
  return { stop: end };
}
