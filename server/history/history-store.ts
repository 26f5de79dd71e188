import type { RefusedPoint } from './carry.ts';

/** What of the history stands beside the journal and is written through the gate. */
export type HistoryStore = {
  /** Keeps points that the store refused, once each, and of all the latest only. */
  addDeadLetters(points: readonly RefusedPoint[], refusedAtMs: number, keptAtMost: number): Promise<void>;
  hasOpenAlarm(residentId: string): Promise<boolean>;
  /**
   * Takes the resident's record, contacts included, out of the registry and everything that was to be told about their
   * alarms; puts the pseudonym in its place in the alarms; notes what is left to do.
   */
  forgetResident(erasure: {
    residentId: string;
    pseudonym: string;
    stationId: string | null;
    reason: string;
    requestedBy: string;
    atMs: number;
  }): Promise<void>;
  /** Removes what devices said in these entries, and puts the pseudonym into those that stay. Returns how many it removed. */
  eraseEntries(erasure: { residentId: string; pseudonym: string; seqs: readonly number[] }): Promise<number>;
  /** Nothing stands under the resident's identifier any more, so it goes too. */
  finishErasure(pseudonym: string, atMs: number): Promise<void>;
};
