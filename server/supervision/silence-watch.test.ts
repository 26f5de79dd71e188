import { expect, it, vi } from 'vitest';
import type { Gate } from '../journal/gate.ts';
import { createMovingClock } from '../moving-clock.ts';
import type { SupervisedKey } from './silence-store.ts';
import { watchSilence } from './silence-watch.ts';

/** A watch whose writing of what was seen ends when the test says so. */
function open(unheard: readonly string[] = []) {
  const clock = createMovingClock();
  const begun: string[][] = [];
  let untilWritten = Promise.withResolvers<void>();
  const commit = ((name: string, input: readonly SupervisedKey[]) => {
    if (name === 'lookForSilence') return Promise.resolve({ looked: 0, silenced: [], nextDeadlineMs: null });
    if (name !== 'beginSupervision') return Promise.resolve(null);
    begun.push(input.map(({ id }) => id));
    const isFirst = begun.length === 1;
    return Promise.resolve({
      unheard: isFirst ? input.filter(({ id }) => unheard.includes(id)) : [],
      nextDeadlineMs: null,
    });
  }) as unknown as Gate['commit'];
  const troubled = vi.fn<() => void>();
  const watch = watchSilence({
    gate: { commit, store: () => ({ is: 'ok' }) },
    clock,
    known: [],
    reads: { dueSupervised: () => Promise.resolve([]) },
    sightings: { seen: () => undefined, flush: () => untilWritten.promise },
    isRegistered: () => true,
    isConnected: () => false,
    troubled,
  });
  return {
    begun,
    troubled,
    stop: () => watch.stop(),
    heard: (id: string) => watch.heard('gateway', id, 0),
    async look() {
      clock.move(1_000);
      await new Promise(setImmediate);
    },
    async written() {
      const before = untilWritten;
      untilWritten = Promise.withResolvers<void>();
      before.resolve();
      await new Promise(setImmediate);
    },
  };
}

it('waits for nobody whose first sign of life is not stored yet: who is heard while that of others is written comes next', async () => {
  const { begun, heard, look, written, stop, troubled } = open();
  await written();
  await look();
  await written();
  heard('g1');
  await look();
  heard('g2');
  await written();
  expect(begun).toEqual([['g1']]);
  await look();
  await written();
  expect(begun).toEqual([['g1'], ['g2']]);
  expect(troubled).not.toHaveBeenCalled();
  stop();
});

it('begins anew with the next sign of life of somebody of whom the store knew none', async () => {
  const { begun, heard, look, written, stop } = open(['g1']);
  await look();
  await written();
  heard('g1');
  await look();
  await written();
  heard('g1');
  await look();
  await written();
  heard('g1');
  await look();
  await written();
  expect(begun).toEqual([['g1'], ['g1']]);
  stop();
});
