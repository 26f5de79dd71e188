import { expect, it, vi } from 'vitest';
import type { Gate } from '../journal/gate.ts';
import { createMovingClock } from '../moving-clock.ts';
import { passedAtOnce, watchDeadlines } from './deadline-watch.ts';

const startMs = Date.UTC(2026, 2, 14);

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
