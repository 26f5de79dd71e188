import { expect, it } from 'vitest';
import { emergencyKinds } from './emergencies.ts';
import { lifeStyles } from './life-styles.ts';
import { residentMonth } from './resident-month.ts';

const months = Array.from({ length: 36 }, (_, number) => residentMonth('test', number));

it('the same seed lives the same month, another set another', () => {
  expect(residentMonth('test', 3)).toEqual(months[3]);
  expect(residentMonth('other', 3).told).not.toEqual(months[3]?.told);
});

it('everything is in the order in which it reached the hub, within the thirty days', () => {
  for (const { told, fromMs, untilMs } of months) {
    expect(told).toEqual(told.toSorted((a, b) => a.receivedMs - b.receivedMs));
    expect(told[0]?.receivedMs).toBeGreaterThanOrEqual(fromMs);
    expect(told.at(-1)?.receivedMs).toBeLessThan(untilMs);
  }
});

it('every way of living comes, and emergencies of most kinds, each to be noticed before it is over', () => {
  expect(new Set(months.map(({ style }) => style)).size).toBe(lifeStyles.length);
  const labels = months.flatMap((month) => month.labels);
  expect(new Set(labels.map(({ kind }) => kind)).size).toBeGreaterThan(emergencyKinds.length / 2);
  for (const { withinMs, atMs, overMs } of labels) expect(overMs).toBeGreaterThan(atMs + withinMs / 2);
});

it('equipment fails in many months', () => {
  const troubles = new Set(months.flatMap((month) => month.troubles.map(({ is }) => is)));
  expect([...troubles]).toEqual(expect.arrayContaining(['power cut', 'flat battery', 'bouncing contact']));
});
