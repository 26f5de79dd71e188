import type { ClockMark } from './clock-step.ts';

export type ClockStore = {
  /** Where the hub's clock stood last, as far as it was noted. */
  mark(): Promise<ClockMark | undefined>;
  setMark(mark: ClockMark): Promise<void>;
  /** When the last line of the journal was received. */
  lastWrittenMs(): Promise<number | null>;
  /** Moves what is due, and since when something lasts that is not over, by so much. What is recorded stays as it is. */
  carryOver(byMs: number): Promise<void>;
};
