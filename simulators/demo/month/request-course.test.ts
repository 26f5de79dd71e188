import { expect, test } from 'vitest';
import { seededRandom } from '../../random.ts';
import { providerDeeds, requestCourse } from './request-course.ts';

const courses = Array.from({ length: 2_000 }, (_, seed) =>
  requestCourse(seededRandom(`${seed}`)).map(({ act }) => act),
);
const isProviders = (act: string): boolean => providerDeeds.some((deed) => deed === act);

test('nobody answers by a link who was not sent one before, and what is done was arranged', () => {
  const before = (acts: string[], act: string) => acts.slice(0, Math.max(acts.indexOf(act), 0));
  const answered = courses.filter((acts) => acts.some(isProviders));
  const done = courses.filter((acts) => acts.includes('done'));
  const doneByLink = courses.filter((acts) => acts.includes('provider-done'));
  expect(Math.min(answered.length, done.length, doneByLink.length)).toBeGreaterThan(100);
  for (const acts of answered) expect(acts.slice(0, acts.findIndex(isProviders))).toContain('offer');
  for (const acts of done) expect(before(acts, 'done')).toContain('arrange');
  for (const acts of doneByLink) expect(before(acts, 'provider-done')).toContain('provider-accepts');
});

test('about two of five requests go to a provider by a message, and most of these are done by it', () => {
  const offered = courses.filter((acts) => acts.includes('offer'));
  expect(offered.length / courses.length).toBeGreaterThan(0.35);
  expect(offered.length / courses.length).toBeLessThan(0.55);
  const done = offered.filter((acts) => acts.includes('provider-done'));
  expect(done.length / offered.length).toBeGreaterThan(0.6);
  for (const deed of providerDeeds) expect(courses.some((acts) => acts.includes(deed))).toBe(true);
});

test('the same seed makes the same course', () => {
  expect(requestCourse(seededRandom('a'))).toEqual(requestCourse(seededRandom('a')));
});
