import { randomBytes } from 'node:crypto';

/** Gives the next event identifier, never one that it gave before. */
export type EventIds = () => string;

/**
 * Identifiers as firmware makes them: a word drawn once when the device starts, then a counter. `startWord` must differ
 * from start to start, because the hub takes an identifier that it has seen within 24 hours for a repetition.
 */
export function countingEventIds(startWord: string): EventIds {
  let count = 0;
  return () => {
    count += 1;
    return `${startWord}-${count.toString(36)}`;
  };
}

/** 8 random bytes: two starts of one device draw the same word once in 2^64. */
export function freshEventIds(): EventIds {
  return countingEventIds(randomBytes(8).toString('hex'));
}
