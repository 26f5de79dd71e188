import type { RefusedPoint } from './carry.ts';

/** What of the history stands beside the journal and is written through the gate. */
export type HistoryStore = {
  /** Keeps points that the store refused, once each, and of all the latest only. */
  addDeadLetters(points: readonly RefusedPoint[], refusedAtMs: number, keptAtMost: number): Promise<void>;
};
