import type { Clock } from '../clock.ts';
import type { Gate } from './gate.ts';

type HouseWork = 'indexByDevice' | 'forgetOldEvents' | 'forgetAddresses' | 'forgetUnknown';

/**
 * What must be done to the journal and not on an alarm's path: indexing behind it, forgetting what is old. In portions,
 * each in a transaction of its own, so that what devices say comes between.
 */
export function keepHouse(
  gate: Gate,
  clock: Clock,
  troubled: (event: string, error: unknown) => void,
): { stop(): void } {
  const ends = [
    clock.every(1_000, () => run('indexByDevice')),
    clock.every(60_000, () => run('forgetOldEvents')),
    clock.every(3_600_000, () => run('forgetAddresses')),
    clock.every(3_600_000, () => run('forgetUnknown')),
  ];
  const running = new Set<string>();
  let isStopped = false;

  function run(work: HouseWork): void {
    if (running.has(work) || gate.store().is === 'failing') return;
    running.add(work);
    portions(work)
      .catch((error: unknown) => troubled('housekeeping.failed', error))
      .finally(() => running.delete(work));
  }

  async function portions(work: HouseWork): Promise<void> {
    const isMoreLeft = await gate.commit(work, null);
    if (isMoreLeft && !isStopped) await portions(work);
  }

  return {
    stop() {
      isStopped = true;
      for (const end of ends) end();
    },
  };
}
