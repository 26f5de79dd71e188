import type { Overrides } from '@carebell/server/compose.ts';

type Clock = NonNullable<Overrides['clock']>;

const everyAtMostMs = 50;

/** The real time, in which everything periodic comes round at once: records that are written together every second need no wait. */
export const hastyClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
  every(periodMs, action) {
    const timer = setInterval(action, Math.min(periodMs, everyAtMostMs));
    return () => clearInterval(timer);
  },
};
