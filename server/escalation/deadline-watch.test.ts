import { expect, it, vi } from 'vitest';
import type { Gate } from '../journal/gate.ts';
import { createMovingClock } from '../moving-clock.ts';
import { passedAtOnce, watchDeadlines } from './deadline-watch.ts';

const startMs = Date.UTC(2026, 2, 14);

it('looks again at once for what fell due while the store was slow', async () => {
  const clock = createMovingClock(startMs);
  const answers: (() => void)[] = [];
  const gate = {
    store: () => ({ is: 'ok' as const }),
    commit: () => new Promise<never>((resolve) => answers.push(() => resolve(1 as never))),
  } satisfies Pick<Gate, 'commit' | 'store'>;
  let isDue = true;
  const nextDeadlineAt = () => (isDue ? new Date(startMs).toISOString() : null);
  const watch = watchDeadlines(gate, clock, nextDeadlineAt, () => undefined);

  clock.move(1_000);
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  isDue = false;
  answers[1]?.();
  watch.stop();
});

it('carries out in portions what is due of many alarms, without waiting for the next look', async () => {
  const clock = createMovingClock(startMs);
  let due = 2 * passedAtOnce + 3;
  const portions: number[] = [];
  const gate = {
    store: () => ({ is: 'ok' as const }),
    commit: () => {
      const passed = Math.min(due, passedAtOnce);
      due -= passed;
      portions.push(passed);
      return Promise.resolve(passed as never);
    },
  } satisfies Pick<Gate, 'commit' | 'store'>;
  const nextDeadlineAt = () => (due > 0 ? new Date(startMs).toISOString() : null);
  const watch = watchDeadlines(gate, clock, nextDeadlineAt, () => undefined);

  clock.move(500);

  await vi.waitFor(() => expect(portions).toEqual([passedAtOnce, passedAtOnce, 3]));
  watch.stop();
});
