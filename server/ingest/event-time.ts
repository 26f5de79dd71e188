/** An event that reaches the hub this long after it happened is shown as late. */
export const lateAfterMs = 120_000;
/** A clock of a device may run ahead of the hub's by this much before its time is not believed. */
const believableAheadMs = 300_000;
/** No device of this system was built before: an older time is a clock that was never set. */
const earliestBelievableMs = Date.UTC(2020, 0, 1);

export type EventTime = {
  /** The hub's best knowledge of when it happened, in milliseconds since the epoch; never after it was received. */
  happenedAtMs: number;
  isLate: boolean;
  /** Why the time that the device claimed was not believed; the claim itself stays in the stored event. */
  doubt: 'clock-ahead' | 'clock-not-set' | null;
};

/** Decides when an event happened from what the device claims (`at` or `ageMs`) and when it was received. */
export function eventTime(
  claim: { at?: string | undefined; ageMs?: number | undefined },
  receivedAtMs: number,
): EventTime {
  const claimedMs =
    claim.at !== undefined
      ? Date.parse(claim.at)
      : claim.ageMs !== undefined
        ? receivedAtMs - claim.ageMs
        : receivedAtMs;
  if (claimedMs > receivedAtMs + believableAheadMs)
    return believed(receivedAtMs, receivedAtMs, 'clock-ahead');
  if (claimedMs < earliestBelievableMs) return believed(receivedAtMs, receivedAtMs, 'clock-not-set');
  return believed(Math.min(claimedMs, receivedAtMs), receivedAtMs, null);
}

function believed(happenedAtMs: number, receivedAtMs: number, doubt: EventTime['doubt']): EventTime {
  return { happenedAtMs, isLate: receivedAtMs - happenedAtMs > lateAfterMs, doubt };
}
