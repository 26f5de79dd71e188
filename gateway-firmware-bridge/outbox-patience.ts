import type { Clock } from './clock.ts';
import type { Lane, Waiting } from './outbox-lane.ts';

export type PatiencePorts = {
  clock: Clock;
  /** Given up: the hub does not want it. */
  refuse(waiting: Waiting): void;
  again(waiting: Waiting): void;
  /** Asks for any word of the hub. */
  askHub(): void;
};

/** `accepted` follows the PUBACK of the hub's own broker within milliseconds. */
const acceptedWithinMs = 10_000;
const firstPauseMs = 20_000;
const longestPauseMs = 600_000;
const enoughTries = 3;
/** The hub knows an identifier again for 24 hours; an event repeated later would be a second press. */
const longestDoubtMs = 23 * 3600 * 1000;

/**
 * Events that were acknowledged and not accepted. A PUBACK without `accepted` is a refusal (a device that is registered
 * behind another gateway), or a broker whose hub is away. So the event is repeated, with longer and longer
 * pauses, and is given up when the hub has spoken since each of three times, or when it would no longer be known as
 * a repetition.
 */
export function createPatience({ clock, refuse, again, askHub }: PatiencePorts) {
  const aside = new Map<Waiting, number>();
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let hubSpokeAtMs = Number.NEGATIVE_INFINITY;

  function judge(waiting: Waiting, lane: Lane, nowMs: number): void {
    const { acknowledgedAtMs, firstAcknowledgedAtMs } = waiting;
    if (acknowledgedAtMs === undefined || nowMs - acknowledgedAtMs < acceptedWithinMs) return;
    if (hubSpokeAtMs <= acknowledgedAtMs && nowMs - acknowledgedAtMs < 2 * acceptedWithinMs) {
      if (askedAtMs <= acknowledgedAtMs) {
        askedAtMs = nowMs;
        askHub();
      }
      return;
    }
    waiting.acknowledgedAtMs = undefined;
    if (hubSpokeAtMs > acknowledgedAtMs) waiting.unaccepted += 1;
    const isTooOld = nowMs - (firstAcknowledgedAtMs ?? nowMs) > longestDoubtMs;
    if (waiting.unaccepted >= enoughTries || isTooOld) {
      refuse(waiting);
      return;
    }
    lane.setAside(waiting);
    const pauseMs = Math.min(firstPauseMs * 2 ** waiting.unaccepted, longestPauseMs);
    aside.set(waiting, nowMs + pauseMs);
  }

  return {
    acknowledged(waiting: Waiting): void {
      waiting.acknowledgedAtMs = clock.monotonic();
      waiting.firstAcknowledgedAtMs ??= waiting.acknowledgedAtMs;
    },
    hubSpoke(): void {
      hubSpokeAtMs = clock.monotonic();
    },
    look(lane: Lane): void {
      const nowMs = clock.monotonic();
      for (const waiting of lane.inFlight()) judge(waiting, lane, nowMs);
      for (const [waiting, untilMs] of aside) {
        if (nowMs < untilMs) continue;
        aside.delete(waiting);
        again(waiting);
      }
    },
    forget: (waiting: Waiting): void => void aside.delete(waiting),
  };
}
