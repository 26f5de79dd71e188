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
  let isFlushed = false;
  const flushed = sightings.flush().then(() => {
    isFlushed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isFlushed).toBe(false);
  stored.resolve(undefined);
  await flushed;
  expect(isFlushed).toBe(true);
  sightings.stop();
});
