/** One clock for the whole page, so that all times turn over together. */
export type Ticker = {
  /** This screen's clock in milliseconds, as of the last tick. */
  now: () => number;
  subscribe: (listener: () => void) => () => void;
};

const tickMs = 1_000;

export function createTicker(clock: () => number): Ticker {
  let current = clock();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();

  function tick() {
    current = clock();
    for (const listener of listeners) listener();
  }

  return {
    now: () => current,
    subscribe: (listener) => {
      if (listeners.size === 0) {
        current = clock();
        timer = setInterval(tick, tickMs);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
  };
}
