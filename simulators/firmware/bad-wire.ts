import { wholeBetween } from '../random.ts';
import type { Random } from '../random.ts';

/** Shares from 0 to 1. */
export type Damage = {
  /** Frames that have one to eight bytes of noise before them. */
  noise: number;
  /** Frames that end too early. */
  truncate: number;
};

/** A cable that damages some of the frames; the seed behind `random` says which. It may get worse or better meanwhile. */
export function badWire(random: Random, damage: Damage): (frame: Uint8Array) => Uint8Array {
  return (frame) => {
    const { noise, truncate } = damage;
    const isCut = random() < truncate;
    const isNoisy = random() < noise;
    const kept = isCut ? frame.subarray(0, wholeBetween(random, 0, frame.length - 1)) : frame;
    if (!isNoisy) return kept;
    const before = Uint8Array.from({ length: wholeBetween(random, 1, 8) }, () =>
      wholeBetween(random, 0, 255),
    );
    return Uint8Array.from([...before, ...kept]);
  };
}
