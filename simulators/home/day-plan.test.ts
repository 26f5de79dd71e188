import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { dayMs, planDay } from './day-plan.ts';

const devices = [
  { id: 'door', type: 'door-sensor' },
  { id: 'motion', type: 'motion-sensor' },
  { id: 'bed', type: 'bed-sensor' },
  { id: 'button', type: 'button' },
] as const;

const days = fc.string().map((seed) => planDay(seededRandom(seed), devices));

test('the same seed lives the same day, another seed another', () => {
  expect(planDay(seededRandom('a'), devices)).toEqual(planDay(seededRandom('a'), devices));
  expect(planDay(seededRandom('a'), devices)).not.toEqual(planDay(seededRandom('b'), devices));
});

test('a day is in order, within its 24 hours, and as busy as a flat with one old person in it', () => {
  fc.assert(
    fc.property(days, (acts) => {
      expect(acts).toEqual(acts.toSorted((a, b) => a.atMs - b.atMs));
      expect(acts.every(({ atMs }) => atMs >= 0 && atMs < dayMs)).toBe(true);
      expect(acts.length).toBeGreaterThan(60);
      expect(acts.length).toBeLessThan(250);
    }),
  );
});

test('nobody moves in the flat between leaving it and coming home', () => {
  fc.assert(
    fc.property(days, (acts) => {
      const opened = acts.filter(({ act }) => act === 'open').map(({ atMs }) => atMs);
      expect(opened).toHaveLength(4);
      for (const [out, home] of [opened.slice(0, 2), opened.slice(2)]) {
        expect(acts.filter(({ act, atMs }) => act === 'move' && atMs > out! && atMs < home!)).toEqual([]);
      }
    }),
  );
});

test('a dwelling without sensors has an empty plan', () => {
  expect(planDay(seededRandom('a'), [{ id: 'button', type: 'button' }])).toEqual([]);
});
