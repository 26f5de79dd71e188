/** Tells a press from its repetitions: a transmitter sends the same frame 3–50 times for as long as its key is held. */
export type Repeats = {
  /** `key` names sender and signal; `nowMs` counts on a clock that only goes forward. */
  isNew(key: string, nowMs: number): boolean;
  /** How many frames were repetitions. */
  counted(): number;
};

type Press = { beganMs: number; lastMs: number };

/**
 * Frames of the same key closer together than `quietMs` are one press: the window slides, so a key held for ten seconds
 * is one press. A key that is stuck is a new press each `longestMs`, since nobody can tell it from calling for help.
 */
export function createRepeats({ quietMs = 1500, longestMs = 60_000 } = {}): Repeats {
  /** In the order of their last frame, so that the ones that are over stand first. */
  const presses = new Map<string, Press>();
  let repetitions = 0;

  return {
    isNew(key, nowMs) {
      forgetThoseThatAreOver(presses, nowMs, quietMs);
      const press = presses.get(key);
      presses.delete(key);
      const isRepetition =
        press !== undefined && isWithin(nowMs - press.lastMs, quietMs) && nowMs - press.beganMs < longestMs;
      presses.set(key, { beganMs: isRepetition ? press.beganMs : nowMs, lastMs: nowMs });
      if (isRepetition) repetitions += 1;
      return !isRepetition;
    },
    counted: () => repetitions,
  };
}

function forgetThoseThatAreOver(presses: Map<string, Press>, nowMs: number, quietMs: number): void {
  for (const [key, { lastMs }] of presses) {
    if (isWithin(nowMs - lastMs, quietMs)) return;
    presses.delete(key);
  }
}

/** A clock that went back all the same must not make one press swallow the next. */
function isWithin(sinceMs: number, quietMs: number): boolean {
  return sinceMs >= 0 && sinceMs < quietMs;
}
