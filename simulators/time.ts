/** Calls off what was planned; harmless when it has run already. */
export type Cancel = () => void;

/** The clock and the timers of a simulation: the machine's own, or one that a test moves by hand. */
export type Time = {
  /** Milliseconds since 1970. Never runs backwards, so that an age computed from it is never negative. */
  now(): number;
  after(delayMs: number, run: () => void): Cancel;
};

export const systemTime: Time = {
  now: () => performance.timeOrigin + performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * The same time running `pace` times as fast, for the happenings of a simulated day. Devices keep the real time: their
 * ages and limits are part of the protocol.
 */
export function fasterTime(time: Time, pace: number): Time {
  const startedAt = time.now();
  return {
    now: () => startedAt + (time.now() - startedAt) * pace,
    after: (delayMs, run) => time.after(delayMs / pace, run),
  };
}

/** Runs `run` again and again, `nextDelayMs()` after the time before. */
export function repeat(time: Time, nextDelayMs: () => number, run: () => void): Cancel {
  let cancel: Cancel = () => {};
  const plan = () => {
    cancel = time.after(nextDelayMs(), () => {
      plan();
      run();
    });
  };
  plan();
  return () => cancel();
}
