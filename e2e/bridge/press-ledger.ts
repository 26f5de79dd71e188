/** A press on a transmitter: one identifier, some frames. */
export type Press = { id: string; frames: { atMs: number; cable: number }[] };

/** A time in which a bridge had the line open, from `atMs` on; `cable` counts how often it was plugged in. */
type Watch = { cable: number; fromMs: number; toMs: number };

/**
 * What may be asked of a bridge. A transmitter repeats its frame and hears no answer; bytes that arrive while no process
 * has the port open are dropped by the adapter's driver. So a press is **owed** if one of its frames was written while
 * a bridge had the port open, and both the cable and that bridge held out for `graceMs` more: time to read the frame and
 * fsync it on a busy machine. Every owed press must arrive exactly once, and any other at most once.
 */
export function createPressLedger(graceMs: number) {
  const presses: Press[] = [];
  const watches: Watch[] = [];

  return {
    presses,
    pressed(press: Press): void {
      presses.push(press);
    },
    opened(cable: number, atMs: number): void {
      watches.push({ cable, fromMs: atMs, toMs: Number.POSITIVE_INFINITY });
    },
    /** The bridge was killed, the cable pulled, or the line closed: called just before it happens. */
    ended(atMs: number): void {
      for (const watch of watches) watch.toMs = Math.min(watch.toMs, atMs);
    },
    owed(): Set<string> {
      const owed = presses.filter(({ frames }) =>
        frames.some((frame) =>
          watches.some(
            ({ cable, fromMs, toMs }) =>
              cable === frame.cable && fromMs <= frame.atMs && toMs - frame.atMs >= graceMs,
          ),
        ),
      );
      return new Set(owed.map(({ id }) => id));
    },
  };
}
