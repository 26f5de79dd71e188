import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firingLimits, isFiring, withPress } from './firing.ts';
import type { Press } from './firing.ts';

const second = 1_000;
const press = (atMs: number, alarmId = 'a'): Press => ({ atMs, alarmId });
const afterAll = (presses: readonly Press[]): Press[] => presses.reduce<Press[]>(withPress, []);

describe('a device keeps firing', () => {
  it.each([
    ['no, after nine presses in a row', Array.from({ length: 9 }, (_, n) => press(n * second)), false],
    ['yes, after the tenth', Array.from({ length: 10 }, (_, n) => press(n * second)), true],
    [
      'no, with ten presses over more than ten minutes',
      Array.from({ length: 10 }, (_, n) => press(n * 70 * second)),
      false,
    ],
    ['no, after four alarms', Array.from({ length: 4 }, (_, n) => press(n * second, `a${n}`)), false],
    ['yes, after the fifth alarm', Array.from({ length: 5 }, (_, n) => press(n * second, `a${n}`)), true],
    [
      'no, with five alarms in an hour',
      Array.from({ length: 5 }, (_, n) => press(n * 900 * second, `a${n}`)),
      false,
    ],
    ['no, unheard of', [], false],
  ] as const)('%s', (_, presses, expected) => {
    expect(isFiring(afterAll(presses))).toBe(expected);
  });
});

const presses = fc.array(
  fc.record({ atMs: fc.nat(3_000 * second), alarmId: fc.constantFrom('a', 'b', 'c', 'd', 'e') }),
  {
    maxLength: 40,
  },
);

it('comes out the same in whatever order a gateway hands the presses over', () => {
  fc.assert(
    fc.property(presses, (all) => {
      const inOrder = afterAll(all.toSorted((a, b) => a.atMs - b.atMs));
      expect(afterAll(all).map(({ atMs }) => atMs)).toEqual(inOrder.map(({ atMs }) => atMs));
    }),
  );
});

it('what is kept of a device never grows, and decides as all of its presses would', () => {
  const { withinMs, pressesAtLeast } = firingLimits;
  fc.assert(
    fc.property(presses, (all) => {
      const kept = afterAll(all);
      expect(kept.length).toBeLessThanOrEqual(pressesAtLeast);
      const lastMs = Math.max(...all.map(({ atMs }) => atMs));
      const recent = all.filter(({ atMs }) => lastMs - atMs <= withinMs);
      if (recent.length >= pressesAtLeast) expect(isFiring(kept)).toBe(true);
      else expect(isFiring(kept)).toBe(new Set(recent.map(({ alarmId }) => alarmId)).size >= 5);
    }),
  );
});
