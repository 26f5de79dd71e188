import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAgenda } from './agenda.ts';

test('what is entered comes out by its instant, and of one instant in the order in which it was entered', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), (instants) => {
      const agenda = createAgenda();
      const came: [number, number][] = [];
      for (const [index, atMs] of instants.entries()) agenda.at(atMs, () => void came.push([atMs, index]));
      for (let act = agenda.takeUntil(9); act !== undefined; act = agenda.takeUntil(9)) void act();
      const expected = instants
        .map((atMs, index): [number, number] => [atMs, index])
        .toSorted(([a], [b]) => a - b);
      expect(came).toEqual(expected);
    }),
  );
});

test('what is called off does not come, and what is not due stays', () => {
  const agenda = createAgenda();
  const came: string[] = [];
  agenda.at(2, () => void came.push('two'));
  const cancel = agenda.at(1, () => void came.push('one'));
  cancel();
  cancel();
  expect(agenda.takeUntil(1)).toBeUndefined();
  expect(agenda.nextAtMs()).toBe(2);
  void agenda.takeUntil(2)?.();
  expect([came, agenda.nextAtMs()]).toEqual([['two'], Infinity]);
});

test('a part of a millisecond is the next whole one, to which a clock can be moved', () => {
  const agenda = createAgenda();
  agenda.at(1.2, () => undefined);
  expect(agenda.nextAtMs()).toBe(2);
});
