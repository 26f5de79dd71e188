import type { OutboxFiles } from './outbox-files.ts';
import { decodeFile } from './outbox-record.ts';
import type { OutboxEntry } from './outbox-record.ts';

export type Loaded = {
  wallOffsets: Map<string, number>;
  /** The latest entries, those that have left included. */
  latest: OutboxEntry[];
  /** Lines that are not as they were written. */
  damaged: number;
  lastN: number;
};

export type Scan = Loaded & {
  /** Oldest first. */
  files: { name: string; usedBytes: number; lastN: number; waiting: number }[];
  settled: Set<number>;
  earliest: OutboxEntry[];
  lastFileNumber: number;
};

const latestKept = 100;

/**
 * Reads what an earlier process has left of a lane, one file at a time, and gives the reserved room behind each back
 * to the disk. At most `inMemory` entries are kept.
 */
export async function scanLane(
  files: OutboxFiles,
  lane: string,
  inMemory: number,
  troubled: (event: string, error: unknown) => void,
): Promise<Scan> {
  const scan: Scan = {
    wallOffsets: new Map(),
    latest: [],
    damaged: 0,
    lastN: 0,
    files: [],
    settled: new Set(),
    earliest: [],
    lastFileNumber: 0,
  };
  const numbers: number[][] = [];
  const names = (await files.list()).filter((name) => name.startsWith(`${lane}-`)).toSorted();
  for (const name of names) {
    scan.lastFileNumber = Number(/-(\d+)\./.exec(name)?.[1] ?? 0);
    const bytes = await files.read(name).catch((error: unknown) => {
      // A bad block costs its file, which stays where it is; the bridge has new presses to hear.
      troubled('outbox.file-unreadable', error);
      scan.damaged += 1;
    });
    if (bytes === undefined) continue;
    const { records, damaged, usedBytes } = decodeFile(bytes);
    await files.trim(name, usedBytes).catch((error: unknown) => troubled('outbox.file-not-trimmed', error));
    const own: number[] = [];
    for (const record of records) {
      if (record.of === 'settled') for (const n of record.ns) scan.settled.add(n);
      if (record.of === 'wall-offset') scan.wallOffsets.set(record.bootId, record.offsetMs);
      // A write that failed half-way was repeated in the next file.
      if (!('n' in record) || record.n <= scan.lastN) continue;
      scan.lastN = record.n;
      own.push(record.n);
      if (scan.earliest.length < inMemory) scan.earliest.push(record);
      if (scan.latest.push(record) > latestKept) scan.latest.shift();
    }
    scan.damaged += damaged;
    scan.files.push({ name, usedBytes, lastN: scan.lastN, waiting: 0 });
    numbers.push(own);
  }
  // Only now, because what settles an entry may stand in a later file.
  scan.files.forEach((file, index) => {
    file.waiting = numbers[index]?.filter((n) => !scan.settled.has(n)).length ?? 0;
  });
  return scan;
}
