import { crc32 } from 'node:zlib';

const [lineFeed, nul] = [0x0a, 0];
const checksumLength = 8;

/** A checksum, a space, JSON and a line feed: readable, and a line that a power cut has torn is known as such. */
export function encodeLine(value: unknown): Buffer {
  const json = JSON.stringify(value);
  return Buffer.from(`${checksumOf(Buffer.from(json))} ${json}\n`);
}

export type DecodedLines<T> = {
  values: T[];
  /** Lines that are not as they were written. */
  damaged: number;
  /** Bytes up to the last whole line; what follows is reserved room or a torn line. */
  usedBytes: number;
};

/**
 * Reads what a file holds up to its reserved room. A damaged line costs itself, never the lines after it. The checksum
 * says that these are the bytes of `encodeLine`; `parse` says that they are of this version.
 */
export function decodeLines<T>(bytes: Buffer, parse: (json: unknown) => T | undefined): DecodedLines<T> {
  const values: T[] = [];
  let [damaged, start, usedBytes] = [0, 0, 0];
  for (;;) {
    // A torn write may leave a hole of zeros before lines that did reach the disk.
    while (start < bytes.length && bytes[start] === nul) start += 1;
    if (start >= bytes.length) break;
    const end = bytes.indexOf(lineFeed, start);
    const text = end < 0 ? undefined : jsonOf(bytes.subarray(start, end));
    const value = text === undefined ? undefined : parse(JSON.parse(text));
    if (value === undefined) damaged += 1;
    else values.push(value);
    if (end < 0) break;
    start = end + 1;
    usedBytes = start;
  }
  return { values, damaged, usedBytes };
}

function jsonOf(line: Buffer): string | undefined {
  const json = line.subarray(checksumLength + 1);
  return line.toString('latin1', 0, checksumLength) === checksumOf(json) ? json.toString() : undefined;
}

function checksumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(checksumLength, '0');
}
