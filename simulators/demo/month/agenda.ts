import type { Cancel } from '../../time.ts';

export type Act = () => void | Promise<void>;

/** What happens in a simulated month, each at its instant; of the same instant in the order in which it was entered. */
export type Agenda = {
  at(atMs: number, act: Act): Cancel;
  /** `Infinity` when nothing is left. */
  nextAtMs(): number;
  /** Takes out what is due by then, one at a time. */
  takeUntil(atMs: number): Act | undefined;
};

type Entry = { atMs: number; act: Act };

export function createAgenda(): Agenda {
  /** The earliest stands last. */
  const entries: Entry[] = [];

  /** The first place whose entry is not later: whoever comes at the same instant stands before it, and is taken after it. */
  function placeOf(atMs: number): number {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle]?.atMs ?? 0) > atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    at(atMs, act) {
      // The hub's clock is moved by whole milliseconds, and would never come to a part of one.
      const entry = { atMs: Math.ceil(atMs), act };
      entries.splice(placeOf(entry.atMs), 0, entry);
      return () => {
        const index = entries.indexOf(entry);
        if (index >= 0) entries.splice(index, 1);
      };
    },
    nextAtMs: () => entries.at(-1)?.atMs ?? Infinity,
    takeUntil: (atMs) => ((entries.at(-1)?.atMs ?? Infinity) <= atMs ? entries.pop()?.act : undefined),
  };
}
