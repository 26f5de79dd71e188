import { createMovingClock } from '@carebell/server/compose.ts';

export type LeapingClock = ReturnType<typeof createLeapingClock>;

const tickMs = 20;

/**
 * A clock that goes like a real one, so that screens and devices live with the hub as ever, and that a test lets leap over hours:
 * what falls due within them comes round in its order.
 */
export function createLeapingClock(startMs: number) {
  const moving = createMovingClock(startMs);
  let tickedMs = performance.now();
  const timer = setInterval(() => {
    const passedMs = Math.floor(performance.now() - tickedMs);
    tickedMs += passedMs;
    moving.move(passedMs);
  }, tickMs);
  return {
    now: moving.now,
    monotonic: moving.monotonic,
    after: moving.after,
    every: moving.every,
    leap: moving.move,
    stop: () => clearInterval(timer),
  };
}
