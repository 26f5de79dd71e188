import { expect, it } from 'vitest';
import type { Gate } from '../journal/gate.ts';
import { createMovingClock } from '../moving-clock.ts';
import { gatherSightings } from './sightings.ts';

it('who flushes while an earlier flush is being written waits for that one too', async () => {
  const clock = createMovingClock();
  const stored = Promise.withResolvers<undefined>();
  const gate = {
    store: () => ({ is: 'ok' }),
    commit: () => stored.promise,
  } as unknown as Gate;
  const sightings = gatherSightings(gate, clock);
  sightings.seen('gateway', 'g1', clock.now());
  clock.move(5_000);
  const order: string[] = [];
  setImmediate(() => {
    order.push('stored');
    stored.resolve(undefined);
  });
  await sightings.flush();
  order.push('flushed');
  expect(order).toEqual(['stored', 'flushed']);
  sightings.stop();
});
