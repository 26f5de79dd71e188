import { randomInt } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import type { Stage } from './stage.ts';

const frozenMs = 3_000;

/** Random points of the work: so many more events have been acknowledged. */
async function untilFurther({ acknowledged }: Stage): Promise<void> {
  const enough = acknowledged() + randomInt(1, 120);
  while (acknowledged() < enough) await pass(1);
}

export const processFaults: readonly Fault[] = [
  {
    name: 'hub-killed',
    what: 'kill -9 of the hub at a random point, and a start',
    rounds: 6,
    async strike(stage) {
      await untilFurther(stage);
      await stage.hub.kill();
      await stage.hub.start();
    },
  },
  {
    name: 'hub-stopped',
    what: 'SIGTERM of the hub as a service manager does it, and a start',
    rounds: 1,
    async strike(stage) {
      await untilFurther(stage);
      await stage.hub.stop();
      await stage.hub.start();
    },
  },
  {
    name: 'hub-frozen',
    what: `SIGSTOP of the hub for ${frozenMs / 1000} s`,
    rounds: 1,
    async strike(stage) {
      await untilFurther(stage);
      stage.hub.freeze();
      await pass(frozenMs);
      stage.hub.thaw();
    },
  },
];
