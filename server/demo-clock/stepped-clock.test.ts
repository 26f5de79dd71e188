import { expect, it } from 'vitest';
import { createSteppedClock } from './stepped-clock.ts';

const startMs = Date.UTC(2026, 9, 1);

it('stands still until it is told how late it is, and never goes back', () => {
  const clock = createSteppedClock(startMs);
  clock.stepTo(startMs + 5_000);
  clock.stepTo(startMs);
  expect([clock.now(), clock.monotonic()]).toEqual([startMs + 5_000, startMs + 5_000]);
});

it('runs what was due in its order, once each, at the instant it was moved to', () => {
  const clock = createSteppedClock(startMs);
  const ran: string[] = [];
  const note = (name: string) => () => void ran.push(`${name} ${clock.now() - startMs}`);
  clock.every(1_000, note('second'));
  clock.after(7_000, note('seven'));
  clock.after(3_000, note('three'));
  clock.stepTo(startMs + 10_000);
  expect(ran).toEqual(['second 10000', 'three 10000', 'seven 10000']);
  clock.stepTo(startMs + 11_000);
  expect(ran.slice(3)).toEqual(['second 11000']);
});

it('forgets what was called off, also by something that ran just before', () => {
  const clock = createSteppedClock(startMs);
  const ran: string[] = [];
  const end = clock.after(2_000, () => ran.push('called off'));
  clock.after(1_000, end);
  const stop = clock.every(500, () => ran.push('never'));
  stop();
  clock.stepTo(startMs + 5_000);
  expect(ran).toEqual([]);
});
