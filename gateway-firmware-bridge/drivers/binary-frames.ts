import type { Rejection } from './driver.ts';
import { rejected, type Rejected } from './rejection.ts';

/** What stands at the beginning of the bytes. */
export type Found =
  /** Too few bytes to tell, or to be whole. Must not be said of more bytes than the longest frame has. */
  | { is: 'more' }
  | { is: 'noise' }
  /** A frame that must not be taken; the next one may begin inside it. `length`: how far it reaches by its own account. */
  | { is: 'bad'; reason: Rejection; length: number }
  /** `isSure`: nothing but a frame looks like that, so the byte behind it begins the next one. */
  | { is: 'frame'; length: number; isSure: boolean };

export type Frame = { of: 'frame'; bytes: Uint8Array };

export type FrameSplitter = {
  push(bytes: Uint8Array): (Frame | Rejected)[];
  quiet(): (Frame | Rejected)[];
};

/** Noise is told in pieces of at most this size, so that noise without an end is told as well. */
const longestPiece = 256;

/**
 * Splits bytes into frames by what `find` says of their beginning. `isInStep` tells it that a sure frame, a quiet line
 * or the opening of the port stands just before. Each byte thrown away is told once, whatever pieces the bytes come in.
 */
export function createFrameSplitter(find: (bytes: Uint8Array, isInStep: boolean) => Found): FrameSplitter {
  let held: Uint8Array = new Uint8Array(0);
  let isInStep = true;
  let thrown: { reason: Rejection; head: number[]; length: number; reachesFor: number } | undefined;

  function take(isQuiet: boolean): (Frame | Rejected)[] {
    const taken: (Frame | Rejected)[] = [];
    let at = 0;

    const endThrowing = () => {
      if (thrown !== undefined) {
        taken.push(rejected(thrown.reason, Uint8Array.from(thrown.head), thrown.length));
      }
      thrown = undefined;
    };
    const throwAway = (byte: number, reason: Rejection, reachesFor: number) => {
      const isSameRun =
        thrown !== undefined && (thrown.reachesFor > 0 || (reason === 'noise' && thrown.reason === 'noise'));
      if (!isSameRun) endThrowing();
      thrown ??= { reason, head: [], length: 0, reachesFor };
      if (thrown.head.length < 64) thrown.head.push(byte);
      thrown.length += 1;
      thrown.reachesFor -= 1;
      isInStep = false;
      if (thrown.length === longestPiece) endThrowing();
    };

    for (let byte = held[at]; byte !== undefined; byte = held[at]) {
      const found = find(held.subarray(at), isInStep);
      if (found.is === 'more' && !isQuiet) break;
      if (found.is === 'frame') {
        endThrowing();
        taken.push({ of: 'frame', bytes: held.slice(at, at + found.length) });
        isInStep = found.isSure;
        at += found.length;
        continue;
      }
      if (found.is === 'more') throwAway(byte, 'cut', held.length - at);
      else if (found.is === 'bad') throwAway(byte, found.reason, found.length);
      else throwAway(byte, 'noise', 0);
      at += 1;
    }
    held = held.slice(at);
    if (isQuiet) {
      endThrowing();
      isInStep = true;
    }
    return taken;
  }

  return {
    push(bytes) {
      const joined = new Uint8Array(held.length + bytes.length);
      joined.set(held);
      joined.set(bytes, held.length);
      held = joined;
      return take(false);
    },
    quiet: () => take(true),
  };
}
