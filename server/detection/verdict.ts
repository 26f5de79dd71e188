/**
 * What a rule says of the facts as they are: at this instant it raises, if nothing changes before, or must only be looked
 * at again. `null`: only something new can make it speak.
 */
export type Verdict = { atMs: number; raise: Raise | null } | null;

export type Raise = {
  /** What makes it the same case: the sign after which nothing came, the opening of the door, the day. */
  episode: number;
  sinceMs: number;
  deviceId: string;
  room?: string;
  eventKind?: string;
  limitMinutes?: number;
  by?: string;
  count?: number;
  /** It speaks of a time for which it was too late. */
  isLate?: boolean;
};

export function look(atMs: number): Verdict {
  return { atMs, raise: null };
}
