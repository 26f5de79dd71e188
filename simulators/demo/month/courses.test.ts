import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { dispositionsThatNeedANote } from '@carebell/contracts/dispositions.ts';
import { alarmKindNames, alarmKinds } from '@carebell/contracts/alarm-kinds.ts';
import { seededRandom } from '../../random.ts';
import { callsOfDay } from './calls.ts';
import { courseOf } from './courses.ts';

const circumstances = fc.record({
  kind: fc.constantFrom(...alarmKindNames),
  isNight: fc.boolean(),
  isDrill: fc.boolean(),
  isTest: fc.boolean(),
  isTakenBack: fc.boolean(),
});
const callers = Array.from({ length: 24 }, (_, index) => ({
  resident: `r${index}`,
  canFall: index % 2 === 0,
  canOrder: index % 3 === 0,
  canSmoke: index % 4 === 0,
}));

test('every alarm is shown, answered and closed by somebody, and nobody is waited for backwards', () => {
  fc.assert(
    fc.property(circumstances, fc.string(), (around, seed) => {
      const deeds = courseOf(seededRandom(seed), { ...around, priority: alarmKinds[around.kind].priority });
      expect(deeds.map(({ is }) => is).slice(0, 2)).toEqual(['show', 'answer']);
      const closings = deeds.flatMap((deed) => (deed.is === 'close' ? [deed] : []));
      expect(deeds.some(({ is }) => is === 'close' || is === 'request')).toBe(true);
      for (const { disposition, note } of closings)
        expect(note !== '' || !dispositionsThatNeedANote.has(disposition)).toBe(true);
      expect(deeds.every(({ afterMs }) => afterMs > 0)).toBe(true);
    }),
  );
});

test('who reports from the spot was sent there before', () => {
  const ways = Array.from({ length: 300 }, (_, seed) =>
    courseOf(seededRandom(`${seed}`), {
      kind: 'help',
      priority: 'emergency',
      isNight: false,
      isDrill: false,
      isTest: false,
      isTakenBack: false,
    }).map(({ is }) => is),
  ).filter((way) => way.includes('report'));
  expect(ways.length).toBeGreaterThan(50);
  for (const way of ways) expect(way.indexOf('send-responder')).toBeLessThan(way.indexOf('report'));
  expect(ways.every((way) => way.includes('send-responder'))).toBe(true);
});

test('the same seed calls on the same day, some twelve times, more by day than by night', () => {
  const days = Array.from({ length: 60 }, (_, day) => callsOfDay(seededRandom(`a:${day}`), callers, 0));
  expect(callsOfDay(seededRandom('a:7'), callers, 0)).toEqual(days[7]);
  const all = days.flat();
  expect(all.length / days.length).toBeGreaterThan(9);
  expect(all.length / days.length).toBeLessThan(15);
  const atNight = all.filter(({ atMs }) => atMs < 6 * 3_600_000).length;
  expect(atNight).toBeGreaterThan(0);
  expect(atNight / all.length).toBeLessThan(0.2);
  expect(new Set(all.map(({ is }) => is))).toEqual(new Set(['help', 'fall', 'smoke', 'order']));
});
