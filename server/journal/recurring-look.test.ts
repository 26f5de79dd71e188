import { expect, it } from 'vitest';
import { createMovingClock } from '../moving-clock.ts';
import type { StoreState } from './gate.ts';
import { lookEvery } from './recurring-look.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('looks once at a time, not while the store fails, again after a failure, and not after its end', async () => {
  const clock = createMovingClock();
  let store: StoreState = { is: 'ok' };
  const looks: { done: () => void; fail: (error: Error) => void; isStopped: () => boolean }[] = [];
  const failures: unknown[] = [];
  const watch = lookEvery({
    gate: { store: () => store },
    clock,
    everyMs: 1_000,
    look: (isStopped) =>
      new Promise((resolve, reject) => looks.push({ done: resolve, fail: reject, isStopped })),
    failed: (error) => void failures.push(error),
  });
  clock.move(3_000);
  expect(looks).toHaveLength(1);
  looks[0]!.done();
  await turn();
  store = { ...store, is: 'failing' } as StoreState;
  clock.move(1_000);
  expect(looks).toHaveLength(1);
  store = { is: 'ok' };
  clock.move(1_000);
  expect(looks).toHaveLength(2);
  const error = new Error('no disk');
  looks[1]!.fail(error);
  await turn();
  expect(failures).toEqual([error]);
  clock.move(1_000);
  expect(looks).toHaveLength(3);
  expect(looks[2]!.isStopped()).toBe(false);
  watch.stop();
  expect(looks[2]!.isStopped()).toBe(true);
  looks[2]!.done();
  await turn();
  clock.move(5_000);
  expect(looks).toHaveLength(3);
});
