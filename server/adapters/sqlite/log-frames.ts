import { endianness } from 'node:os';

/** The numbers of SQLite's file format, section 4 ("The Write-Ahead Log"), and of its wal-index. */
const logHeaderBytes = 32;
const frameHeaderBytes = 24;
const saltAt = 16;
const littleEndianMagic = 0x377f0682;
const indexVersion = 3_007_000;
const indexHeaderBytes = 48;

/** How far the log holds, by its own checksums: up to the last commit that nothing before it contradicts. */
export function wholeFrames(log: Buffer): { frames: number; salt: Buffer } | undefined {
  if (log.length < logHeaderBytes) return undefined;
  const magic = log.readUInt32BE(0);
  if (magic !== littleEndianMagic && magic !== littleEndianMagic + 1) return undefined;
  const isLittle = magic === littleEndianMagic;
  const word = (at: number): number => (isLittle ? log.readUInt32LE(at) : log.readUInt32BE(at));
  const salt = log.subarray(saltAt, saltAt + 8);
  const frameBytes = frameHeaderBytes + log.readUInt32BE(8);
  let sums: [number, number] = [0, 0];

  function add(from: number, to: number): void {
    let [a, b] = sums;
    for (let at = from; at < to; at += 8) {
      a = (a + word(at) + b) >>> 0;
      b = (b + word(at + 4) + a) >>> 0;
    }
    sums = [a, b];
  }
  const isSum = (at: number): boolean =>
    log.readUInt32BE(at) === sums[0] && log.readUInt32BE(at + 4) === sums[1];

  add(0, 24);
  if (!isSum(24)) return undefined;
  let frames = 0;
  for (let at = logHeaderBytes, count = 1; at + frameBytes <= log.length; at += frameBytes, count += 1) {
    if (!log.subarray(at + 8, at + 16).equals(salt)) break;
    add(at, at + 8);
    add(at + frameHeaderBytes, at + frameBytes);
    if (!isSum(at + 16)) break;
    // The size of the database stands in the last frame of a commit.
    if (log.readUInt32BE(at + 4) > 0) frames = count;
  }
  return { frames, salt };
}

/**
 * What the index of the log knew when the hub ran last: written after the fsync of each commit, and lost with the machine's power:
 * how many frames, whether all of the first so many are in the database file, and up to which one some may be.
 */
export function indexedFrames(
  index: Buffer,
): { frames: number; salt: Buffer; inDatabase: number; touchedDatabase: number } | undefined {
  if (index.length < 136 || endianness() !== 'LE') return undefined;
  const header = index.subarray(0, indexHeaderBytes);
  const isWritten = header.equals(index.subarray(indexHeaderBytes, 2 * indexHeaderBytes));
  // Of two copies that differ neither is finished.
  if (!isWritten || header.readUInt32LE(0) !== indexVersion || header[12] !== 1) return undefined;
  return {
    frames: header.readUInt32LE(16),
    salt: header.subarray(32, 40),
    inDatabase: index.readUInt32LE(96),
    touchedDatabase: index.readUInt32LE(128),
  };
}
