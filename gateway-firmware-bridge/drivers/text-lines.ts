import { rejected, type Rejected } from './rejection.ts';

/**
 * One line without its end (CR, LF or both; empty lines are no lines). `text` has one character for each byte, so
 * that no byte sequence is refused here; a driver whose lines hold UTF-8 decodes `bytes`.
 */
export type TextLine = {
  of: 'line';
  text: string;
  bytes: Uint8Array;
  /** The beginning did not fit and was thrown away as `too-long`. */
  isStartLost: boolean;
  /** The line went quiet before a line end came. */
  isEndLost: boolean;
};

export type LineSplitter = {
  push(bytes: Uint8Array): (TextLine | Rejected)[];
  /** Gives up the line that has begun; what there is of it comes out as a line whose end is lost. */
  quiet(): TextLine[];
};

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits bytes into lines and holds at most `2 × longestLine` of them, however long no line end comes. Bytes that
 * overflow are thrown away from the front, so a line of up to `longestLine` behind any amount of noise is still whole.
 */
export function createLineSplitter(longestLine: number): LineSplitter {
  const held = new Uint8Array(2 * longestLine);
  let length = 0;
  let isStartLost = false;

  function takeLine(isEndLost: boolean): TextLine {
    const bytes = held.slice(0, length);
    const text = Buffer.from(bytes.buffer).toString('latin1');
    const line: TextLine = { of: 'line', text, bytes, isStartLost, isEndLost };
    length = 0;
    isStartLost = false;
    return line;
  }

  function push(bytes: Uint8Array): (TextLine | Rejected)[] {
    const found: (TextLine | Rejected)[] = [];
    let [start, feed, carriage] = [0, -1, -1];
    while (start < bytes.length) {
      if (feed < start) feed = placeOf(bytes, lineFeed, start);
      if (carriage < start) carriage = placeOf(bytes, carriageReturn, start);
      const end = Math.min(feed, carriage);
      hold(bytes.subarray(start, end), found);
      if (end < bytes.length && length > 0) found.push(takeLine(false));
      start = end + 1;
    }
    return found;
  }

  function hold(bytes: Uint8Array, found: (TextLine | Rejected)[]): void {
    for (let at = 0; at < bytes.length;) {
      if (length === held.length) {
        found.push(rejected('too-long', held, longestLine));
        held.copyWithin(0, longestLine);
        length = longestLine;
        isStartLost = true;
      }
      const part = bytes.subarray(at, at + held.length - length);
      held.set(part, length);
      length += part.length;
      at += part.length;
    }
  }

  return { push, quiet: () => (length > 0 ? [takeLine(true)] : []) };
}

/** Where the byte stands next; behind the end if it does not. */
function placeOf(bytes: Uint8Array, byte: number, from: number): number {
  const at = bytes.indexOf(byte, from);
  return at < 0 ? bytes.length : at;
}
