import { clockReachedSchema } from '@carebell/contracts/demo-clock.ts';
import type { ClockOrder, ClockReached } from '@carebell/contracts/demo-clock.ts';

/** The IPC channel to the hub that was started. */
export type HubChannel = {
  send(message: object): void;
  listen(listener: (message: unknown) => void): void;
};

/** The hub's clock, in the hands of whoever directs the month. */
export type HubClock = {
  nowMs(): number;
  /** Resolves when the hub stands there, or earlier where an alarm has changed on the way. */
  moveTo(toMs: number): Promise<ClockReached>;
};

export function openHubClock(channel: HubChannel, startMs: number): HubClock {
  let nowMs = startMs;
  let count = 0;
  const waiting = new Map<number, (reached: ClockReached) => void>();
  channel.listen((message) => {
    const reached = clockReachedSchema.safeParse(message);
    if (!reached.success) return;
    nowMs = reached.data.atMs;
    waiting.get(reached.data.number)?.(reached.data);
    waiting.delete(reached.data.number);
  });
  return {
    nowMs: () => nowMs,
    moveTo(toMs) {
      count += 1;
      const number = count;
      return new Promise((resolve) => {
        waiting.set(number, resolve);
        channel.send({ number, toMs: Math.round(toMs) } satisfies ClockOrder);
      });
    },
  };
}
