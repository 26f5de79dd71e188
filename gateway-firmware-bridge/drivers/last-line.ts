import type { Decoded } from './driver.ts';

export type LastLine = {
  /** What this line means, if it is the one that was kept. */
  meaning(text: string): Decoded[] | undefined;
  /** For a line that means the same whenever it is said. */
  keep(text: string, meaning: Decoded[]): void;
};

/** A transmitter repeats its frame up to fifty times; all but the first need no decoding. */
export function createLastLine(): LastLine {
  let last: { text: string; meaning: Decoded[] } | undefined;
  return {
    meaning: (text) => (last?.text === text ? last.meaning : undefined),
    keep(text, meaning) {
      last = { text, meaning };
    },
  };
}
